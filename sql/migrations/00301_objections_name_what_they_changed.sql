-- +goose Up
-- A record has a recorder, and points that were put right were paid by an event: a row without stops here.
ALTER TABLE objections ADD CONSTRAINT objections_columns CHECK (
  (record_id IS NULL OR recorder_id IS NOT NULL)
  AND (claim_id IS NULL OR status <> 'upheld' OR correct_event_id IS NOT NULL));
