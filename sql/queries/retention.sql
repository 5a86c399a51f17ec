-- name: rules
SELECT kind, days FROM retention_rules ORDER BY kind;

-- Wishes that were over before, by the last step of each. Ids rise with time, so that those below :id are old enough
-- to be looked at.
-- fragment: over
JOIN matters m ON m.noun = 'wish' AND m.id = w.id
  JOIN events e ON e.noun = 'wish' AND e.subject_id = m.id AND e.version = m.version AND e.at < :before
WHERE w.status IN ('fulfilled', 'withdrawn', 'expired')

-- name: contacts
SELECT k.id FROM contacts k JOIN wishes w ON w.id = k.id {{over}} AND k.noun = 'wish' AND k.id < :id
ORDER BY k.id LIMIT :limit;

-- name: take_contacts
DELETE FROM contacts WHERE noun = 'wish' AND id IN (:ids);

-- name: names
SELECT r.id FROM memberships r WHERE r.status IN ('left', 'rejected') AND r.id < :id AND r.name_lookup IS NOT NULL
  AND COALESCE(r.ended_at, r.decided_at, r.requested_at) < :before
ORDER BY r.id LIMIT :limit;

-- name: take_name
UPDATE memberships SET real_name = :name, name_label = :label, name_lookup = NULL
WHERE id = :id AND status IN ('left', 'rejected');

-- name: originals
SELECT DISTINCT subject_id FROM originals WHERE subject_id < :id ORDER BY subject_id LIMIT :limit;

-- name: pictures
SELECT DISTINCT w.id FROM wishes w {{over}} AND w.id < :id AND EXISTS (SELECT 1 FROM media p
  WHERE p.noun = 'wish' AND p.subject_id = w.id
  UNION ALL SELECT 1 FROM claims c JOIN media q ON q.noun = 'claim' AND q.subject_id = c.id WHERE c.wish_id = w.id)
ORDER BY w.id LIMIT :limit;

-- name: claims
SELECT id FROM claims WHERE wish_id IN (:ids);
