-- +goose Up
-- The streets' duty list: what a street does itself, and what it only assists a department with. A line holds from its
-- first day on; a list that changes has new lines.
CREATE TABLE duties (
  id BIGINT NOT NULL,
  number SMALLINT NOT NULL,
  board VARCHAR(20) NOT NULL,
  field VARCHAR(20) NOT NULL,
  kind VARCHAR(8) NOT NULL,
  item VARCHAR(120) NOT NULL,
  lead_id BIGINT NULL,
  is_community BOOLEAN NOT NULL,
  from_at DATETIME(3) NOT NULL,
  until_at DATETIME(3) NULL,
  live_number SMALLINT GENERATED ALWAYS AS (CASE WHEN until_at IS NULL THEN number END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY duties_live (live_number),
  KEY duties_number (number, from_at),
  CONSTRAINT duties_lead_fk FOREIGN KEY (lead_id) REFERENCES nodes (id),
  CONSTRAINT duties_kind CHECK (kind IN ('own', 'assist')),
  CONSTRAINT duties_lead CHECK (kind = 'own' OR lead_id IS NOT NULL),
  CONSTRAINT duties_days CHECK (until_at IS NULL OR until_at > from_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
