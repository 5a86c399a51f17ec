-- Whose turn it is.
-- fragment: activity_turns
SELECT 'activity', x.id, 'leader', 0, x.team_id, NULL, NULL, x.starts_at,
  DATE_SUB(x.starts_at, INTERVAL 30 MINUTE), x.ends_at
FROM activities x WHERE x.status = 'published'

-- That the person is what a message about it says.
-- fragment: activity_recipients
e.noun = 'activity' AND EXISTS (SELECT 1 FROM activities a
  WHERE a.id = e.subject_id AND CASE i.part
    WHEN 'volunteer' THEN EXISTS (SELECT 1 FROM signups x WHERE x.activity_id = a.id AND x.user_id = i.user_id)
    WHEN 'leader' THEN EXISTS (SELECT 1 FROM team_members x WHERE x.team_id = a.team_id AND x.user_id = i.user_id) END)

-- Its steps that somebody whom they concern was not told of.
-- fragment: activity_untold
SELECT 'activity', e.id FROM events e JOIN signups s ON s.activity_id = e.subject_id
  JOIN events c ON c.noun = 'signup' AND c.subject_id = s.id AND c.version = s.version AND c.at = e.at
  JOIN users u ON u.id = s.user_id
WHERE e.noun = 'activity' AND e.name = 'cancel' AND c.name = 'cancel' AND c.actor_id IS NULL AND {{not_told}}

-- name: activity_status
SELECT a.id, a.status, a.version FROM activities a LEFT JOIN events e
  ON e.noun = 'activity' AND e.subject_id = a.id AND e.version = a.version
WHERE e.id IS NULL OR e.to_status <> a.status ORDER BY a.id LIMIT 100;

-- name: activity_register
SELECT a.id FROM activities a LEFT JOIN matters m ON m.noun = 'activity' AND m.id = a.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = a.title AND m.node_id = a.node_id AND m.desk_id IS NULL AND m.status = a.status
  AND m.version = a.version
WHERE m.id IS NULL ORDER BY a.id LIMIT 100;
