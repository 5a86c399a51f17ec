-- +goose Up
-- How long a matter may take until somebody says who does it, and until it is done: the row of the latest from_at
-- counts.
CREATE TABLE terms (
  code VARCHAR(12) NOT NULL,
  from_at DATETIME(3) NOT NULL,
  accept_amount SMALLINT NOT NULL,
  accept_unit VARCHAR(8) NOT NULL,
  work_amount SMALLINT NOT NULL,
  work_unit VARCHAR(8) NOT NULL,
  PRIMARY KEY (code, from_at),
  CONSTRAINT terms_code CHECK (code IN ('urgent', 'utility', 'ordinary', 'complex')),
  CONSTRAINT terms_accept_unit CHECK (accept_unit IN ('hour', 'day', 'workday')),
  CONSTRAINT terms_work_unit CHECK (work_unit IN ('hour', 'day', 'workday')),
  CONSTRAINT terms_amounts CHECK (accept_amount > 0 AND work_amount > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
