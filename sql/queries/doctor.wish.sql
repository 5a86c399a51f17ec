-- That a wish was its owner's at the event, and not attached to them later.
-- fragment: before_attaching
NOT EXISTS (SELECT 1 FROM events t WHERE t.noun = 'wish' AND t.subject_id = w.id AND t.name = 'attach' AND t.id > e.id)

-- Whose turn it is.
-- fragment: wish_turns
SELECT 'wish', w.id, 'owner', w.owner_id, NULL, NULL, NULL, w.submitted_at, w.submitted_at, NULL
FROM wishes w WHERE w.status = 'rejected' AND w.owner_id IS NOT NULL
UNION ALL SELECT 'wish', w.id, 'decider', 0, NULL, w.node_id, NULL, w.submitted_at, w.submitted_at, NULL
FROM wishes w WHERE w.status = 'submitted'

-- Who does not decide about it.
-- fragment: wish_barred
SELECT 'wish', w.id, COALESCE(w.owner_id, 0), CASE WHEN w.owner_id IS NULL THEN k.phone_lookup END, 1
FROM wishes w LEFT JOIN contacts k ON k.noun = 'wish' AND k.id = w.id AND k.part = 'owner'
UNION ALL SELECT 'wish', w.id, w.recorder_id, NULL, 0 FROM wishes w

-- That the person is what a message about it says.
-- fragment: wish_recipients
e.noun = 'wish' AND EXISTS (SELECT 1 FROM wishes w
  WHERE w.id = e.subject_id
    AND CASE i.part WHEN 'owner' THEN w.owner_id WHEN 'recorder' THEN w.recorder_id END = i.user_id)

-- Its steps that somebody whom they concern was not told of.
-- fragment: wish_untold
SELECT 'wish', e.id FROM events e JOIN wishes w ON w.id = e.subject_id JOIN users u ON u.id = w.owner_id
WHERE e.noun = 'wish' AND e.name IN (:wish_owner) AND {{not_told}} AND {{before_attaching}}
UNION ALL SELECT 'wish', e.id FROM events e JOIN wishes w ON w.id = e.subject_id JOIN users u ON u.id = w.recorder_id
WHERE e.noun = 'wish' AND e.name IN (:wish_recorder) AND {{not_told}}

-- That it is the own matter of who decides, or of who chose them.
-- fragment: wish_own
e.noun = 'wish' AND EXISTS (SELECT 1 FROM wishes w
  WHERE w.id = e.subject_id AND (w.owner_id IN (e.actor_id, g.giver_id) AND {{before_attaching}}
    OR w.recorder_id = e.actor_id))

-- name: wish_status
SELECT w.id, w.status, w.version FROM wishes w LEFT JOIN events e
  ON e.noun = 'wish' AND e.subject_id = w.id AND e.version = w.version
WHERE e.id IS NULL OR e.to_status <> w.status ORDER BY w.id LIMIT 100;

-- name: wish_register
SELECT w.id FROM wishes w LEFT JOIN matters m ON m.noun = 'wish' AND m.id = w.id AND m.of_id IS NULL
  AND m.number = CONCAT(w.year, '-', CASE WHEN w.number < 10000 THEN LPAD(w.number, 4, '0') ELSE w.number END)
  AND m.title = w.title AND m.node_id = w.node_id AND m.desk_id = w.node_id AND m.status = w.status
  AND m.version = w.version
WHERE m.id IS NULL ORDER BY w.id LIMIT 100;
