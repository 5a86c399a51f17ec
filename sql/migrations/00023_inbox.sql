-- +goose Up
-- What a person is told: an event, once. The words are made when it is read.
CREATE TABLE inbox (
  user_id BIGINT NOT NULL,
  event_id BIGINT NOT NULL,
  part VARCHAR(12) NOT NULL,
  read_at DATETIME(3) NULL,
  PRIMARY KEY (user_id, event_id),
  KEY inbox_unread (user_id, read_at),
  KEY inbox_event (event_id),
  CONSTRAINT inbox_part CHECK (part IN ('owner', 'recorder', 'claimant', 'invited', 'member', 'decider'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
