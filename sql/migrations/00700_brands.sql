-- +goose Up
-- A lasting service of a community. sender_id proposed it, for the unit that leads where is_by_unit; agreed_by said yes
-- for the other side, and since_at is when. renewed_at is when the year began that goes on, due_at when it is over.
-- ballot_id is the vote about the next one, and vote_until when that closes. There is no price.
CREATE TABLE brands (
  id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  name VARCHAR(40) NOT NULL,
  text VARCHAR(120) NOT NULL,
  for_whom VARCHAR(60) NOT NULL,
  sender_id BIGINT NOT NULL,
  is_by_unit BOOLEAN NOT NULL,
  agreed_by BIGINT NULL,
  ballot_id BIGINT NULL,
  vote_until DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  since_at DATETIME(3) NULL,
  renewed_at DATETIME(3) NULL,
  due_at DATETIME(3) NULL,
  ended_at DATETIME(3) NULL,
  status VARCHAR(16) NOT NULL,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  KEY brands_node (node_id, status, id),
  KEY brands_unit (unit_id, status, id),
  KEY brands_due (status, due_at, id),
  CONSTRAINT brands_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id),
  CONSTRAINT brands_unit_fk FOREIGN KEY (unit_id) REFERENCES nodes (id),
  CONSTRAINT brands_ballot_fk FOREIGN KEY (ballot_id) REFERENCES ballots (id),
  CONSTRAINT brands_status CHECK (status IN ('proposed', 'active', 'asleep', 'stopped')),
  CONSTRAINT brands_agreed CHECK ((agreed_by IS NULL) = (since_at IS NULL) AND (renewed_at IS NULL) = (since_at IS NULL)
    AND (due_at IS NULL) = (since_at IS NULL) AND (status <> 'proposed' OR since_at IS NULL)
    AND (status NOT IN ('active', 'asleep') OR since_at IS NOT NULL)),
  CONSTRAINT brands_year CHECK (since_at IS NULL OR created_at <= since_at AND since_at <= renewed_at
    AND renewed_at < due_at),
  CONSTRAINT brands_vote CHECK ((ballot_id IS NULL) = (vote_until IS NULL)
    AND (ballot_id IS NULL OR status NOT IN ('proposed', 'stopped'))),
  CONSTRAINT brands_ended CHECK ((status = 'stopped') = (ended_at IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
