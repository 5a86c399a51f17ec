-- Whose turn it is.
-- fragment: complaint_turns
SELECT 'complaint', k.id, 'decider', 0, NULL, k.desk_id, NULL, k.asked_at, k.asked_at, NULL
FROM complaints k WHERE k.status = 'open'

-- Who does not decide about it.
-- fragment: complaint_barred
SELECT 'complaint', k.id, k.author_id, NULL, 1 FROM complaints k
UNION ALL SELECT 'complaint', q.complaint_id, q.user_id, NULL, 1 FROM complaint_parties q

-- That the person is what a message about it says.
-- fragment: complaint_recipients
e.noun = 'complaint' AND EXISTS (SELECT 1 FROM complaints k
  WHERE k.id = e.subject_id AND i.part = 'owner' AND k.author_id = i.user_id)

-- Its steps that somebody whom they concern was not told of.
-- fragment: complaint_untold
SELECT 'complaint', e.id FROM events e JOIN complaints k ON k.id = e.subject_id JOIN users u ON u.id = k.author_id
WHERE e.noun = 'complaint' AND e.name IN (:complaint_owner) AND {{not_told}}

-- That it is the own matter of who decides, or of who chose them.
-- fragment: complaint_own
e.noun = 'complaint' AND EXISTS (SELECT 1 FROM complaints k
  WHERE k.id = e.subject_id AND (k.author_id IN (e.actor_id, g.giver_id)
    OR EXISTS (SELECT 1 FROM complaint_parties q
      WHERE q.complaint_id = k.id AND q.user_id IN (e.actor_id, g.giver_id))))

-- name: complaint_status
SELECT k.id, k.status, k.version FROM complaints k LEFT JOIN events e
  ON e.noun = 'complaint' AND e.subject_id = k.id AND e.version = k.version
WHERE e.id IS NULL OR e.to_status <> k.status ORDER BY k.id LIMIT 100;

-- name: complaint_register
SELECT k.id FROM complaints k LEFT JOIN matters m ON m.noun = 'complaint' AND m.id = k.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = '' AND m.node_id = k.node_id AND m.desk_id = k.desk_id AND m.status = k.status
  AND m.version = k.version
WHERE m.id IS NULL ORDER BY k.id LIMIT 100;
