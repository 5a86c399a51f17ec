-- That the person is what a message about it says.
-- fragment: team_recipients
e.noun = 'team' AND i.part = 'leader' AND EXISTS (SELECT 1 FROM team_members x
  WHERE x.team_id = e.subject_id AND x.user_id = i.user_id)

-- Its steps that somebody whom they concern was not told of. Its beginning concerns who led it first.
-- fragment: team_untold
SELECT 'team', e.id FROM events e JOIN team_members m ON m.team_id = e.subject_id AND m.status = 'active'
    AND m.role = 'leader' JOIN users u ON u.id = m.user_id
WHERE e.noun = 'team' AND e.name IN (:team_leader) AND {{not_told}}
  AND (e.name <> 'create' OR m.id = (SELECT MIN(x.id) FROM team_members x WHERE x.team_id = e.subject_id))

-- name: team_status
SELECT t.id, t.status, t.version FROM teams t LEFT JOIN events e
  ON e.noun = 'team' AND e.subject_id = t.id AND e.version = t.version
WHERE e.id IS NULL OR e.to_status <> t.status ORDER BY t.id LIMIT 100;

-- name: team_register
SELECT t.id FROM teams t LEFT JOIN matters m ON m.noun = 'team' AND m.id = t.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = t.name AND m.node_id = t.node_id AND m.desk_id IS NULL AND m.status = t.status
  AND m.version = t.version
WHERE m.id IS NULL ORDER BY t.id LIMIT 100;

-- Who was invited to a team and is in it though they did not accept themself, except a leader whom staff named.
-- name: forced_guests
SELECT m.id FROM team_members m WHERE m.inviter_id IS NOT NULL AND (m.status = 'active' OR m.inviter_id = m.user_id)
  AND NOT EXISTS (SELECT 1 FROM events e WHERE e.noun = 'team_member' AND e.subject_id = m.id
    AND m.inviter_id <> m.user_id
    AND (e.name = 'accept' AND e.actor_id = m.user_id OR e.name = 'approve' AND e.grant_id IS NOT NULL))
ORDER BY m.id LIMIT 100;
