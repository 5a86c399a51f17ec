-- Whose turn it is.
-- fragment: team_member_turns
SELECT 'team_member', m.id, 'invited', m.user_id, NULL, NULL, m.inviter_id, m.requested_at, m.requested_at, NULL
FROM team_members m WHERE m.status = 'invited'

-- That the person is what a message about it says.
-- fragment: team_member_recipients
e.noun = 'team_member' AND EXISTS (SELECT 1 FROM team_members m
  WHERE m.id = e.subject_id AND CASE i.part WHEN 'volunteer' THEN m.user_id = i.user_id
    WHEN 'invited' THEN m.user_id = i.user_id AND m.inviter_id IS NOT NULL
    WHEN 'leader' THEN EXISTS (SELECT 1 FROM team_members x WHERE x.team_id = m.team_id AND x.user_id = i.user_id) END)

-- Its steps that somebody whom they concern was not told of.
-- fragment: team_member_untold
SELECT 'team_member', e.id FROM events e JOIN team_members m ON m.id = e.subject_id JOIN users u ON u.id = m.user_id
WHERE e.noun = 'team_member' AND {{not_told}} AND (e.name IN (:team_member_volunteer)
  OR e.name IN (:team_member_invited) AND m.inviter_id IS NOT NULL)

-- name: team_member_status
SELECT m.id, m.status, m.version FROM team_members m LEFT JOIN events e
  ON e.noun = 'team_member' AND e.subject_id = m.id AND e.version = m.version
WHERE e.id IS NULL OR e.to_status <> m.status ORDER BY m.id LIMIT 100;

-- name: team_member_register
SELECT b.id FROM team_members b JOIN teams t ON t.id = b.team_id LEFT JOIN matters m ON m.noun = 'team_member'
  AND m.id = b.id AND m.of_noun = 'team' AND m.of_id = b.team_id AND m.number = '' AND m.title = ''
  AND m.node_id = t.node_id AND m.desk_id IS NULL AND m.status = b.status AND m.version = b.version
WHERE m.id IS NULL ORDER BY b.id LIMIT 100;
