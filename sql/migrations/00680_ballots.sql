-- +goose Up
-- A vote about a matter, open: each voice carries who gave it. on_roll is how many people may vote. There are no counts
-- before counted_at. One vote about a matter is open at a time.
CREATE TABLE ballots (
  id BIGINT NOT NULL,
  noun VARCHAR(20) NOT NULL,
  subject_id BIGINT NOT NULL,
  on_roll INT NOT NULL,
  opened_at DATETIME(3) NOT NULL,
  closes_at DATETIME(3) NOT NULL,
  counted_at DATETIME(3) NULL,
  yes INT NULL,
  no INT NULL,
  open_subject BIGINT GENERATED ALWAYS AS (CASE WHEN counted_at IS NULL THEN subject_id END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY ballots_open (noun, open_subject),
  KEY ballots_subject (noun, subject_id, id),
  KEY ballots_due (counted_at, closes_at, id),
  CONSTRAINT ballots_roll CHECK (on_roll >= 5),
  CONSTRAINT ballots_counted CHECK ((counted_at IS NULL) = (yes IS NULL) AND (counted_at IS NULL) = (no IS NULL)
    AND (counted_at IS NULL OR counted_at >= closes_at))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
