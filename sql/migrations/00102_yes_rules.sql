-- +goose Up
-- So many of a hundred yeses that were recorded for residents are asked again by somebody else.
CREATE TABLE yes_rules (
  since DATETIME(3) NOT NULL,
  percent INT NOT NULL,
  PRIMARY KEY (since),
  CONSTRAINT yes_rules_percent CHECK (percent BETWEEN 0 AND 100)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
