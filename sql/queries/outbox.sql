-- name: add
INSERT INTO outbox (id, topic, payload, created_at, available_at) VALUES (:id, :topic, :payload, :at, :at);

-- Leasing is an UPDATE, which every server and cluster agrees on; SKIP LOCKED is not.
-- name: lease
UPDATE outbox SET leased_by = :owner, leased_until = :until, attempts = attempts + 1
WHERE topic = :topic AND dead_at IS NULL AND available_at <= :now AND (leased_until IS NULL OR leased_until < :now)
ORDER BY available_at, id LIMIT :limit;

-- name: leased
SELECT id, payload, attempts, counted_at IS NOT NULL AS counted FROM outbox
WHERE leased_by = :owner AND topic = :topic ORDER BY id;

-- name: count
UPDATE outbox SET counted_at = :now WHERE id IN (:ids) AND leased_by = :owner AND counted_at IS NULL;

-- name: done
DELETE FROM outbox WHERE id IN (:ids) AND leased_by = :owner;

-- name: retry
UPDATE outbox SET leased_by = NULL, leased_until = NULL, available_at = :available, last_error = :error,
  dead_at = CASE WHEN attempts >= :attempts THEN :now END
WHERE id IN (:ids) AND leased_by = :owner;

-- name: overdue
SELECT id FROM outbox WHERE created_at < :before OR dead_at IS NOT NULL ORDER BY id LIMIT 100;

-- name: oldest
SELECT MIN(created_at) FROM outbox WHERE dead_at IS NULL;
