-- +goose Up
-- A word sealed by each key that this installation has sealed with: who starts with another list of keys is told.
CREATE TABLE seal_keys (
  key_id VARCHAR(16) NOT NULL PRIMARY KEY,
  probe VARBINARY(100) NOT NULL,
  since DATETIME(3) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
