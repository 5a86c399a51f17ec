-- What an account has of objections (internal/account/objection.go).

-- name: objections
SELECT id FROM objections WHERE user_id IN (:people);

-- name: erase_objections
UPDATE objections SET text = :name, answer = '' WHERE id IN (:ids);

-- name: sheet_objections
SELECT o.id, o.text, o.answer, o.status, o.created_at, o.decided_at
FROM objections o WHERE o.user_id IN (:people) ORDER BY o.id;
