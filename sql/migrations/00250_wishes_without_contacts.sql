-- +goose Up
ALTER TABLE wishes
  DROP CONSTRAINT wishes_helper,
  DROP COLUMN contact_name,
  DROP COLUMN contact_phone,
  DROP COLUMN contact_address,
  DROP COLUMN contact_helper,
  DROP COLUMN contact_phone_lookup;
