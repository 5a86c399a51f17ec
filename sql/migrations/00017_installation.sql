-- +goose Up
-- Facts about this installation: that the database is ours, its seed profile, the demo's clock.
CREATE TABLE installation (
  name VARCHAR(40) NOT NULL,
  value VARCHAR(200) NOT NULL,
  PRIMARY KEY (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
