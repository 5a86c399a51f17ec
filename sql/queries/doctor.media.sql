-- name: media_owner
SELECT m.id FROM media m LEFT JOIN users u ON u.id = m.owner_id WHERE u.id IS NULL ORDER BY m.id LIMIT 100;

-- name: media_matter
SELECT m.id FROM media m LEFT JOIN matters x ON x.noun = m.noun AND x.id = m.subject_id
WHERE m.status = 'attached' AND x.id IS NULL ORDER BY m.id LIMIT 100;

-- Pictures with service that somebody else reported, or that nobody reported.
-- name: media_report
SELECT m.id FROM media m JOIN service_records r ON m.noun = 'service_record' AND r.id = m.subject_id
WHERE r.source <> 'self' OR r.user_id <> m.owner_id ORDER BY m.id LIMIT 100;

-- name: media_forgotten
SELECT id FROM media WHERE status IN ('adding', 'waiting') AND created_at < :before ORDER BY id LIMIT 100;

-- name: media
SELECT id, file FROM media WHERE status IN ('waiting', 'attached') AND id > :after ORDER BY id LIMIT :limit;
