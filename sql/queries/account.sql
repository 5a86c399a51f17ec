-- What is a person's, and what of it goes with the account. The person is :user; :people are the person and those whom
-- staff wrote down without a phone and joined to the account.

-- name: lock
SELECT id, status, version, left_at FROM users WHERE id = :user FOR UPDATE;

-- name: person
SELECT id, status, version, left_at FROM users WHERE id = :user;

-- name: leave
UPDATE users SET status = :status, version = :version, left_at = :left_at, open_id = NULL, union_id = NULL,
  phone = NULL, phone_lookup = NULL, phone_label = '', home_node_id = NULL, elder_view = FALSE,
  show_on_boards = FALSE, display_name = :name
WHERE id = :user;

-- name: leaving
SELECT id FROM users WHERE left_at IS NOT NULL ORDER BY left_at LIMIT 200;

-- Teams that only they lead.
-- name: led
SELECT t.name FROM team_members m JOIN teams t ON t.id = m.team_id AND t.status = 'active'
WHERE m.user_id = :user AND m.status = 'active' AND m.role = 'leader' ORDER BY t.id;

-- Places where nobody else decides by the same role.
-- name: decided
SELECT n.name FROM grants_in_force g JOIN nodes n ON n.id = g.node_id
WHERE g.user_id = :user AND g.delegated_by IS NULL AND g.role IN (:roles) AND NOT g.is_ended
  AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
  AND NOT EXISTS (SELECT 1 FROM grants_in_force o
    WHERE o.node_id = g.node_id AND o.role = g.role AND o.giver_id <> :user AND o.user_id <> :user
      AND NOT o.is_ended AND o.from_at <= :at AND (o.until_at IS NULL OR o.until_at > :at))
ORDER BY n.id;

-- name: people
SELECT j.person_id FROM hour_joins j WHERE j.account_id = :user AND j.status = 'joined';

-- name: erase_people
UPDATE users SET display_name = :name, open_id = NULL, union_id = NULL, phone = NULL, phone_lookup = NULL,
  phone_label = '', home_node_id = NULL
WHERE id IN (:people);

-- name: erase_contacts
DELETE FROM contacts WHERE noun = :noun AND id IN (:ids);

-- name: erase_readings
UPDATE contact_reads SET reason = :name WHERE noun = :noun AND subject_id IN (:ids) AND reason <> '';

-- name: erase_calendar
DELETE FROM calendars WHERE user_id = :user;

-- name: erase_number
DELETE FROM person_numbers WHERE user_id = :user;

-- name: erase_answers
DELETE FROM idempotency WHERE user_id = :user;

-- What others were told of the person's matters, and would be told again: their ids stand in it.
-- name: answers
SELECT user_id, operation, request_key FROM idempotency WHERE answer REGEXP :ids;

-- name: erase_answer
DELETE FROM idempotency WHERE user_id = :user_id AND operation = :operation AND request_key = :request_key;

-- What a person takes along, a query a sheet. A column is called as internal/account calls it for people; one with a
-- dot in its name is sealed there, for the row whose id stands first.

-- name: sheet_person
SELECT u.id, u.display_name, u.phone_label, u.`phone` AS `users.phone`, h.name AS home, u.elder_view, u.show_on_boards,
  p.number AS person_number, v.number AS volunteer_number, u.created_at,
  (SELECT COUNT(*) FROM calendars c WHERE c.user_id = u.id) AS calendars, u.open_id, u.union_id
FROM users u LEFT JOIN nodes h ON h.id = u.home_node_id LEFT JOIN person_numbers p ON p.user_id = u.id
  LEFT JOIN volunteers v ON v.user_id = u.id
WHERE u.id IN (:people) ORDER BY u.id = :user DESC, u.id;

-- name: sheet_contact_reads
{{*_contact_reads}};

-- name: sheet_own_reads
SELECT r.id, COALESCE(m.title, '') AS title, r.reason, r.read_at
FROM contact_reads r LEFT JOIN matters m ON m.noun = r.noun AND m.id = r.subject_id
WHERE r.reader_id = :user ORDER BY r.id;

-- name: sheet_points
SELECT t.id, t.unit, CASE WHEN t.debit_id = a.id THEN -t.amount ELSE t.amount END AS amount, t.kind, t.cause_rule,
  t.deed_at, t.posted_at
FROM points_accounts a JOIN points_transfers t ON t.cause_account_id = a.id WHERE a.user_id = :user ORDER BY t.id;

-- name: sheet_consents
SELECT c.user_id, c.document, c.version, c.agreed_at FROM consents c WHERE c.user_id = :user ORDER BY c.agreed_at;

-- name: agree
INSERT INTO consents (user_id, document, version, agreed_at) VALUES (:user, :document, :version, :at)
ON DUPLICATE KEY UPDATE version = VALUES(version);

-- name: agree_all
INSERT INTO consents (user_id, document, version, agreed_at)
SELECT u.id, :document, :version, u.created_at FROM users u WHERE u.open_id IS NOT NULL
ON DUPLICATE KEY UPDATE version = VALUES(version);

-- name: agreed
SELECT document, version, agreed_at FROM consents WHERE user_id = :user ORDER BY agreed_at, document, version;

-- name: sheet_photos
SELECT m.id, m.noun, m.status, m.created_at FROM media m WHERE m.owner_id IN (:people) ORDER BY m.id;

-- name: originals
SELECT noun, subject_id, field, sealed FROM originals WHERE noun = :noun AND subject_id IN (:ids);

-- What a check has found in the person's words.
-- name: erase_cases
UPDATE content_cases SET reason = '' WHERE writer_id IN (:people) AND reason <> '';
