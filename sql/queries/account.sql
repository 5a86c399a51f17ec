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

-- name: open_wishes
SELECT id FROM wishes WHERE owner_id = :user AND status IN ('submitted', 'rejected', 'open', 'taken') ORDER BY id;

-- name: live_memberships
SELECT id FROM memberships WHERE user_id = :user AND status IN ('requested', 'active') ORDER BY id;

-- name: coming
SELECT s.activity_id FROM signups s JOIN activities a ON a.id = s.activity_id
WHERE s.user_id = :user AND s.status IN ('confirmed', 'waitlisted') AND a.status = 'published' AND a.starts_at > :at
ORDER BY s.id;

-- name: live_teams
SELECT team_id FROM team_members WHERE user_id = :user AND status IN ('requested', 'invited', 'active') ORDER BY id;

-- name: live_grants
SELECT id FROM grants_in_force WHERE user_id = :user AND status = 'given' AND NOT is_ended
  AND (until_at IS NULL OR until_at > :at)
ORDER BY id;

-- name: live_certificates
SELECT id, user_id FROM certificates WHERE user_id IN (:people) AND status = 'issued' ORDER BY id;

-- name: live_complaints
SELECT id FROM complaints WHERE author_id = :user AND status IN ('open', 'answered') ORDER BY id;

-- name: wishes
SELECT id FROM wishes WHERE owner_id = :user;

-- name: claims
SELECT id FROM claims WHERE claimant_id = :user;

-- name: claims_of_wishes
SELECT c.id FROM wishes w JOIN claims c ON c.wish_id = w.id WHERE w.owner_id = :user;

-- name: memberships
SELECT id FROM memberships WHERE user_id = :user;

-- name: certificates
SELECT id FROM certificates WHERE user_id IN (:people);

-- name: complaints
SELECT id FROM complaints WHERE author_id = :user;

-- name: objections
SELECT id FROM objections WHERE user_id IN (:people);

-- name: records
SELECT id FROM service_records WHERE user_id IN (:people);

-- name: joins
SELECT id FROM hour_joins WHERE account_id = :user AND status = 'joined';

-- Those that were a mistake: their hours are somebody else's, who keeps the name.
-- name: undone_joins
SELECT id FROM hour_joins WHERE account_id = :user AND status <> 'joined';

-- name: erase_people
UPDATE users SET display_name = :name, open_id = NULL, union_id = NULL, phone = NULL, phone_lookup = NULL,
  phone_label = '', home_node_id = NULL
WHERE id IN (:people);

-- name: erase_wishes
UPDATE wishes SET title = :name, description = '', estate = '', consent_note = '', owner_label = :name
WHERE id IN (:ids);

-- name: erase_words
DELETE FROM wish_words WHERE wish_id IN (:ids);

-- name: erase_contacts
DELETE FROM contacts WHERE noun = :noun AND id IN (:ids);

-- name: erase_readings
UPDATE contact_reads SET reason = :name WHERE noun = :noun AND subject_id IN (:ids) AND reason <> '';

-- name: erase_notes
UPDATE claims SET delivery_note = '' WHERE id IN (:ids);

-- name: erase_comments
UPDATE claims SET comment = '' WHERE id IN (:ids);

-- name: erase_membership
UPDATE memberships SET real_name = :real_name, name_label = :name, name_lookup = NULL WHERE id = :id;

-- name: erase_certificate
UPDATE certificates SET holder_name = :holder_name, holder_label = :name WHERE id = :id;

-- name: erase_codes
DELETE FROM mini_codes WHERE noun = 'certificate' AND subject_id IN (:ids);

-- name: erase_complaints
UPDATE complaints SET text = '', answer = '' WHERE id IN (:ids);

-- name: erase_objections
UPDATE objections SET text = :name, answer = '' WHERE id IN (:ids);

-- name: erase_records
UPDATE service_records SET note = '', title = CASE source WHEN 'self' THEN :title ELSE title END WHERE id IN (:ids);

