-- +goose Up
-- A grant with delegated_by is a deputy's: the grant that it stands in for.
CREATE TABLE role_grants (
  id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  role VARCHAR(20) NOT NULL,
  node_id BIGINT NOT NULL,
  from_at DATETIME(3) NOT NULL,
  until_at DATETIME(3) NULL,
  delegated_by BIGINT NULL,
  status VARCHAR(16) NOT NULL,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  KEY role_grants_user (user_id, from_at),
  KEY role_grants_node (node_id, role),
  CONSTRAINT role_grants_user_fk FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT role_grants_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id),
  CONSTRAINT role_grants_status CHECK (status IN ('given', 'ended')),
  CONSTRAINT role_grants_role CHECK (role IN
    ('grid_leader', 'grid_worker', 'property_worker', 'building_head', 'unit_head', 'centre_household',
     'unit_liaison', 'secretary', 'street', 'county', 'auditor'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
