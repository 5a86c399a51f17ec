-- +goose Up
ALTER TABLE wishes ADD COLUMN contact_helper VARBINARY(255) NULL AFTER contact_address,
  ADD CONSTRAINT wishes_helper CHECK (contact_helper IS NULL OR recorder_id IS NOT NULL);
