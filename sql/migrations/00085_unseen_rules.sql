-- +goose Up
-- Of people without a phone and without a live check-in, more than so many or that percentage of who came, the larger,
-- wait for staff.
CREATE TABLE unseen_rules (
  since DATETIME(3) NOT NULL,
  people INT NOT NULL,
  percent INT NOT NULL,
  PRIMARY KEY (since),
  CONSTRAINT unseen_rules_percent CHECK (people >= 0 AND percent BETWEEN 0 AND 100)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
