-- What an account has of assignments, which bodies are sent for the person's needs (internal/account/assignment.go).

-- name: assignments
SELECT a.id FROM needs n JOIN assignments a ON a.origin_noun = 'need' AND a.origin_id = n.id
WHERE n.owner_id = :user;

-- name: erase_assignments
UPDATE assignments SET what = :name, clause = '', answer = '' WHERE id IN (:ids);
