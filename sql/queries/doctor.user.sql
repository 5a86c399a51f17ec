-- name: user_status
SELECT u.id, u.status, u.version FROM users u LEFT JOIN events e
  ON e.noun = 'user' AND e.subject_id = u.id AND e.version = u.version
WHERE e.id IS NULL OR e.to_status <> u.status ORDER BY u.id LIMIT 100;

-- name: user_register
SELECT u.id FROM users u LEFT JOIN matters m ON m.noun = 'user' AND m.id = u.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = '' AND m.node_id IS NULL AND m.status = u.status AND m.version = u.version
WHERE m.id IS NULL ORDER BY u.id LIMIT 100;
