-- +goose Up
-- place is the order in which people came. A recorder is the leader who wrote somebody down.
CREATE TABLE signups (
  id BIGINT NOT NULL,
  activity_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  status VARCHAR(16) NOT NULL,
  place INT NOT NULL,
  recorder_id BIGINT NULL,
  is_late BOOLEAN NOT NULL DEFAULT FALSE,
  reminded_at DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  version INT NOT NULL DEFAULT 1,
  live_signup_user_id BIGINT GENERATED ALWAYS AS
    (CASE WHEN status IN ('confirmed', 'waitlisted', 'attended', 'absent') THEN user_id END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY signups_live (activity_id, live_signup_user_id),
  UNIQUE KEY signups_place (activity_id, place),
  KEY signups_order (activity_id, status, place),
  KEY signups_user (user_id, status, id),
  KEY signups_remind (status, reminded_at, activity_id),
  CONSTRAINT signups_activity_fk FOREIGN KEY (activity_id) REFERENCES activities (id),
  CONSTRAINT signups_user_fk FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT signups_status CHECK (status IN ('confirmed', 'waitlisted', 'attended', 'absent', 'cancelled'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
