-- +goose Up
-- What is decided by a grant counts its use in the same transaction: so the two are in one order with the grant's end,
-- on a cluster too, and no use comes at or after the end.
ALTER TABLE role_grants ADD COLUMN uses INT NOT NULL DEFAULT 0, ADD COLUMN used_at DATETIME(3) NULL,
  ADD CONSTRAINT role_grants_used CHECK (used_at IS NULL OR until_at IS NULL OR used_at < until_at);
