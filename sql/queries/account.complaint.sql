-- What an account has of complaints (internal/account/complaint.go).

-- name: live_complaints
SELECT id FROM complaints WHERE author_id = :user AND status IN ('open', 'answered') ORDER BY id;

-- name: complaints
SELECT id FROM complaints WHERE author_id = :user;

-- name: erase_complaints
UPDATE complaints SET text = '', answer = '' WHERE id IN (:ids);

-- name: sheet_complaints
SELECT k.id, k.kind, n.name AS node, k.text, k.answer, k.status, k.created_at
FROM complaints k JOIN nodes n ON n.id = k.node_id WHERE k.author_id = :user ORDER BY k.id;
