-- +goose Up
-- What a unit promises a community for a year. Both sides sign, each by a grant of its own: sender_id for the community
-- and signer_id for the unit. since_at is from when on a line's deeds count: the signature, or that of the version
-- before. There is no price.
CREATE TABLE agreements (
  id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  year SMALLINT NOT NULL,
  sender_id BIGINT NULL,
  sender_grant_id BIGINT NULL,
  signer_id BIGINT NULL,
  signer_grant_id BIGINT NULL,
  created_at DATETIME(3) NOT NULL,
  offered_at DATETIME(3) NULL,
  signed_at DATETIME(3) NULL,
  since_at DATETIME(3) NULL,
  ended_at DATETIME(3) NULL,
  status VARCHAR(16) NOT NULL,
  version INT NOT NULL DEFAULT 1,
  signed_unit_id BIGINT GENERATED ALWAYS AS (CASE WHEN status = 'signed' THEN unit_id END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY agreements_signed (signed_unit_id, node_id, year),
  KEY agreements_node (node_id, status, id),
  KEY agreements_unit (unit_id, status, id),
  CONSTRAINT agreements_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id),
  CONSTRAINT agreements_unit_fk FOREIGN KEY (unit_id) REFERENCES nodes (id),
  CONSTRAINT agreements_status CHECK (status IN ('draft', 'offered', 'signed', 'ended')),
  CONSTRAINT agreements_offered CHECK (status NOT IN ('offered', 'signed')
    OR sender_id IS NOT NULL AND sender_grant_id IS NOT NULL AND offered_at IS NOT NULL),
  CONSTRAINT agreements_sides CHECK (status <> 'signed' OR signer_id IS NOT NULL AND signer_grant_id IS NOT NULL
    AND signed_at IS NOT NULL AND since_at IS NOT NULL AND signer_id <> sender_id
    AND signer_grant_id <> sender_grant_id),
  CONSTRAINT agreements_ended CHECK ((status = 'ended') = (ended_at IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