-- name: erase_items
UPDATE certificate_items i JOIN service_records r ON r.id = i.record_id SET i.title = r.title
WHERE i.record_id IN (:ids);

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

-- name: sheet_wishes
SELECT w.id, CONCAT(w.year, '-', LPAD(w.number, 4, '0')) AS number, n.name AS node, c.name AS category, w.title,
  w.description, w.effort, w.suits, w.estate, w.owner_label, w.consent, w.consent_note, w.points, w.status,
  w.created_at, w.published_at
FROM wishes w JOIN nodes n ON n.id = w.node_id JOIN categories c ON c.code = w.category
WHERE w.owner_id = :user ORDER BY w.id;

-- name: sheet_answers
SELECT c.id, w.title, c.status, c.rating, c.comment, c.delivered_at, c.confirmed_at
FROM wishes w JOIN claims c ON c.wish_id = w.id WHERE w.owner_id = :user ORDER BY c.id;

-- name: sheet_claims
SELECT c.id, w.title, c.status, c.delivery_note, c.requested_at, c.decided_at, c.delivered_at, c.confirmed_at
FROM claims c JOIN wishes w ON w.id = c.wish_id WHERE c.claimant_id = :user
UNION ALL
SELECT c.id, w.title, c.status, '', c.requested_at, p.accepted_at, c.delivered_at, c.confirmed_at
FROM claim_participants p JOIN claims c ON c.id = p.claim_id JOIN wishes w ON w.id = c.wish_id WHERE p.user_id = :user;

-- name: sheet_memberships
SELECT m.id, m.real_name AS `memberships.real_name`, m.name_label, n.name AS node, u.name AS unit, m.status,
  m.requested_at, m.decided_at, m.ended_at
FROM memberships m JOIN nodes n ON n.id = m.node_id JOIN nodes u ON u.id = m.unit_id
WHERE m.user_id = :user ORDER BY m.id;

-- name: sheet_name_reads
SELECT r.id, u.display_name AS reader, r.read_at
FROM memberships m JOIN name_reads r ON r.membership_id = m.id JOIN users u ON u.id = r.reader_id
WHERE m.user_id = :user ORDER BY r.id;

-- name: sheet_contact_reads
SELECT r.id, w.title, u.display_name AS reader, r.reason, r.read_at
FROM wishes w JOIN contact_reads r ON r.noun = 'wish' AND r.subject_id = w.id JOIN users u ON u.id = r.reader_id
WHERE w.owner_id = :user
UNION ALL
SELECT r.id, n.text, u.display_name, r.reason, r.read_at
FROM needs n JOIN contact_reads r ON r.noun = 'need' AND r.subject_id = n.id JOIN users u ON u.id = r.reader_id
WHERE n.owner_id = :user;

-- name: sheet_own_reads
SELECT r.id, COALESCE(m.title, '') AS title, r.reason, r.read_at
FROM contact_reads r LEFT JOIN matters m ON m.noun = r.noun AND m.id = r.subject_id
WHERE r.reader_id = :user ORDER BY r.id;

-- name: sheet_signups
SELECT s.id, a.title, a.place_name, a.starts_at, a.ends_at, s.status, s.created_at, s.cancelled_at
FROM signups s JOIN activities a ON a.id = s.activity_id WHERE s.user_id IN (:people) ORDER BY s.id;

-- name: sheet_attendances
SELECT t.id, a.title, t.in_at, t.in_mode, t.in_distance, t.in_accuracy, t.out_at, t.out_mode, t.out_distance,
  t.out_accuracy
FROM attendances t JOIN activities a ON a.id = t.activity_id WHERE t.user_id IN (:people) ORDER BY t.id;

-- name: sheet_records
SELECT r.id, r.title, n.name AS node, r.started_at, r.ended_at, r.minutes, r.note, r.source, r.status, r.recorded_at,
  r.credited_at
FROM service_records r JOIN nodes n ON n.id = r.node_id WHERE r.user_id IN (:people) ORDER BY r.id;

