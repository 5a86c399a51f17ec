-- +goose Up
-- Days that count differently than their day of the week, as the State Council announces them a year before.
CREATE TABLE calendar_days (
  day DATE NOT NULL,
  kind VARCHAR(8) NOT NULL,
  name VARCHAR(20) NOT NULL,
  PRIMARY KEY (day),
  CONSTRAINT calendar_days_kind CHECK (kind IN ('holiday', 'working'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
