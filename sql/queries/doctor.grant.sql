-- That the person is what a message about it says.
-- fragment: grant_recipients
e.noun = 'grant' AND EXISTS (SELECT 1 FROM grants_in_force g
  WHERE g.id = e.subject_id AND i.part = 'member' AND g.user_id = i.user_id)

-- Its steps that somebody whom they concern was not told of.
-- fragment: grant_untold
SELECT 'grant', e.id FROM events e JOIN grants_in_force g ON g.id = e.subject_id JOIN users u ON u.id = g.user_id
WHERE e.noun = 'grant' AND e.name IN (:grant_member) AND {{not_told}}

-- name: grant_status
SELECT g.id, g.status, g.version FROM role_grants g LEFT JOIN events e
  ON e.noun = 'grant' AND e.subject_id = g.id AND e.version = g.version
WHERE e.id IS NULL OR e.to_status <> g.status ORDER BY g.id LIMIT 100;

-- name: grant_register
SELECT g.id FROM role_grants g LEFT JOIN matters m ON m.noun = 'grant' AND m.id = g.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = g.role AND m.node_id = g.node_id AND m.desk_id IS NULL AND m.status = g.status
  AND m.version = g.version
WHERE m.id IS NULL ORDER BY g.id LIMIT 100;
