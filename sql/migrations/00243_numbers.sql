-- +goose Up
-- The next number of what is counted in a place (0: in the whole county) and a period, mostly a year.
CREATE TABLE numbers (
  kind VARCHAR(20) NOT NULL,
  node_id BIGINT NOT NULL,
  period VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  next_number INT NOT NULL,
  PRIMARY KEY (kind, node_id, period),
  CONSTRAINT numbers_next CHECK (next_number > 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
