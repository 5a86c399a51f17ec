-- name: add
INSERT INTO media (id, owner_id, file, status, created_at) VALUES (:id, :owner, :file, 'adding', :at);

-- name: whole
UPDATE media SET status = 'waiting' WHERE id = :id AND status = 'adding';

-- Locked in the order of their key, whatever the order in which they were chosen.
-- name: lock
SELECT id, owner_id, file, status, COALESCE(wish_id, 0) AS wish_id, COALESCE(claim_id, 0) AS claim_id
FROM media WHERE id IN (:photos) ORDER BY id FOR UPDATE;

-- name: lock_of_wish
SELECT id, owner_id, file, status, COALESCE(wish_id, 0) AS wish_id, COALESCE(claim_id, 0) AS claim_id
FROM media WHERE wish_id = :wish ORDER BY id FOR UPDATE;

-- name: attach
UPDATE media SET status = 'attached', wish_id = NULLIF(:wish, 0), claim_id = NULLIF(:claim, 0),
  service_record_id = NULLIF(:record, 0), position = :position, attached_at = COALESCE(attached_at, :at)
WHERE id = :id AND status IN ('waiting', 'attached');

-- name: remove
UPDATE media SET status = 'removed', wish_id = NULL, claim_id = NULL, service_record_id = NULL, attached_at = NULL
WHERE id IN (:photos);

-- name: of_wish
SELECT id, owner_id, file, status, wish_id, 0 AS claim_id FROM media WHERE wish_id = :wish ORDER BY position, id;

-- name: of_wish_of
SELECT m.id, m.owner_id, m.file, m.status, m.wish_id, 0 AS claim_id
FROM claims c JOIN media m ON m.wish_id = c.wish_id WHERE c.id = :claim ORDER BY m.position, m.id;

-- name: of_claim
SELECT id, owner_id, file, status, 0 AS wish_id, claim_id FROM media WHERE claim_id = :claim
ORDER BY attached_at, position, id;

-- Of all claims of the wish, in the order of their deliveries.
-- name: of_claims
SELECT m.id, m.owner_id, m.file, m.status, 0 AS wish_id, m.claim_id
FROM claims c JOIN media m ON m.claim_id = c.id WHERE c.wish_id = :wish ORDER BY m.attached_at, m.position, m.id;

-- Those of a report of service across midnight are with the first of its two records, and shown with both.
-- name: of_record
SELECT m.id, m.owner_id, m.file, m.status, 0 AS wish_id, 0 AS claim_id, r.id AS service_record_id
FROM service_records r JOIN service_records f ON f.user_id = r.user_id AND f.source = 'self'
    AND f.recorded_at = r.recorded_at AND (f.id = r.id OR f.ended_at = r.started_at)
  JOIN media m ON m.service_record_id = f.id
WHERE r.id = :record AND r.source = 'self' ORDER BY m.position, m.id;

-- name: of_many
SELECT id, owner_id, file, status, COALESCE(wish_id, 0) AS wish_id, COALESCE(claim_id, 0) AS claim_id,
  0 AS service_record_id
FROM media WHERE wish_id IN (:wishes)
UNION ALL
SELECT id, owner_id, file, status, COALESCE(wish_id, 0), COALESCE(claim_id, 0), 0
FROM media WHERE claim_id IN (:claims)
UNION ALL
SELECT m.id, m.owner_id, m.file, m.status, 0, 0, r.id
FROM service_records r JOIN service_records f ON f.user_id = r.user_id AND f.source = 'self'
    AND f.recorded_at = r.recorded_at AND (f.id = r.id OR f.ended_at = r.started_at)
  JOIN media m ON m.service_record_id = f.id
WHERE r.id IN (:records) AND r.source = 'self'
ORDER BY id;

-- Pictures that nobody put anywhere in time.
-- name: forgotten
SELECT id FROM media FORCE INDEX (media_status)
WHERE status IN ('adding', 'waiting') AND created_at < :before ORDER BY id LIMIT 200;

-- name: give_up
UPDATE media SET status = 'removed' WHERE id IN (:photos) AND status IN ('adding', 'waiting');

-- name: removed
SELECT id, owner_id, file, status, 0 AS wish_id, 0 AS claim_id FROM media WHERE status = 'removed'
ORDER BY id LIMIT 200;

-- name: forget
DELETE FROM media WHERE id = :id AND status = 'removed';
