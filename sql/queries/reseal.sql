-- What is sealed, a page at a time in the order of the key of each table. A page that is written back is compared with
-- what was read.

-- name: users
SELECT id AS id, '' AS noun, '' AS part, phone AS first, NULL AS second, NULL AS third, NULL AS fourth
FROM users WHERE id > :id AND (phone IS NOT NULL) ORDER BY id LIMIT :limit;

-- name: set_users
UPDATE users SET phone = :first, phone_lookup = :lookup
WHERE id = :id AND phone <=> :was_first;

-- name: contacts
SELECT id, noun, part, name AS first, phone AS second, address AS third, helper AS fourth FROM contacts
WHERE noun > :noun OR noun = :noun AND (id > :id OR id = :id AND part > :part) ORDER BY noun, id, part LIMIT :limit;

-- name: set_contacts
UPDATE contacts SET name = :first, phone = :second, address = :third, helper = :fourth, phone_lookup = :lookup
WHERE noun = :noun AND id = :id AND part = :part AND name = :was_first AND phone = :was_second AND address = :was_third;

-- name: memberships
SELECT id AS id, '' AS noun, '' AS part, real_name AS first, NULL AS second, NULL AS third, NULL AS fourth
FROM memberships WHERE id > :id AND (real_name IS NOT NULL) ORDER BY id LIMIT :limit;

-- name: set_memberships
UPDATE memberships SET real_name = :first
WHERE id = :id AND real_name <=> :was_first;

-- name: certificates
SELECT id AS id, '' AS noun, '' AS part, holder_name AS first, code_sealed AS second, NULL AS third, NULL AS fourth
FROM certificates WHERE id > :id AND (holder_name IS NOT NULL OR code_sealed IS NOT NULL) ORDER BY id LIMIT :limit;

-- name: set_certificates
UPDATE certificates SET holder_name = :first, code_sealed = :second,
  code = CASE WHEN code_sealed IS NULL THEN code ELSE :lookup END
WHERE id = :id AND holder_name <=> :was_first AND code_sealed <=> :was_second;

-- name: calendars
SELECT user_id AS id, '' AS noun, '' AS part, token AS first, NULL AS second, NULL AS third, NULL AS fourth
FROM calendars WHERE user_id > :id AND (token IS NOT NULL) ORDER BY user_id LIMIT :limit;

-- name: set_calendars
UPDATE calendars SET token = :first, token_lookup = :lookup
WHERE user_id = :id AND token <=> :was_first;

-- name: teams
SELECT id AS id, '' AS noun, '' AS part, invite_sealed AS first, NULL AS second, NULL AS third, NULL AS fourth
FROM teams WHERE id > :id AND (invite_sealed IS NOT NULL) ORDER BY id LIMIT :limit;

-- name: set_teams
UPDATE teams SET invite_sealed = :first, invite_code = :lookup
WHERE id = :id AND invite_sealed <=> :was_first;

-- name: originals
SELECT subject_id AS id, noun, field AS part, sealed AS first, NULL AS second, NULL AS third, NULL AS fourth
FROM originals
WHERE noun > :noun OR noun = :noun AND (subject_id > :id OR subject_id = :id AND field > :part)
ORDER BY noun, subject_id, field LIMIT :limit;

-- name: mini_codes
SELECT subject_id AS id, noun, '' AS part, picture AS first, NULL AS second, NULL AS third, NULL AS fourth
FROM mini_codes
WHERE noun > :noun OR noun = :noun AND subject_id > :id ORDER BY noun, subject_id LIMIT :limit;

-- Its scene cannot be looked up by another key: WeChat is asked anew when somebody wants the picture.
-- name: set_mini_codes
DELETE FROM mini_codes WHERE noun = :noun AND subject_id = :id AND picture = :was_first;

-- name: claims
SELECT id FROM claims WHERE wish_id = :wish;

-- Look-ups by a key, of texts that lie sealed beside them or that nobody has any more.
-- name: uses
SELECT 'roster' AS name, COUNT(*) AS n FROM roster WHERE name_lookup LIKE :key
UNION ALL SELECT 'roster_phones', COUNT(*) FROM roster_phones WHERE phone_lookup LIKE :key OR name_lookup LIKE :key
UNION ALL SELECT 'memberships', COUNT(*) FROM memberships WHERE name_lookup LIKE :key
UNION ALL SELECT 'users', COUNT(*) FROM users WHERE phone_lookup LIKE :key
UNION ALL SELECT 'contacts', COUNT(*) FROM contacts WHERE phone_lookup LIKE :key
UNION ALL SELECT 'matter_parties', COUNT(*) FROM matter_parties WHERE phone_lookup LIKE :key
UNION ALL SELECT 'certificates', COUNT(*) FROM certificates WHERE code LIKE :key
UNION ALL SELECT 'teams', COUNT(*) FROM teams WHERE invite_code LIKE :key
UNION ALL SELECT 'calendars', COUNT(*) FROM calendars WHERE token_lookup LIKE :key
UNION ALL SELECT 'review_codes', COUNT(*) FROM review_codes WHERE lookup LIKE :key
UNION ALL SELECT 'mini_codes', COUNT(*) FROM mini_codes WHERE scene_lookup LIKE :key
UNION ALL SELECT 'idempotency', COUNT(*) FROM idempotency WHERE body_hash LIKE :key;

-- name: forget
DELETE FROM seal_keys WHERE key_id = :key;
