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

-- name: media_late
SELECT id FROM media WHERE status = 'attached' AND verdict = 'checking' AND verdict_at < :before ORDER BY id LIMIT 100;

-- Pictures that wait for staff who does not see them: a wish's own are seen with the wish.
-- name: media_unseen
SELECT m.id FROM media m LEFT JOIN content_cases c ON c.photo_id = m.id AND c.status = 'open'
WHERE m.status = 'attached' AND m.verdict = 'waiting' AND c.id IS NULL AND m.noun <> 'wish' ORDER BY m.id LIMIT 100;
