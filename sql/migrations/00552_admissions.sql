-- +goose Up
-- What a department may give communities to do though their duty list does not name it, on which days, and what it
-- gives them for it.
CREATE TABLE admissions (
  id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  desk_id BIGINT NOT NULL,
  asker_id BIGINT NOT NULL,
  what VARCHAR(240) NOT NULL,
  helpers SMALLINT NOT NULL,
  money INT NOT NULL,
  from_at DATETIME(3) NOT NULL,
  until_at DATETIME(3) NOT NULL,
  asked_at DATETIME(3) NOT NULL,
  lapse_at DATETIME(3) NOT NULL,
  decided_at DATETIME(3) NULL,
  ended_at DATETIME(3) NULL,
  status VARCHAR(16) NOT NULL,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  KEY admissions_unit (unit_id, id),
  KEY admissions_status (status, lapse_at),
  CONSTRAINT admissions_unit_fk FOREIGN KEY (unit_id) REFERENCES nodes (id),
  CONSTRAINT admissions_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id),
  CONSTRAINT admissions_status CHECK (status IN ('asked', 'admitted', 'refused', 'lapsed', 'withdrawn', 'ended')),
  CONSTRAINT admissions_gives CHECK (helpers >= 0 AND money >= 0),
  CONSTRAINT admissions_days CHECK (until_at > from_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