-- name: sheet_points
SELECT t.id, t.unit, CASE WHEN t.debit_id = a.id THEN -t.amount ELSE t.amount END AS amount, t.kind, t.cause_rule,
  t.deed_at, t.posted_at
FROM points_accounts a JOIN points_transfers t ON t.cause_account_id = a.id WHERE a.user_id = :user ORDER BY t.id;

-- name: sheet_certificates
SELECT c.id, c.serial, c.number AS volunteer_number, c.holder_name AS `certificates.holder_name`, c.holder_label,
  c.from_at, c.until_at, c.minutes, c.issuer, c.handler, c.contact, c.status, c.issued_at, c.revoked_at
FROM certificates c WHERE c.user_id IN (:people) ORDER BY c.id;

-- name: sheet_certificate_items
SELECT c.id, c.serial, i.title, i.place, i.started_at, i.minutes
FROM certificates c JOIN certificate_items i ON i.certificate_id = c.id
WHERE c.user_id IN (:people) ORDER BY c.id, i.line;

-- name: sheet_complaints
SELECT k.id, k.kind, n.name AS node, k.text, k.answer, k.status, k.created_at
FROM complaints k JOIN nodes n ON n.id = k.node_id WHERE k.author_id = :user ORDER BY k.id;

-- name: sheet_objections
SELECT o.id, o.text, o.answer, o.status, o.created_at, o.decided_at
FROM objections o WHERE o.user_id IN (:people) ORDER BY o.id;

-- name: sheet_teams
SELECT m.id, t.name AS team, m.role, m.status, m.requested_at, m.decided_at
FROM team_members m JOIN teams t ON t.id = m.team_id WHERE m.user_id IN (:people) ORDER BY m.id;

-- name: sheet_posts
SELECT g.id, g.role, n.name AS node, g.from_at, g.until_at, g.status
FROM grants_in_force g JOIN nodes n ON n.id = g.node_id WHERE g.user_id = :user ORDER BY g.id;

-- name: sheet_joins
SELECT j.id, u.display_name, j.status, j.joined_at, j.undone_at
FROM hour_joins j JOIN users u ON u.id = j.person_id WHERE j.account_id = :user ORDER BY j.id;

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

-- name: live_needs
SELECT id FROM needs WHERE owner_id = :user AND status IN ('submitted', 'handling', 'waiting') ORDER BY id;

-- name: needs
SELECT id FROM needs WHERE owner_id = :user;

-- name: assignments
SELECT a.id FROM needs n JOIN assignments a ON a.origin_noun = 'need' AND a.origin_id = n.id
WHERE n.owner_id = :user;

-- name: live_visits
SELECT id FROM visits WHERE owner_id = :user AND status = 'invited' ORDER BY id;

-- name: visits
SELECT id FROM visits WHERE owner_id = :user;

-- name: erase_visits
UPDATE visits SET subject = :name, place = '' WHERE id IN (:ids);

-- name: sheet_visits
SELECT v.id, p.name AS node, v.subject, v.place, v.starts_at, v.status, v.created_at
FROM visits v JOIN nodes p ON p.id = v.node_id WHERE v.owner_id = :user ORDER BY v.id;

-- name: erase_assignments
UPDATE assignments SET what = :name, clause = '', answer = '' WHERE id IN (:ids);

-- name: erase_needs
UPDATE needs SET text = :name, place = '', owner_label = '', consent_note = '', answer = '', lat = NULL, lng = NULL
WHERE id IN (:ids);

-- name: sheet_needs
SELECT n.id, CONCAT(n.year, '-', n.number) AS number, p.name AS node, n.category, n.place, n.text, n.answer, n.status,
  n.created_at, n.closed_at
FROM needs n JOIN nodes p ON p.id = n.node_id WHERE n.owner_id = :user ORDER BY n.id;

-- What a check has found in the person's words.
-- name: erase_cases
UPDATE content_cases SET reason = '' WHERE writer_id IN (:people) AND reason <> '';
