-- +goose Up
-- History and audit in one, append-only.
CREATE TABLE events (
  id BIGINT NOT NULL,
  noun VARCHAR(20) NOT NULL,
  subject_id BIGINT NOT NULL,
  name VARCHAR(30) NOT NULL,
  actor_id BIGINT NULL,
  grant_id BIGINT NULL,
  from_status VARCHAR(16) NOT NULL,
  to_status VARCHAR(16) NOT NULL,
  reason VARCHAR(400) NOT NULL DEFAULT '',
  at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY events_subject (noun, subject_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
