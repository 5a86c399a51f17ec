-- +goose Up
-- What a deed earns, from when on. A row is never changed: a new version replaces it.
CREATE TABLE points_rules (
  id BIGINT NOT NULL,
  event VARCHAR(30) NOT NULL,
  node_id BIGINT NULL,
  version INT NOT NULL,
  points INT NOT NULL,
  choices VARCHAR(60) NOT NULL DEFAULT '',
  cap_day INT NULL,
  cap_month INT NULL,
  cap_year INT NULL,
  effective_from DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY points_rules_version (event, node_id, version),
  KEY points_rules_effective (event, effective_from),
  CONSTRAINT points_rules_points CHECK (points > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
