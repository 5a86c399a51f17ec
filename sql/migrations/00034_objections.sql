-- +goose Up
-- About an absence (signup_id) or about a record. One at a time.
CREATE TABLE objections (
  id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  signup_id BIGINT NULL,
  record_id BIGINT NULL,
  text VARCHAR(400) NOT NULL,
  answer VARCHAR(400) NOT NULL DEFAULT '',
  status VARCHAR(16) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  decided_at DATETIME(3) NULL,
  escalated_at DATETIME(3) NULL,
  version INT NOT NULL DEFAULT 1,
  open_signup_id BIGINT GENERATED ALWAYS AS (CASE WHEN status = 'open' THEN signup_id END) STORED,
  open_record_id BIGINT GENERATED ALWAYS AS (CASE WHEN status = 'open' THEN record_id END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY objections_open_signup (open_signup_id),
  UNIQUE KEY objections_open_record (open_record_id),
  KEY objections_user (user_id, id),
  KEY objections_status (status, node_id, id),
  CONSTRAINT objections_user_fk FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT objections_about CHECK ((signup_id IS NULL) <> (record_id IS NULL)),
  CONSTRAINT objections_status CHECK (status IN ('open', 'upheld', 'dismissed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
