-- What the register says of each noun: a query a noun, named after it, that finds the matters whose row is not there or
-- says something else.

-- Whose turn each matter is by what its noun says.
-- fragment: turns
SELECT 'activity' AS noun, x.id, 'leader' AS part, 0 AS person_id, x.team_id, NULL AS desk_id, NULL AS asker_id,
  x.starts_at AS since, DATE_SUB(x.starts_at, INTERVAL 30 MINUTE) AS opens_at, x.ends_at AS due
FROM activities x WHERE x.status = 'published'
UNION ALL SELECT 'claim', c.id, 'owner', w.owner_id, NULL, NULL, c.claimant_id, c.delivered_at, c.delivered_at, NULL
FROM wishes w JOIN claims c ON c.live_wish_id = w.id
WHERE w.owner_id IS NOT NULL AND c.status = 'delivered' AND c.disputed_at IS NULL
UNION ALL SELECT 'claim', c.id, 'claimant', c.claimant_id, NULL, NULL, NULL, COALESCE(c.decided_at, c.requested_at),
  COALESCE(c.decided_at, c.requested_at), NULL
FROM claims c WHERE c.status = 'approved'
UNION ALL SELECT 'claim', c.id, 'invited', p.user_id, NULL, NULL, c.claimant_id, c.requested_at, c.requested_at, NULL
FROM claims c JOIN claim_participants p ON p.claim_id = c.id
WHERE c.status IN ('requested', 'approved') AND p.accepted_at IS NULL
UNION ALL SELECT 'wish', w.id, 'owner', w.owner_id, NULL, NULL, NULL, w.submitted_at, w.submitted_at, NULL
FROM wishes w WHERE w.status = 'rejected' AND w.owner_id IS NOT NULL
UNION ALL SELECT 'team_member', m.id, 'invited', m.user_id, NULL, NULL, m.inviter_id, m.requested_at, m.requested_at,
  NULL
FROM team_members m WHERE m.status = 'invited'
UNION ALL SELECT 'wish', w.id, 'decider', 0, NULL, w.node_id, NULL, w.submitted_at, w.submitted_at, NULL
FROM wishes w WHERE w.status = 'submitted'
UNION ALL SELECT 'claim', c.id, 'decider', 0, NULL, w.node_id, NULL, COALESCE(c.disputed_at, c.requested_at),
  COALESCE(c.disputed_at, c.requested_at), NULL
FROM claims c JOIN wishes w ON w.id = c.wish_id
WHERE c.status = 'requested' OR c.status = 'delivered' AND c.disputed_at IS NOT NULL
UNION ALL SELECT 'claim', q.id, 'recorder', 0, NULL, q.node_id, NULL, q.since, q.since, NULL FROM (
  SELECT c.id, w.node_id, CASE WHEN c.asked_at IS NOT NULL THEN c.asked_at WHEN w.owner_id IS NULL THEN c.delivered_at
    ELSE DATE_ADD(c.delivered_at, INTERVAL 3 DAY) END AS since
  FROM claims c JOIN wishes w ON w.id = c.wish_id WHERE c.status = 'delivered' AND c.disputed_at IS NULL) q
UNION ALL SELECT 'membership', m.id, 'decider', 0, NULL, m.node_id, NULL, m.requested_at, m.requested_at, NULL
FROM memberships m WHERE m.status = 'requested'
UNION ALL SELECT 'complaint', k.id, 'decider', 0, NULL, k.desk_id, NULL, k.asked_at, k.asked_at, NULL
FROM complaints k WHERE k.status = 'open'
UNION ALL SELECT 'service_record', r.id, 'decider', 0, NULL, r.stage_node_id, NULL, e.at, e.at, NULL
FROM service_records r JOIN events e ON e.noun = 'service_record' AND e.subject_id = r.id
  AND e.version = r.version - (r.escalated_at IS NOT NULL)
WHERE r.status IN ('recorded', 'confirmed')
UNION ALL SELECT 'objection', o.id, 'decider', 0, NULL, o.node_id, NULL, o.created_at, o.created_at, NULL
FROM objections o WHERE o.status = 'open'

-- Who does not decide each matter by what its noun says.
-- fragment: barred
SELECT 'wish' AS noun, w.id, COALESCE(w.owner_id, 0) AS person_id,
  CASE WHEN w.owner_id IS NULL THEN k.phone_lookup END AS phone_lookup, 1 AS is_personal
