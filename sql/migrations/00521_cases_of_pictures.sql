-- +goose Up
-- A case may be about a picture, which can be blurred as well.
ALTER TABLE content_cases
  ADD COLUMN photo_id BIGINT NULL,
  ADD UNIQUE KEY content_cases_photo (photo_id),
  DROP CONSTRAINT content_cases_kind,
  DROP CONSTRAINT content_cases_status,
  DROP CONSTRAINT content_cases_what,
  ADD CONSTRAINT content_cases_kind CHECK (kind IN ('text', 'picture', 'report')),
  ADD CONSTRAINT content_cases_status CHECK (status IN ('open', 'kept', 'blurred', 'removed', 'replaced')),
  ADD CONSTRAINT content_cases_what CHECK ((kind = 'text') = (text_id IS NOT NULL) AND (kind = 'picture') =
    (photo_id IS NOT NULL));
