-- +goose Up
-- What a unit does for many people of a community. sender_id proposed it, for the unit sender_unit_id where that is not
-- NULL. unit_id leads: there is one. ballot_id is the vote of those whom it is for, since it was delivered last, and
-- vote_until when that closes. There is no price.
CREATE TABLE projects (
  id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  kind VARCHAR(8) NOT NULL,
  title VARCHAR(60) NOT NULL,
  text VARCHAR(300) NOT NULL,
  is_for_all BOOLEAN NOT NULL,
  sender_id BIGINT NOT NULL,
  sender_unit_id BIGINT NULL,
  unit_id BIGINT NULL,
  claimer_id BIGINT NULL,
  ballot_id BIGINT NULL,
  vote_until DATETIME(3) NULL,
  created_at DATETIME(3) NOT NULL,
  opened_at DATETIME(3) NULL,
  matched_at DATETIME(3) NULL,
  started_at DATETIME(3) NULL,
  delivered_at DATETIME(3) NULL,
  accepted_at DATETIME(3) NULL,
  ended_at DATETIME(3) NULL,
  status VARCHAR(16) NOT NULL,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  KEY projects_node (node_id, status, id),
  KEY projects_unit (unit_id, status, id),
  KEY projects_status (status, opened_at, id),
  CONSTRAINT projects_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id),
  CONSTRAINT projects_unit_fk FOREIGN KEY (unit_id) REFERENCES nodes (id),
  CONSTRAINT projects_ballot_fk FOREIGN KEY (ballot_id) REFERENCES ballots (id),
  CONSTRAINT projects_kind CHECK (kind IN ('micro', 'brand')),
  CONSTRAINT projects_status CHECK (status IN ('proposed', 'open', 'matched', 'running', 'delivered', 'accepted',
    'rejected', 'stopped', 'expired')),
  CONSTRAINT projects_lead CHECK ((unit_id IS NULL) = (claimer_id IS NULL) AND (unit_id IS NULL) = (matched_at IS NULL)
    AND (status NOT IN ('proposed', 'open', 'rejected', 'expired')) = (unit_id IS NOT NULL)),
  CONSTRAINT projects_opened CHECK (opened_at IS NOT NULL
    OR status NOT IN ('open', 'matched', 'running', 'delivered', 'accepted', 'stopped', 'expired')),
  CONSTRAINT projects_started CHECK (status NOT IN ('running', 'delivered', 'accepted') OR started_at IS NOT NULL),
  CONSTRAINT projects_delivered CHECK (status NOT IN ('delivered', 'accepted') OR delivered_at IS NOT NULL),
  CONSTRAINT projects_vote CHECK ((ballot_id IS NULL) = (vote_until IS NULL)
    AND (ballot_id IS NULL
    OR status NOT IN ('proposed', 'open', 'matched', 'running', 'rejected', 'stopped', 'expired'))),
  CONSTRAINT projects_accepted CHECK ((status = 'accepted') = (accepted_at IS NOT NULL)
    AND (status <> 'accepted' OR ballot_id IS NOT NULL)),
  CONSTRAINT projects_ended CHECK (
    (status NOT IN ('proposed', 'open', 'matched', 'running', 'delivered', 'accepted')) = (ended_at IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
