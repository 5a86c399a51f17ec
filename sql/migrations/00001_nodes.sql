-- +goose Up
CREATE TABLE nodes (
  id BIGINT NOT NULL,
  code VARCHAR(32) NULL,
  kind VARCHAR(16) NOT NULL,
  name VARCHAR(60) NOT NULL,
  parent_id BIGINT NULL,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY nodes_code (code),
  KEY nodes_parent (parent_id, kind, id),
  CONSTRAINT nodes_parent_fk FOREIGN KEY (parent_id) REFERENCES nodes (id),
  CONSTRAINT nodes_kind CHECK (kind IN
    ('county', 'street', 'community', 'village', 'grid', 'building', 'group', 'unit'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
