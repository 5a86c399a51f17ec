-- +goose Up
-- Fails where one is missing or differs: a noun is never NULL.
INSERT INTO contacts (noun, id, part, name, phone, address, saved_at)
SELECT NULL, 0, '', '', '', '', NOW(3) FROM (
  SELECT COUNT(*) AS lost FROM wishes w LEFT JOIN contacts c ON c.noun = 'wish' AND c.id = w.id AND c.part = 'owner'
    AND c.name = w.contact_name AND c.phone = w.contact_phone AND c.address = w.contact_address
    AND c.helper <=> w.contact_helper AND c.phone_lookup <=> w.contact_phone_lookup WHERE c.id IS NULL
  UNION ALL
  SELECT COUNT(*) FROM kept_contacts k LEFT JOIN contacts c ON c.noun = 'user' AND c.id = k.user_id AND c.part = 'owner'
    AND c.name = k.contact_name AND c.phone = k.contact_phone AND c.address = k.contact_address WHERE c.id IS NULL
) missing WHERE lost > 0;
