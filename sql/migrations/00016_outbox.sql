-- +goose Up
-- What leaves MySQL: written with its cause, leased by UPDATE, deleted when done. counted_at marks rows whose
-- effect inside MySQL is done, so that it is never done twice.
CREATE TABLE outbox (
  id BIGINT NOT NULL,
  topic VARCHAR(20) NOT NULL,
  payload VARCHAR(2000) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  available_at DATETIME(3) NOT NULL,
  attempts INT NOT NULL DEFAULT 0,
  leased_by VARCHAR(40) NULL,
  leased_until DATETIME(3) NULL,
  counted_at DATETIME(3) NULL,
  dead_at DATETIME(3) NULL,
  last_error VARCHAR(300) NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  KEY outbox_due (topic, dead_at, available_at, id),
  KEY outbox_lease (leased_by)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
