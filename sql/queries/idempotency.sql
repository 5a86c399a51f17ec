-- name: keep
INSERT INTO idempotency (user_id, operation, request_key, body_hash, status, answer, created_at)
VALUES (:person, :operation, :key, :hash, :status, :answer, :at);

-- name: find
SELECT body_hash, status, answer FROM idempotency
WHERE user_id = :person AND operation = :operation AND request_key = :key;

-- name: forget
DELETE FROM idempotency WHERE created_at < :before ORDER BY created_at LIMIT 1000;
