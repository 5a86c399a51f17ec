-- +goose Up
-- Since when a rule about people holds: doctor judges each row by the rule of its day.
CREATE TABLE dated_rules (
  rule VARCHAR(30) NOT NULL,
  since DATETIME(3) NOT NULL,
  PRIMARY KEY (rule)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
