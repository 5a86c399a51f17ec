-- name: kept
SELECT key_id, probe FROM seal_keys ORDER BY key_id;

-- name: has
SELECT COUNT(*) FROM seal_keys WHERE key_id = :id;

-- name: keep
INSERT INTO seal_keys (key_id, probe, since) VALUES (:id, :probe, :at);
