-- +goose Up
-- live_wish_id repeats wish_id while the claim is live: at most one live claim a wish.
CREATE TABLE claims (
  id BIGINT NOT NULL,
  wish_id BIGINT NOT NULL,
  claimant_id BIGINT NOT NULL,
  membership_id BIGINT NOT NULL,
  member_node_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  status VARCHAR(16) NOT NULL,
  requested_at DATETIME(3) NOT NULL,
  decided_at DATETIME(3) NULL,
  delivered_at DATETIME(3) NULL,
  confirmed_at DATETIME(3) NULL,
  delivery_note VARCHAR(600) NOT NULL DEFAULT '',
  returns INT NOT NULL DEFAULT 0,
  disputed_at DATETIME(3) NULL,
  escalated_at DATETIME(3) NULL,
  rating TINYINT NULL,
  comment VARCHAR(400) NOT NULL DEFAULT '',
  version INT NOT NULL DEFAULT 1,
  live_wish_id BIGINT GENERATED ALWAYS AS
    (CASE WHEN status IN ('requested', 'approved', 'delivered') THEN wish_id END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY claims_live (live_wish_id),
  KEY claims_wish (wish_id, id),
  KEY claims_claimant (claimant_id, id),
  KEY claims_status (status, id),
  CONSTRAINT claims_wish_fk FOREIGN KEY (wish_id) REFERENCES wishes (id),
  CONSTRAINT claims_rating CHECK (rating IS NULL OR rating BETWEEN 1 AND 5),
  CONSTRAINT claims_status CHECK (status IN
    ('requested', 'approved', 'delivered', 'confirmed', 'declined', 'released', 'cancelled', 'lapsed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
