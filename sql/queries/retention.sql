-- name: rules
SELECT kind, days FROM retention_rules ORDER BY kind;

-- Wishes and needs that were over before, by the last step of each. Ids rise with time, so that those below :id are
-- old enough to be looked at. No two matters have the same id, whatever their nouns.
-- fragment: ended
e ON e.noun = m.noun AND e.subject_id = m.id AND e.version = m.version AND e.at < :before
-- fragment: over
JOIN matters m ON m.noun = 'wish' AND m.id = w.id JOIN events {{ended}}
WHERE w.status IN ('fulfilled', 'withdrawn', 'expired') AND w.id < :id

-- fragment: need_over
JOIN matters m ON m.noun = 'need' AND m.id = n.id JOIN events {{ended}}
WHERE n.status IN ('closed', 'rejected', 'merged', 'withdrawn', 'handed') AND n.id < :id

-- name: contacts
SELECT w.id FROM contacts k JOIN wishes w ON w.id = k.id {{over}} AND k.noun = 'wish'
UNION SELECT n.id FROM contacts k JOIN needs n ON n.id = k.id {{need_over}} AND k.noun = 'need'
LIMIT :limit;

-- name: take_contacts
DELETE FROM contacts WHERE noun IN ('wish', 'need') AND id IN (:ids);

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
SELECT DISTINCT w.id FROM wishes w {{over}} AND EXISTS (SELECT 1 FROM media p
  WHERE p.noun = 'wish' AND p.subject_id = w.id
  UNION ALL SELECT 1 FROM claims c JOIN media q ON q.noun = 'claim' AND q.subject_id = c.id WHERE c.wish_id = w.id)
UNION
SELECT DISTINCT n.id FROM needs n {{need_over}} AND EXISTS (SELECT 1 FROM media p
  WHERE p.noun = 'need' AND p.subject_id = n.id
  UNION ALL SELECT 1 FROM assignments a JOIN media q ON q.noun = 'assignment' AND q.subject_id = a.id
  WHERE a.origin_noun = 'need' AND a.origin_id = n.id)
LIMIT :limit;

-- name: claims
SELECT id FROM claims WHERE wish_id IN (:ids);

-- name: assignments
SELECT id FROM assignments WHERE origin_noun = 'need' AND origin_id IN (:ids);

-- Who read a contact or a real name, and why.
-- name: reads
SELECT id FROM contact_reads WHERE id < :id AND read_at < :before
UNION ALL SELECT id FROM name_reads WHERE id < :id AND read_at < :before
LIMIT :limit;

-- name: take_contact_reads
DELETE FROM contact_reads WHERE id IN (:ids);

-- name: take_name_reads
DELETE FROM name_reads WHERE id IN (:ids);
