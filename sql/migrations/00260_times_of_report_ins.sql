-- +goose Up
-- From when until when somebody belonged to a community and a unit, and by which grant: history need not be asked.
ALTER TABLE memberships ADD COLUMN approved_at DATETIME(3) NULL AFTER decided_at,
  ADD COLUMN approval_grant_id BIGINT NULL AFTER approved_at,
  ADD COLUMN ended_at DATETIME(3) NULL AFTER approval_grant_id;
