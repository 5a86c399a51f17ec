-- fragment: photo
m.id, m.owner_id, m.file, m.status, COALESCE(m.noun, '') AS noun, COALESCE(m.subject_id, 0) AS subject_id,
  m.verdict, m.position

-- name: add
INSERT INTO media (id, owner_id, file, status, created_at, verdict)
VALUES (:id, :owner, :file, 'adding', :at, 'unchecked');

-- name: whole
UPDATE media SET status = 'waiting' WHERE id = :id AND status = 'adding';

-- Locked in the order of their key, whatever the order in which they were chosen.
-- name: lock
SELECT {{photo}} FROM media m WHERE m.id IN (:photos) ORDER BY m.id FOR UPDATE;

-- name: lock_of
SELECT {{photo}} FROM media m WHERE m.noun = :noun AND m.subject_id = :subject ORDER BY m.id FOR UPDATE;

-- name: attach
UPDATE media SET status = 'attached', noun = :noun, subject_id = :subject, position = :position, attached_at = :at
WHERE id = :id AND status IN ('waiting', 'attached');

-- Staff has looked at the pictures of a matter before others see it.
-- name: approve
UPDATE media SET verdict = 'passed' WHERE noun = :noun AND subject_id = :subject AND verdict <> 'passed';

-- name: unchecked
SELECT id FROM media FORCE INDEX (media_verdict) WHERE verdict = 'unchecked' AND status = 'attached'
ORDER BY id LIMIT :limit;

-- name: check
UPDATE media SET verdict = 'checking', verdict_at = :at
WHERE id = :id AND verdict = 'unchecked' AND status = 'attached';

-- Whose result has not come in time.
-- name: overdue
SELECT id FROM media FORCE INDEX (media_verdict)
WHERE verdict = 'checking' AND status = 'attached' AND verdict_at < :before ORDER BY id LIMIT :limit;

-- name: get
SELECT {{photo}}, COALESCE(m.trace_id, '') AS trace_id, COALESCE(m.verdict_at, m.created_at) AS verdict_at,
  COALESCE(m.attached_at, m.created_at) AS attached_at, m.suggest, m.label FROM media m WHERE m.id = :id;

-- name: by_trace
SELECT id FROM media WHERE trace_id = :trace;

-- name: trace
UPDATE media SET trace_id = :trace WHERE id = :id AND verdict = 'checking';

-- name: judge
UPDATE media SET verdict = :verdict, suggest = :suggest, label = :label, verdict_at = :at
WHERE id = :id AND status = 'attached' AND verdict = 'checking';

-- name: keep
UPDATE media SET verdict = 'passed' WHERE id = :id AND status = 'attached';

-- A blurred picture in the place of the first one.
-- name: take_place
UPDATE media SET status = 'attached', noun = :noun, subject_id = :subject, position = :position, attached_at = :at,
  verdict = 'passed', verdict_at = :at
WHERE id = :id AND status = 'waiting';

-- name: remove
UPDATE media SET status = 'removed', noun = NULL, subject_id = NULL, attached_at = NULL WHERE id IN (:photos);

-- Pictures of matters of a noun, each in the order in which they were added; those of one time as they were chosen.
-- name: of
SELECT {{photo}} FROM media m WHERE m.noun = :noun AND m.subject_id IN (:subjects)
ORDER BY m.attached_at, m.position, m.id;

-- Pictures that nobody put anywhere in time.
-- name: forgotten
SELECT id FROM media FORCE INDEX (media_status)
WHERE status IN ('adding', 'waiting') AND created_at < :before ORDER BY id LIMIT 200;

-- name: give_up
UPDATE media SET status = 'removed' WHERE id = :photo AND status IN ('adding', 'waiting');

-- name: removed
SELECT {{photo}} FROM media m WHERE m.status = 'removed' ORDER BY m.id LIMIT 200;

-- name: forget
DELETE FROM media WHERE id = :id AND status = 'removed';

-- Pictures that people have added, wherever they are.
-- name: of_owners
SELECT {{photo}} FROM media m WHERE m.owner_id IN (:owners) ORDER BY m.id;
