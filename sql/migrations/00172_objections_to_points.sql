-- +goose Up
-- An objection may be to one's points of a wish, by its claim. points is what the person has once it is upheld.
ALTER TABLE objections ADD COLUMN claim_id BIGINT NULL, ADD COLUMN points BIGINT NULL,
  ADD COLUMN open_claim_id BIGINT GENERATED ALWAYS AS (CASE WHEN status = 'open' THEN claim_id END) STORED,
  ADD UNIQUE KEY objections_open_claim (open_claim_id, user_id),
  DROP CONSTRAINT objections_about, ADD CONSTRAINT objections_about CHECK (
    (CASE WHEN signup_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN record_id IS NULL THEN 0 ELSE 1 END)
    + (CASE WHEN claim_id IS NULL THEN 0 ELSE 1 END) = 1),
  ADD CONSTRAINT objections_points CHECK (points IS NULL OR (points >= 0 AND claim_id IS NOT NULL));
