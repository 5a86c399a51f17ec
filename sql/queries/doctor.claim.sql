-- Whose turn it is.
-- fragment: claim_turns
SELECT 'claim', c.id, 'owner', w.owner_id, NULL, NULL, c.claimant_id, c.delivered_at, c.delivered_at, NULL
FROM wishes w JOIN claims c ON c.live_wish_id = w.id
WHERE w.owner_id IS NOT NULL AND c.status = 'delivered' AND c.disputed_at IS NULL
UNION ALL SELECT 'claim', c.id, 'claimant', c.claimant_id, NULL, NULL, NULL, COALESCE(c.decided_at, c.requested_at),
  COALESCE(c.decided_at, c.requested_at), NULL
FROM claims c WHERE c.status = 'approved'
UNION ALL SELECT 'claim', c.id, 'invited', p.user_id, NULL, NULL, c.claimant_id, c.requested_at, c.requested_at, NULL
FROM claims c JOIN claim_participants p ON p.claim_id = c.id
WHERE c.status IN ('requested', 'approved') AND p.accepted_at IS NULL
UNION ALL SELECT 'claim', c.id, 'decider', 0, NULL, w.node_id, NULL, COALESCE(c.disputed_at, c.requested_at),
  COALESCE(c.disputed_at, c.requested_at), NULL
FROM claims c JOIN wishes w ON w.id = c.wish_id
WHERE c.status = 'requested' OR c.status = 'delivered' AND c.disputed_at IS NOT NULL
UNION ALL SELECT 'claim', q.id, 'recorder', 0, NULL, q.node_id, NULL, q.since, q.since, NULL FROM (
  SELECT c.id, w.node_id, CASE WHEN c.asked_at IS NOT NULL THEN c.asked_at WHEN w.owner_id IS NULL THEN c.delivered_at
    ELSE DATE_ADD(c.delivered_at, INTERVAL 3 DAY) END AS since
  FROM claims c JOIN wishes w ON w.id = c.wish_id WHERE c.status = 'delivered' AND c.disputed_at IS NULL) q

-- Who does not decide about it.
-- fragment: claim_barred
SELECT 'claim', c.id, COALESCE(w.owner_id, 0), CASE WHEN w.owner_id IS NULL THEN k.phone_lookup END, 1
FROM claims c JOIN wishes w ON w.id = c.wish_id
  LEFT JOIN contacts k ON k.noun = 'wish' AND k.id = w.id AND k.part = 'owner'
UNION ALL SELECT 'claim', c.id, w.recorder_id, NULL, 0 FROM claims c JOIN wishes w ON w.id = c.wish_id
UNION ALL SELECT 'claim', c.id, c.claimant_id, NULL, 1 FROM claims c
UNION ALL SELECT 'claim', c.id, c.asked_by, NULL, 0 FROM claims c
UNION ALL SELECT 'claim', c.id, c.approved_by, NULL, 0 FROM claims c
  WHERE c.status = 'delivered' AND c.disputed_at IS NULL
UNION ALL SELECT 'claim', q.claim_id, q.user_id, NULL, 1 FROM claim_participants q

-- That the person is what a message about it says.
-- fragment: claim_recipients
e.noun = 'claim' AND EXISTS (SELECT 1 FROM claims c JOIN wishes w ON w.id = c.wish_id
  WHERE c.id = e.subject_id AND (CASE i.part WHEN 'owner' THEN w.owner_id WHEN 'recorder' THEN w.recorder_id
    WHEN 'claimant' THEN c.claimant_id END = i.user_id
    OR i.part = 'invited' AND EXISTS (SELECT 1 FROM claim_participants p
      WHERE p.claim_id = c.id AND p.user_id = i.user_id)))

-- Its steps that somebody whom they concern was not told of.
-- fragment: claim_untold
SELECT 'claim', e.id FROM events e JOIN claims c ON c.id = e.subject_id JOIN wishes w ON w.id = c.wish_id
  JOIN users u ON u.id = w.owner_id
WHERE e.noun = 'claim' AND e.name IN (:claim_owner) AND {{not_told}} AND {{before_attaching}}
UNION ALL SELECT 'claim', e.id FROM events e JOIN claims c ON c.id = e.subject_id JOIN wishes w ON w.id = c.wish_id
  JOIN users u ON u.id = w.recorder_id
WHERE e.noun = 'claim' AND e.name IN (:claim_recorder) AND {{not_told}}
UNION ALL SELECT 'claim', e.id FROM events e JOIN claims c ON c.id = e.subject_id JOIN users u ON u.id = c.claimant_id
WHERE e.noun = 'claim' AND e.name IN (:claim_claimant) AND {{not_told}}

-- That it is the own matter of who decides, or of who chose them.
-- fragment: claim_own
e.noun = 'claim' AND EXISTS (SELECT 1 FROM claims c JOIN wishes w ON w.id = c.wish_id
  WHERE c.id = e.subject_id AND (c.claimant_id IN (e.actor_id, g.giver_id)
    OR w.owner_id IN (e.actor_id, g.giver_id) AND {{before_attaching}}
    OR w.recorder_id = e.actor_id OR EXISTS (SELECT 1 FROM claim_participants p
      WHERE p.claim_id = c.id AND p.user_id IN (e.actor_id, g.giver_id))))

-- name: claim_status
SELECT c.id, c.status, c.version FROM claims c LEFT JOIN events e
  ON e.noun = 'claim' AND e.subject_id = c.id AND e.version = c.version
WHERE e.id IS NULL OR e.to_status <> c.status ORDER BY c.id LIMIT 100;

-- name: claim_register
SELECT c.id FROM claims c JOIN wishes w ON w.id = c.wish_id LEFT JOIN matters m ON m.noun = 'claim' AND m.id = c.id
  AND m.of_noun = 'wish' AND m.of_id = c.wish_id AND m.number = '' AND m.title = '' AND m.node_id = w.node_id
  AND m.desk_id = w.node_id AND m.status = c.status AND m.version = c.version
WHERE m.id IS NULL ORDER BY c.id LIMIT 100;
