-- Whose turn it is.
-- fragment: objection_turns
SELECT 'objection', o.id, 'decider', 0, NULL, o.node_id, NULL, o.created_at, o.created_at, NULL
FROM objections o WHERE o.status = 'open'

-- Who does not decide about it.
-- fragment: objection_barred
SELECT 'objection', o.id, o.user_id, NULL, 1 FROM objections o
UNION ALL SELECT 'objection', o.id, COALESCE(r.recorder_id, x.settled_by, v.actor_id), NULL, 0 FROM objections o
  LEFT JOIN service_records r ON r.id = o.record_id LEFT JOIN signups s ON s.id = o.signup_id
  LEFT JOIN activities x ON x.id = s.activity_id
  LEFT JOIN events v ON v.noun = 'claim' AND v.subject_id = o.claim_id AND v.name = 'confirm'
    AND v.grant_id IS NOT NULL AND v.version = (SELECT MAX(z.version) FROM events z
      WHERE z.noun = 'claim' AND z.subject_id = o.claim_id AND z.name = 'confirm' AND z.id < o.id)
UNION ALL SELECT 'objection', o.id, c.claimant_id, NULL, 1 FROM objections o JOIN claims c ON c.id = o.claim_id
UNION ALL SELECT 'objection', o.id, q.user_id, NULL, 1
  FROM objections o JOIN claim_participants q ON q.claim_id = o.claim_id
UNION ALL SELECT 'objection', o.id, w.owner_id, NULL, 1
  FROM objections o JOIN claims c ON c.id = o.claim_id JOIN wishes w ON w.id = c.wish_id

-- That the person is what a message about it says.
-- fragment: objection_recipients
e.noun = 'objection' AND EXISTS (SELECT 1 FROM objections o
  WHERE o.id = e.subject_id AND i.part = 'volunteer' AND o.user_id = i.user_id)

-- Its steps that somebody whom they concern was not told of.
-- fragment: objection_untold
SELECT 'objection', e.id FROM events e JOIN objections o ON o.id = e.subject_id JOIN users u ON u.id = o.user_id
WHERE e.noun = 'objection' AND e.name IN (:objection_volunteer) AND {{not_told}}

-- That it is the own matter of who decides, or of who chose them.
-- fragment: objection_own
e.noun = 'objection' AND EXISTS (SELECT 1 FROM objections o
  WHERE o.id = e.subject_id AND o.user_id IN (e.actor_id, g.giver_id))

-- name: objection_status
SELECT o.id, o.status, o.version FROM objections o LEFT JOIN events e
  ON e.noun = 'objection' AND e.subject_id = o.id AND e.version = o.version
WHERE e.id IS NULL OR e.to_status <> o.status ORDER BY o.id LIMIT 100;

-- name: objection_register
SELECT o.id FROM objections o LEFT JOIN signups s ON s.id = o.signup_id LEFT JOIN claims c ON c.id = o.claim_id
  LEFT JOIN matters m ON m.noun = 'objection' AND m.id = o.id AND m.of_noun = CASE
    WHEN o.record_id IS NOT NULL THEN 'service_record' WHEN o.claim_id IS NOT NULL THEN 'wish' ELSE 'activity' END
  AND m.of_id = COALESCE(o.record_id, c.wish_id, s.activity_id)
  AND m.number = '' AND m.title = '' AND m.node_id = o.node_id
  AND m.desk_id = o.node_id AND m.status = o.status AND m.version = o.version
WHERE m.id IS NULL ORDER BY o.id LIMIT 100;
