-- That the person is what a message about it says.
-- fragment: grant_recipients
e.noun = 'grant' AND EXISTS (SELECT 1 FROM grants_in_force g
  WHERE g.id = e.subject_id AND i.part = 'member' AND g.user_id = i.user_id)

-- name: grant_status
SELECT g.id, g.status, g.version FROM role_grants g LEFT JOIN events e
  ON e.noun = 'grant' AND e.subject_id = g.id AND e.version = g.version
WHERE e.id IS NULL OR e.to_status <> g.status ORDER BY g.id LIMIT 100;

-- name: grant_register
SELECT g.id FROM role_grants g LEFT JOIN matters m ON m.noun = 'grant' AND m.id = g.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = g.role AND m.node_id = g.node_id AND m.desk_id IS NULL AND m.status = g.status
  AND m.version = g.version
WHERE m.id IS NULL ORDER BY g.id LIMIT 100;
