-- +goose Up
-- History and audit in one, append-only. The version is the matter's own after the event: it orders a history whatever
-- the clocks of several servers say, and lets no two events follow from the same status.
CREATE TABLE events (
  id BIGINT NOT NULL,
  noun VARCHAR(20) NOT NULL,
  subject_id BIGINT NOT NULL,
  version INT NOT NULL,
  name VARCHAR(30) NOT NULL,
  actor_id BIGINT NULL,
  grant_id BIGINT NULL,
  from_status VARCHAR(16) NOT NULL,
  to_status VARCHAR(16) NOT NULL,
  reason VARCHAR(400) NOT NULL DEFAULT '',
  at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY events_subject (noun, subject_id, version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
