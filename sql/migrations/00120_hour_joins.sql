-- +goose Up
-- Whose hours, written down without a phone, are joined to which account: of one person to one account at a time.
CREATE TABLE hour_joins (
  id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  status VARCHAR(16) NOT NULL,
  joined_at DATETIME(3) NOT NULL,
  undone_at DATETIME(3) NULL,
  version INT NOT NULL DEFAULT 1,
  joined_person_id BIGINT GENERATED ALWAYS AS (CASE WHEN status = 'joined' THEN person_id END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY hour_joins_live (joined_person_id),
  KEY hour_joins_person (person_id, id),
  KEY hour_joins_account (account_id, id),
  CONSTRAINT hour_joins_person_fk FOREIGN KEY (person_id) REFERENCES users (id),
  CONSTRAINT hour_joins_account_fk FOREIGN KEY (account_id) REFERENCES users (id),
  CONSTRAINT hour_joins_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id),
  CONSTRAINT hour_joins_two CHECK (person_id <> account_id),
  CONSTRAINT hour_joins_status CHECK (status IN ('joined', 'undone'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
