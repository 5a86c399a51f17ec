-- +goose Up
-- The years of a brand that are over, each with the vote by which it went on. What was done in one is counted from what
-- there is, and stands nowhere.
CREATE TABLE brand_renewals (
  ballot_id BIGINT NOT NULL,
  brand_id BIGINT NOT NULL,
  from_at DATETIME(3) NOT NULL,
  until_at DATETIME(3) NOT NULL,
  PRIMARY KEY (ballot_id),
  UNIQUE KEY brand_renewals_year (brand_id, from_at),
  CONSTRAINT brand_renewals_brand_fk FOREIGN KEY (brand_id) REFERENCES brands (id),
  CONSTRAINT brand_renewals_ballot_fk FOREIGN KEY (ballot_id) REFERENCES ballots (id),
  CONSTRAINT brand_renewals_order CHECK (from_at < until_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
