-- +goose Up
-- Evenings on which a leader (包保) listens to residents. owner_id is who asked for it, NULL where the leader came by
-- themself; recorder_id who wrote down what was heard.
CREATE TABLE visits (
  id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  leader_id BIGINT NOT NULL,
  owner_id BIGINT NULL,
  recorder_id BIGINT NULL,
  subject VARCHAR(120) NOT NULL DEFAULT '',
  place VARCHAR(60) NOT NULL,
  starts_at DATETIME(3) NULL,
  ends_at DATETIME(3) NULL,
  with_whom VARCHAR(120) NOT NULL DEFAULT '',
  created_at DATETIME(3) NOT NULL,
  held_at DATETIME(3) NULL,
  closed_at DATETIME(3) NULL,
  status VARCHAR(16) NOT NULL,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  KEY visits_node (node_id, status, starts_at),
  KEY visits_leader (leader_id, id),
  KEY visits_owner (owner_id, id),
  KEY visits_status (status, id),
  CONSTRAINT visits_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id),
  CONSTRAINT visits_status CHECK (status IN ('planned', 'invited', 'held', 'closed', 'cancelled')),
  CONSTRAINT visits_times CHECK ((starts_at IS NULL) = (ends_at IS NULL) AND starts_at < ends_at),
  CONSTRAINT visits_planned CHECK (starts_at IS NOT NULL OR status NOT IN ('planned', 'held', 'closed')),
  CONSTRAINT visits_held CHECK ((held_at IS NULL) = (status NOT IN ('held', 'closed'))),
  CONSTRAINT visits_closed CHECK ((status = 'closed') = (closed_at IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
