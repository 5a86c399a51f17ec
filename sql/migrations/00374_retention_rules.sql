-- +goose Up
-- How many days each kind of data is kept after it has served its purpose. The worker takes away what is older; a
-- county changes the days here (docs/operations.md).
CREATE TABLE retention_rules (
  kind VARCHAR(12) NOT NULL,
  days INT NOT NULL,
  PRIMARY KEY (kind),
  CONSTRAINT retention_rules_kind CHECK (kind IN ('contacts', 'names', 'originals', 'pictures')),
  CONSTRAINT retention_rules_days CHECK (days BETWEEN 30 AND 3650)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
