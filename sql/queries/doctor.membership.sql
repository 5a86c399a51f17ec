-- Whose turn it is.
-- fragment: membership_turns
SELECT 'membership', m.id, 'decider', 0, NULL, m.node_id, NULL, m.requested_at, m.requested_at, NULL
FROM memberships m WHERE m.status = 'requested'

-- Who does not decide about it.
-- fragment: membership_barred
SELECT 'membership', m.id, m.user_id, NULL, 1 FROM memberships m

-- That the person is what a message about it says.
-- fragment: membership_recipients
e.noun = 'membership' AND EXISTS (SELECT 1 FROM memberships m
  WHERE m.id = e.subject_id AND i.part = 'member' AND m.user_id = i.user_id)

-- Its steps that somebody whom they concern was not told of.
-- fragment: membership_untold
SELECT 'membership', e.id FROM events e JOIN memberships m ON m.id = e.subject_id JOIN users u ON u.id = m.user_id
WHERE e.noun = 'membership' AND e.name IN (:membership_member) AND {{not_told}}

-- That it is the own matter of who decides, or of who chose them.
-- fragment: membership_own
e.noun = 'membership' AND EXISTS (SELECT 1 FROM memberships m
  WHERE m.id = e.subject_id AND m.user_id IN (e.actor_id, g.giver_id))

-- name: membership_status
SELECT m.id, m.status, m.version FROM memberships m LEFT JOIN events e
  ON e.noun = 'membership' AND e.subject_id = m.id AND e.version = m.version
WHERE e.id IS NULL OR e.to_status <> m.status ORDER BY m.id LIMIT 100;

-- name: membership_register
SELECT b.id FROM memberships b LEFT JOIN matters m ON m.noun = 'membership' AND m.id = b.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = '' AND m.node_id = b.node_id AND m.desk_id = b.node_id AND m.status = b.status
  AND m.version = b.version
WHERE m.id IS NULL ORDER BY b.id LIMIT 100;

-- Report-ins whose times and grant are not those of their history.
-- name: belonging
SELECT m.id FROM memberships m
  LEFT JOIN events a ON a.noun = 'membership' AND a.subject_id = m.id AND a.name = 'approve'
  LEFT JOIN events l ON l.noun = 'membership' AND l.subject_id = m.id AND l.name IN ('leave', 'end')
WHERE NOT (m.approved_at <=> a.at) OR NOT (m.approval_grant_id <=> a.grant_id) OR NOT (m.ended_at <=> l.at)
ORDER BY m.id LIMIT 100;