FROM wishes w LEFT JOIN contacts k ON k.noun = 'wish' AND k.id = w.id AND k.part = 'owner'
UNION ALL SELECT 'wish', w.id, w.recorder_id, NULL, 0 FROM wishes w
UNION ALL SELECT 'claim', c.id, COALESCE(w.owner_id, 0),
  CASE WHEN w.owner_id IS NULL THEN k.phone_lookup END, 1
FROM claims c JOIN wishes w ON w.id = c.wish_id
  LEFT JOIN contacts k ON k.noun = 'wish' AND k.id = w.id AND k.part = 'owner'
UNION ALL SELECT 'claim', c.id, w.recorder_id, NULL, 0 FROM claims c JOIN wishes w ON w.id = c.wish_id
UNION ALL SELECT 'claim', c.id, c.claimant_id, NULL, 1 FROM claims c
UNION ALL SELECT 'claim', c.id, c.asked_by, NULL, 0 FROM claims c
UNION ALL SELECT 'claim', c.id, c.approved_by, NULL, 0 FROM claims c
  WHERE c.status = 'delivered' AND c.disputed_at IS NULL
UNION ALL SELECT 'claim', q.claim_id, q.user_id, NULL, 1 FROM claim_participants q
UNION ALL SELECT 'membership', m.id, m.user_id, NULL, 1 FROM memberships m
UNION ALL SELECT 'complaint', k.id, k.author_id, NULL, 1 FROM complaints k
UNION ALL SELECT 'complaint', q.complaint_id, q.user_id, NULL, 1 FROM complaint_parties q
UNION ALL SELECT 'service_record', r.id, r.user_id, NULL, 1 FROM service_records r
UNION ALL SELECT 'service_record', r.id, r.recorder_id, NULL, 0 FROM service_records r
UNION ALL SELECT 'service_record', e.subject_id, e.actor_id, NULL, 0 FROM events e
  WHERE e.noun = 'service_record' AND e.name = 'confirm'
UNION ALL SELECT 'objection', o.id, o.user_id, NULL, 1 FROM objections o
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

-- name: wish_register
SELECT w.id FROM wishes w LEFT JOIN matters m ON m.noun = 'wish' AND m.id = w.id AND m.of_id IS NULL
  AND m.number = CONCAT(w.year, '-', CASE WHEN w.number < 10000 THEN LPAD(w.number, 4, '0') ELSE w.number END)
  AND m.title = w.title AND m.node_id = w.node_id AND m.desk_id = w.node_id AND m.status = w.status
  AND m.version = w.version
WHERE m.id IS NULL ORDER BY w.id LIMIT 100;

-- name: claim_register
SELECT c.id FROM claims c JOIN wishes w ON w.id = c.wish_id LEFT JOIN matters m ON m.noun = 'claim' AND m.id = c.id
  AND m.of_noun = 'wish' AND m.of_id = c.wish_id AND m.number = '' AND m.title = '' AND m.node_id = w.node_id
  AND m.desk_id = w.node_id AND m.status = c.status AND m.version = c.version
WHERE m.id IS NULL ORDER BY c.id LIMIT 100;

-- name: membership_register
SELECT b.id FROM memberships b LEFT JOIN matters m ON m.noun = 'membership' AND m.id = b.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = '' AND m.node_id = b.node_id AND m.desk_id = b.node_id AND m.status = b.status
  AND m.version = b.version
WHERE m.id IS NULL ORDER BY b.id LIMIT 100;

-- name: grant_register
SELECT g.id FROM role_grants g LEFT JOIN matters m ON m.noun = 'grant' AND m.id = g.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = g.role AND m.node_id = g.node_id AND m.desk_id IS NULL AND m.status = g.status
  AND m.version = g.version
WHERE m.id IS NULL ORDER BY g.id LIMIT 100;

-- name: user_register
SELECT u.id FROM users u LEFT JOIN matters m ON m.noun = 'user' AND m.id = u.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = '' AND m.node_id IS NULL AND m.status = u.status AND m.version = u.version
WHERE m.id IS NULL ORDER BY u.id LIMIT 100;

