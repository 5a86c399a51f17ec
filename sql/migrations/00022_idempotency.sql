-- +goose Up
-- What a keyed request achieved and was told, written with its effect: a twin is told the same. Kept for 7 days.
CREATE TABLE idempotency (
  user_id BIGINT NOT NULL,
  operation VARCHAR(40) NOT NULL,
  request_key VARCHAR(64) NOT NULL,
  body_hash VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status SMALLINT NOT NULL,
  answer MEDIUMTEXT NOT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id, operation, request_key),
  KEY idempotency_age (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
