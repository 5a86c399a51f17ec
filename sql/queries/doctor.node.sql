-- name: node_register
SELECT n.id FROM nodes n LEFT JOIN matters m ON m.noun = 'node' AND m.id = n.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = '' AND m.node_id = n.id AND m.desk_id IS NULL AND m.status = 'active'
  AND m.version = n.version
WHERE m.id IS NULL AND n.version > 1 ORDER BY n.id LIMIT 100;