-- name: node_register
SELECT n.id FROM nodes n LEFT JOIN matters m ON m.noun = 'node' AND m.id = n.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = '' AND m.node_id = n.id AND m.desk_id IS NULL AND m.status = 'active'
  AND m.version = n.version
WHERE m.id IS NULL AND n.version > 1 ORDER BY n.id LIMIT 100;

-- name: complaint_register
SELECT k.id FROM complaints k LEFT JOIN matters m ON m.noun = 'complaint' AND m.id = k.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = '' AND m.node_id = k.node_id AND m.desk_id = k.desk_id AND m.status = k.status
  AND m.version = k.version
WHERE m.id IS NULL ORDER BY k.id LIMIT 100;

-- name: team_register
SELECT t.id FROM teams t LEFT JOIN matters m ON m.noun = 'team' AND m.id = t.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = t.name AND m.node_id = t.node_id AND m.desk_id IS NULL AND m.status = t.status
  AND m.version = t.version
WHERE m.id IS NULL ORDER BY t.id LIMIT 100;

-- name: team_member_register
SELECT b.id FROM team_members b JOIN teams t ON t.id = b.team_id LEFT JOIN matters m ON m.noun = 'team_member'
  AND m.id = b.id AND m.of_noun = 'team' AND m.of_id = b.team_id AND m.number = '' AND m.title = ''
  AND m.node_id = t.node_id AND m.desk_id IS NULL AND m.status = b.status AND m.version = b.version
WHERE m.id IS NULL ORDER BY b.id LIMIT 100;

-- name: activity_register
SELECT a.id FROM activities a LEFT JOIN matters m ON m.noun = 'activity' AND m.id = a.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = a.title AND m.node_id = a.node_id AND m.desk_id IS NULL AND m.status = a.status
  AND m.version = a.version
WHERE m.id IS NULL ORDER BY a.id LIMIT 100;

-- name: signup_register
SELECT s.id FROM signups s LEFT JOIN matters m ON m.noun = 'signup' AND m.id = s.id AND m.of_noun = 'activity'
  AND m.of_id = s.activity_id AND m.number = '' AND m.title = '' AND m.node_id IS NULL AND m.status = s.status
  AND m.version = s.version
WHERE m.id IS NULL ORDER BY s.id LIMIT 100;

-- name: service_record_register
SELECT r.id FROM service_records r LEFT JOIN matters m ON m.noun = 'service_record' AND m.id = r.id
  AND m.of_id IS NULL AND m.number = '' AND m.title = r.title AND m.node_id = r.node_id
  AND m.desk_id = r.stage_node_id AND m.status = r.status AND m.version = r.version
WHERE m.id IS NULL ORDER BY r.id LIMIT 100;

-- name: objection_register
SELECT o.id FROM objections o LEFT JOIN signups s ON s.id = o.signup_id LEFT JOIN claims c ON c.id = o.claim_id
  LEFT JOIN matters m ON m.noun = 'objection' AND m.id = o.id AND m.of_noun = CASE
    WHEN o.record_id IS NOT NULL THEN 'service_record' WHEN o.claim_id IS NOT NULL THEN 'wish' ELSE 'activity' END
  AND m.of_id = COALESCE(o.record_id, c.wish_id, s.activity_id)
  AND m.number = '' AND m.title = '' AND m.node_id = o.node_id
  AND m.desk_id = o.node_id AND m.status = o.status AND m.version = o.version
WHERE m.id IS NULL ORDER BY o.id LIMIT 100;

-- name: join_register
SELECT j.id FROM hour_joins j JOIN users u ON u.id = j.person_id LEFT JOIN matters m ON m.noun = 'join'
  AND m.id = j.id AND m.of_id IS NULL AND m.number = '' AND m.title = u.display_name AND m.node_id = j.node_id
  AND m.desk_id IS NULL AND m.status = j.status AND m.version = j.version
WHERE m.id IS NULL ORDER BY j.id LIMIT 100;

-- name: certificate_register
SELECT c.id FROM certificates c LEFT JOIN matters m ON m.noun = 'certificate' AND m.id = c.id AND m.of_id IS NULL
  AND m.number = c.serial AND m.title = c.serial AND m.node_id = c.node_id AND m.desk_id IS NULL
  AND m.status = c.status AND m.version = c.version
