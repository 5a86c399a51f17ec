-- +goose Up
-- The confirmation that stands and paid for the deed, the grant by which staff approved, and when the owner took the
-- own confirmation back, which is possible once.
ALTER TABLE claims ADD COLUMN approval_grant_id BIGINT NULL AFTER approved_by,
  ADD COLUMN confirm_event_id BIGINT NULL AFTER confirmed_at,
  ADD COLUMN owner_undone_at DATETIME(3) NULL AFTER confirm_event_id;
