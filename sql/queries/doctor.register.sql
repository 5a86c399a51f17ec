-- What the register says of each noun: a query a noun, named after it, that finds the matters whose row is not there or
-- says something else.

-- Whose turn each matter is by what its noun says.
-- fragment: turns
SELECT 'activity' AS noun, x.id, 'leader' AS part, 0 AS person_id, x.team_id, NULL AS asker_id, x.starts_at AS since,
  DATE_SUB(x.starts_at, INTERVAL 30 MINUTE) AS opens_at, x.ends_at AS due
FROM activities x WHERE x.status = 'published'
UNION ALL SELECT 'claim', c.id, 'owner', w.owner_id, NULL, c.claimant_id, c.delivered_at, c.delivered_at, NULL
FROM wishes w JOIN claims c ON c.live_wish_id = w.id
WHERE w.owner_id IS NOT NULL AND c.status = 'delivered' AND c.disputed_at IS NULL
UNION ALL SELECT 'claim', c.id, 'claimant', c.claimant_id, NULL, NULL, COALESCE(c.decided_at, c.requested_at),
  COALESCE(c.decided_at, c.requested_at), NULL
FROM claims c WHERE c.status = 'approved'
UNION ALL SELECT 'claim', c.id, 'invited', p.user_id, NULL, c.claimant_id, c.requested_at, c.requested_at, NULL
FROM claims c JOIN claim_participants p ON p.claim_id = c.id
WHERE c.status IN ('requested', 'approved') AND p.accepted_at IS NULL
UNION ALL SELECT 'wish', w.id, 'owner', w.owner_id, NULL, NULL, w.submitted_at, w.submitted_at, NULL
FROM wishes w WHERE w.status = 'rejected' AND w.owner_id IS NOT NULL
UNION ALL SELECT 'team_member', m.id, 'invited', m.user_id, NULL, m.inviter_id, m.requested_at, m.requested_at, NULL
FROM team_members m WHERE m.status = 'invited'

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
  AND COALESCE(t.team_id, 0) = COALESCE(d.team_id, 0) AND COALESCE(t.asker_id, 0) = COALESCE(d.asker_id, 0)
  AND t.since = d.since AND t.opens_at = d.opens_at AND (t.due = d.due OR t.due IS NULL AND d.due IS NULL)
WHERE t.id IS NULL ORDER BY d.noun, d.id LIMIT 100;

-- Turns of the register that no noun knows.
-- name: idle_turns
SELECT t.noun, t.id FROM matter_turns t LEFT JOIN ({{turns}}) d
  ON t.noun = d.noun AND t.id = d.id AND t.part = d.part AND t.person_id = d.person_id
WHERE d.id IS NULL ORDER BY t.noun, t.id LIMIT 100;
