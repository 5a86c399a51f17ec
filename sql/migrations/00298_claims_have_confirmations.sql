-- +goose Up
-- What is confirmed names its confirmation, and what was approved the grant: a row without stops here.
ALTER TABLE claims ADD CONSTRAINT claims_confirmation CHECK (
  (status <> 'confirmed' OR confirm_event_id IS NOT NULL) AND (approved_by IS NULL OR approval_grant_id IS NOT NULL));
