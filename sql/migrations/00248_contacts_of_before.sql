-- +goose Up
-- Carried over as they were sealed: they stay bound to where they were.
INSERT INTO contacts (noun, id, part, name, phone, address, helper, phone_lookup, saved_at)
SELECT 'wish', id, 'owner', contact_name, contact_phone, contact_address, contact_helper, contact_phone_lookup,
  submitted_at FROM wishes
UNION ALL SELECT 'user', user_id, 'owner', contact_name, contact_phone, contact_address, NULL, NULL, consented_at
FROM kept_contacts;
