-- +goose Up
-- A recorder is unusual of whose credited people, where they are so many or more, that percentage or more have neither
-- a phone nor a live check-in.
CREATE TABLE recorder_rules (
  since DATETIME(3) NOT NULL,
  people INT NOT NULL,
  percent INT NOT NULL,
  PRIMARY KEY (since),
  CONSTRAINT recorder_rules_percent CHECK (people > 0 AND percent BETWEEN 1 AND 100)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
