-- +goose Up
-- A check-in with its check-out. Live: by the code within 90 seconds; offline: sent later with the code and the time
-- it was read; list: written down by the leader. No positions are kept, only how far from the place, and how sure.
CREATE TABLE attendances (
  id BIGINT NOT NULL,
  activity_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  in_at DATETIME(3) NOT NULL,
  in_mode VARCHAR(8) NOT NULL,
  in_received_at DATETIME(3) NOT NULL,
  in_distance INT NULL,
  in_accuracy INT NULL,
  out_at DATETIME(3) NULL,
  out_mode VARCHAR(8) NULL,
  out_received_at DATETIME(3) NULL,
  out_distance INT NULL,
  out_accuracy INT NULL,
  recorder_id BIGINT NULL,
  open_user_id BIGINT GENERATED ALWAYS AS (CASE WHEN out_at IS NULL THEN user_id END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY attendances_open (activity_id, open_user_id),
  KEY attendances_person (activity_id, user_id, in_at),
  KEY attendances_user (user_id, id),
  CONSTRAINT attendances_activity_fk FOREIGN KEY (activity_id) REFERENCES activities (id),
  CONSTRAINT attendances_user_fk FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT attendances_in_mode CHECK (in_mode IN ('live', 'offline', 'list')),
  CONSTRAINT attendances_out_mode CHECK (out_mode IS NULL OR out_mode IN ('live', 'offline', 'list')),
  CONSTRAINT attendances_out CHECK ((out_at IS NULL) = (out_mode IS NULL) AND (out_at IS NULL OR out_at >= in_at))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
