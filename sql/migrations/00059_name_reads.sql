-- +goose Up
-- Who of the staff read the real name of a report-in, when, and by which grant. claim_id is the claim that they were to
-- decide, empty for a report-in of their own place.
CREATE TABLE name_reads (
  id BIGINT NOT NULL,
  membership_id BIGINT NOT NULL,
  reader_id BIGINT NOT NULL,
  grant_id BIGINT NOT NULL,
  claim_id BIGINT NULL,
  read_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY name_reads_membership (membership_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
