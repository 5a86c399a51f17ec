-- +goose Up
-- invite_code is what the team's QR code carries: who scans it joins without asking.
CREATE TABLE teams (
  id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  name VARCHAR(40) NOT NULL,
  intro VARCHAR(400) NOT NULL DEFAULT '',
  invite_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(16) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  UNIQUE KEY teams_name (node_id, name),
  UNIQUE KEY teams_invite (invite_code),
  CONSTRAINT teams_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id),
  CONSTRAINT teams_status CHECK (status IN ('active', 'closed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
