-- +goose Up
-- Staff may have spoken to somebody under the number of a contact, for who does not hand it over in WeChat.
ALTER TABLE contacts
  ADD COLUMN spoken_at DATETIME(3) NULL,
  ADD COLUMN spoken_how VARCHAR(8) NULL,
  ADD COLUMN spoken_grant_id BIGINT NULL,
  ADD CONSTRAINT contacts_spoken_how CHECK (spoken_how IN ('visit', 'phone')),
  ADD CONSTRAINT contacts_spoken CHECK ((spoken_at IS NULL) = (spoken_how IS NULL)
    AND (spoken_at IS NULL) = (spoken_grant_id IS NULL));
