-- What an account has of wishes (internal/account/wish.go).

-- name: open_wishes
SELECT id FROM wishes WHERE owner_id = :user AND status IN ('submitted', 'rejected', 'open', 'taken') ORDER BY id;

-- name: wishes
SELECT id FROM wishes WHERE owner_id = :user;

-- name: erase_wishes
UPDATE wishes SET title = :name, description = '', estate = '', consent_note = '', owner_label = :name
WHERE id IN (:ids);

-- name: erase_words
DELETE FROM wish_words WHERE wish_id IN (:ids);

-- name: sheet_wishes
SELECT w.id, CONCAT(w.year, '-', LPAD(w.number, 4, '0')) AS number, n.name AS node, c.name AS category, w.title,
  w.description, w.effort, w.suits, w.estate, w.owner_label, w.consent, w.consent_note, w.points, w.status,
  w.created_at, w.published_at
FROM wishes w JOIN nodes n ON n.id = w.node_id JOIN categories c ON c.code = w.category
WHERE w.owner_id = :user ORDER BY w.id;

-- fragment: wish_contact_reads
SELECT r.id, w.title, u.display_name AS reader, r.reason, r.read_at
FROM wishes w JOIN contact_reads r ON r.noun = 'wish' AND r.subject_id = w.id JOIN users u ON u.id = r.reader_id
WHERE w.owner_id = :user
