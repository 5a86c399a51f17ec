-- +goose Up
-- live_team_user_id and leading_team_id guard: a person is in a team once, a team has one leader. A recorder is the
-- leader who wrote down somebody without a phone.
CREATE TABLE team_members (
  id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  role VARCHAR(8) NOT NULL,
  status VARCHAR(16) NOT NULL,
  recorder_id BIGINT NULL,
  requested_at DATETIME(3) NOT NULL,
  decided_at DATETIME(3) NULL,
  version INT NOT NULL DEFAULT 1,
  live_team_user_id BIGINT GENERATED ALWAYS AS (CASE WHEN status IN ('requested', 'active') THEN user_id END) STORED,
  leading_team_id BIGINT GENERATED ALWAYS AS
    (CASE WHEN status = 'active' AND role = 'leader' THEN team_id END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY team_members_live (team_id, live_team_user_id),
  UNIQUE KEY team_members_leading (leading_team_id),
  KEY team_members_team (team_id, status, id),
  KEY team_members_user (user_id, status, id),
  CONSTRAINT team_members_team_fk FOREIGN KEY (team_id) REFERENCES teams (id),
  CONSTRAINT team_members_user_fk FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT team_members_role CHECK (role IN ('leader', 'deputy', 'member')),
  CONSTRAINT team_members_status CHECK (status IN ('requested', 'active', 'left', 'rejected'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
