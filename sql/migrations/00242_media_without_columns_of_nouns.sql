-- +goose Up
-- The constraint also asserts that each attached picture has found its matter, and no other has one.
ALTER TABLE media
  DROP CONSTRAINT media_attached,
  DROP KEY media_wish,
  DROP KEY media_claim,
  DROP KEY media_service_record,
  DROP COLUMN wish_id,
  DROP COLUMN claim_id,
  DROP COLUMN service_record_id,
  ADD KEY media_subject (noun, subject_id, attached_at),
  ADD CONSTRAINT media_attached CHECK ((status = 'attached') = (attached_at IS NOT NULL)
    AND (status = 'attached') = (noun IS NOT NULL) AND (status = 'attached') = (subject_id IS NOT NULL));
