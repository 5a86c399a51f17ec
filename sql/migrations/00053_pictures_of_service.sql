-- +goose Up
-- What people report of their own service may have pictures, too.
ALTER TABLE media
  ADD COLUMN service_record_id BIGINT NULL AFTER claim_id,
  ADD KEY media_service_record (service_record_id, position),
  DROP CONSTRAINT media_attached,
  ADD CONSTRAINT media_attached CHECK ((status = 'attached') = (attached_at IS NOT NULL)
    AND (status = 'attached') = (wish_id IS NOT NULL OR claim_id IS NOT NULL OR service_record_id IS NOT NULL)
    AND (wish_id IS NULL OR claim_id IS NULL) AND (wish_id IS NULL OR service_record_id IS NULL)
    AND (claim_id IS NULL OR service_record_id IS NULL));
