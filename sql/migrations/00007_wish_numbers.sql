-- +goose Up
-- The last card number given in a community in a year.
CREATE TABLE wish_numbers (
  node_id BIGINT NOT NULL,
  year SMALLINT NOT NULL,
  last_number INT NOT NULL,
  PRIMARY KEY (node_id, year)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
