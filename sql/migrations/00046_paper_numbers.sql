-- +goose Up
-- The last number given in a year to volunteers, and to certificates.
CREATE TABLE paper_numbers (
  kind VARCHAR(12) NOT NULL,
  year SMALLINT NOT NULL,
  last_number INT NOT NULL,
  PRIMARY KEY (kind, year),
  CONSTRAINT paper_numbers_kind CHECK (kind IN ('volunteer', 'certificate'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
