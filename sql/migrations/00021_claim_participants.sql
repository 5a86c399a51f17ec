-- +goose Up
-- Members whom a claimant invited to fulfil a wish together; the list is frozen at delivery.
CREATE TABLE claim_participants (
  claim_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  membership_id BIGINT NOT NULL,
  member_node_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  accepted_at DATETIME(3) NULL,
  PRIMARY KEY (claim_id, user_id),
  KEY claim_participants_user (user_id, claim_id),
  CONSTRAINT claim_participants_claim_fk FOREIGN KEY (claim_id) REFERENCES claims (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
