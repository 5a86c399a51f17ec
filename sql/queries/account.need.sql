-- What an account has of needs (internal/account/need.go).

-- name: live_needs
SELECT id FROM needs WHERE owner_id = :user AND status IN ('submitted', 'handling', 'waiting') ORDER BY id;

-- name: needs
SELECT id FROM needs WHERE owner_id = :user;

-- name: erase_needs
UPDATE needs SET text = :name, place = '', owner_label = '', consent_note = '', answer = '', lat = NULL, lng = NULL
WHERE id IN (:ids);

-- name: sheet_needs
SELECT n.id, CONCAT(n.year, '-', n.number) AS number, p.name AS node, n.category,
  COALESCE(NULLIF(n.held_place, ''), n.place) AS place, COALESCE(NULLIF(n.held_text, ''), n.text) AS text, n.answer,
  n.status, n.created_at, n.closed_at
FROM (SELECT n.*, {{need.held}} FROM needs n WHERE n.owner_id = :user) n JOIN nodes p ON p.id = n.node_id
ORDER BY n.id;

-- fragment: need_contact_reads
SELECT r.id, COALESCE(NULLIF(n.held_text, ''), n.text) AS title, u.display_name AS reader, r.reason, r.read_at
FROM (SELECT n.id, n.text, n.owner_id, {{need.held}} FROM needs n WHERE n.owner_id = :user) n
  JOIN contact_reads r ON r.noun = 'need' AND r.subject_id = n.id JOIN users u ON u.id = r.reader_id
WHERE n.owner_id = :user
