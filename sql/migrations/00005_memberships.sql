-- +goose Up
-- active_user_id repeats user_id while the report-in is active, pending_user_id while it waits: at most one of each.
CREATE TABLE memberships (
  id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  real_name VARBINARY(255) NOT NULL,
  name_label VARCHAR(40) NOT NULL,
  status VARCHAR(16) NOT NULL,
  requested_at DATETIME(3) NOT NULL,
  decided_at DATETIME(3) NULL,
  escalated_at DATETIME(3) NULL,
  version INT NOT NULL DEFAULT 1,
  active_user_id BIGINT GENERATED ALWAYS AS (CASE WHEN status = 'active' THEN user_id END) STORED,
  pending_user_id BIGINT GENERATED ALWAYS AS (CASE WHEN status = 'requested' THEN user_id END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY memberships_active (active_user_id),
  UNIQUE KEY memberships_pending (pending_user_id),
  KEY memberships_user (user_id, id),
  KEY memberships_status (status, id),
  KEY memberships_node (node_id, status, id),
  CONSTRAINT memberships_status CHECK (status IN ('requested', 'active', 'left', 'rejected'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