WHERE m.id IS NULL ORDER BY c.id LIMIT 100;

-- Rows of matters that the history does not know like this, or does not know at all.
-- name: register_history
SELECT m.noun, m.id FROM matters m LEFT JOIN events e
  ON e.noun = m.noun AND e.subject_id = m.id AND e.version = m.version AND e.to_status = m.status
WHERE e.id IS NULL ORDER BY m.noun, m.id LIMIT 100;

-- Turns that the nouns know and the register does not, or not like this.
-- name: untaken_turns
SELECT d.noun, d.id FROM ({{turns}}) d
  LEFT JOIN matter_turns t ON t.noun = d.noun AND t.id = d.id AND t.part = d.part AND t.person_id = d.person_id
  AND COALESCE(t.team_id, 0) = COALESCE(d.team_id, 0) AND COALESCE(t.desk_id, 0) = COALESCE(d.desk_id, 0)
  AND COALESCE(t.asker_id, 0) = COALESCE(d.asker_id, 0)
  AND t.since = d.since AND t.opens_at = d.opens_at AND (t.due = d.due OR t.due IS NULL AND d.due IS NULL)
WHERE t.id IS NULL ORDER BY d.noun, d.id LIMIT 100;

-- Turns of the register that no noun knows.
-- name: idle_turns
SELECT t.noun, t.id FROM matter_turns t LEFT JOIN ({{turns}}) d
  ON t.noun = d.noun AND t.id = d.id AND t.part = d.part AND t.person_id = d.person_id
WHERE d.id IS NULL ORDER BY t.noun, t.id LIMIT 100;

-- Parties of what waits at a desk that the nouns know and the register does not, or not like this.
-- name: unbarred
SELECT d.noun, d.id FROM (
  SELECT b.noun, b.id, b.person_id, b.phone_lookup, MAX(b.is_personal) AS is_personal
  FROM ({{barred}}) b JOIN matter_turns w ON w.noun = b.noun AND w.id = b.id AND w.desk_id IS NOT NULL
  WHERE b.person_id <> 0 OR b.phone_lookup IS NOT NULL GROUP BY b.noun, b.id, b.person_id, b.phone_lookup
) d LEFT JOIN matter_parties p ON p.noun = d.noun AND p.id = d.id AND p.person_id = d.person_id
  AND p.is_personal = d.is_personal AND COALESCE(p.phone_lookup, '') = COALESCE(d.phone_lookup, '')
WHERE p.id IS NULL ORDER BY d.noun, d.id LIMIT 100;

-- Parties of the register that no noun knows, or of what waits at no desk.
-- name: strange_parties
SELECT p.noun, p.id FROM matter_parties p
  LEFT JOIN matter_turns w ON w.noun = p.noun AND w.id = p.id AND w.desk_id IS NOT NULL
  LEFT JOIN ({{barred}}) b ON b.noun = p.noun AND b.id = p.id AND b.person_id = p.person_id
WHERE w.id IS NULL OR b.id IS NULL ORDER BY p.noun, p.id LIMIT 100;

-- By which grants the list of tasks has each thing that waits decided.
-- name: eligible
SELECT t.noun, t.id, h.id AS grant_id FROM matter_turns t JOIN node_ancestors k ON k.node_id = t.desk_id
  JOIN grants_in_force h ON h.node_id = k.ancestor_id
WHERE h.role IN (:roles) AND {{task.eligible}};

-- All grants that reach a desk where something waits, whether they are in force or not.
-- name: reaching
SELECT t.noun, t.id AS matter_id, {{grant.grant}}, k.distance
FROM matter_turns t JOIN node_ancestors k ON k.node_id = t.desk_id JOIN grants_in_force g ON g.node_id = k.ancestor_id
  JOIN nodes n ON n.id = g.node_id;

-- Who does not decide each thing that waits, by its noun.
-- name: barred_now
SELECT b.noun, b.id AS matter_id, COALESCE(u.id, b.person_id) AS person_id, b.is_personal
FROM ({{barred}}) b JOIN matter_turns w ON w.noun = b.noun AND w.id = b.id AND w.desk_id IS NOT NULL
  LEFT JOIN users u ON u.phone_lookup = b.phone_lookup
WHERE COALESCE(u.id, b.person_id) <> 0;
