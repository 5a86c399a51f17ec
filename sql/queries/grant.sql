-- A grant, and where it holds.
-- fragment: grant
g.id, g.role, g.node_id, g.user_id AS holder_id, g.giver_id, g.from_at, g.until_at, g.is_ended, g.delegated_by,
  n.kind AS node_kind, n.name AS node_name

-- name: of
SELECT {{grant}}, 0 AS distance
FROM grants_in_force g JOIN nodes n ON n.id = g.node_id
WHERE g.user_id = :user ORDER BY g.id;

-- A person's grants at a node and above it, and for a community the posts that they hold in its grids and buildings,
-- whose distance is below zero. They are few, and come in no order: to sort them here takes longer than to find them.
-- name: covering
SELECT {{grant}}, COALESCE(a.distance, -d.distance) AS distance
FROM grants_in_force g JOIN nodes n ON n.id = g.node_id
  LEFT JOIN node_ancestors a ON a.node_id = :node AND a.ancestor_id = g.node_id
  LEFT JOIN nodes c ON c.id = :node AND c.kind IN ('community', 'village')
  LEFT JOIN node_ancestors d ON d.node_id = g.node_id AND d.ancestor_id = c.id AND d.distance > 0
WHERE g.user_id = :user AND (a.node_id IS NOT NULL OR d.node_id IS NOT NULL);

-- The same of a matter, where it is decided, or is where staff do not decide it; with :posts also those below where it
-- is, and of the place itself where it is decided above.
-- name: covering_matter
SELECT {{grant}}, COALESCE(a.distance, -1 - d.distance) AS distance
FROM matters m JOIN grants_in_force g ON g.user_id = :user JOIN nodes n ON n.id = g.node_id
  LEFT JOIN node_ancestors a ON a.node_id = COALESCE(m.desk_id, m.node_id) AND a.ancestor_id = g.node_id
  LEFT JOIN node_ancestors d ON d.node_id = g.node_id AND d.ancestor_id = m.node_id
    AND (d.distance > 0 OR m.desk_id <> m.node_id) AND :posts
WHERE m.noun = :noun AND m.id = :id AND (a.node_id IS NOT NULL OR d.node_id IS NOT NULL);

-- name: add
INSERT INTO role_grants (id, user_id, role, node_id, from_at, until_at, delegated_by, status)
VALUES (:id, :user_id, :role, :node_id, :from_at, :until_at, :delegated_by, :status);

-- name: of_county
SELECT {{grant}}, 0 AS distance
FROM grants_in_force g JOIN nodes n ON n.id = g.node_id
WHERE g.user_id = :user AND n.kind = 'county' ORDER BY g.id;

-- name: overlapping
SELECT COUNT(*) FROM grants_in_force WHERE user_id = :user AND role = :role AND node_id = :node
  AND (until_at IS NULL OR until_at > :from) AND (:until IS NULL OR from_at < :until);

-- The posts that a person holds in a community and may stand in for its secretary by: their own, and in force.
-- name: deputy_posts
SELECT COUNT(*) FROM node_ancestors a JOIN grants_in_force g ON g.node_id = a.node_id
WHERE a.ancestor_id = :node AND g.user_id = :user AND g.role IN (:roles) AND g.delegated_by IS NULL
  AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at);

-- name: held
SELECT g.id, g.user_id, u.display_name, g.role, g.node_id, g.from_at, g.until_at, g.delegated_by, g.status, g.version,
  n.kind AS node_kind, n.name AS node_name, {{user.belongs}}
FROM node_ancestors a JOIN grants_in_force g ON g.node_id = a.node_id JOIN users u ON u.id = g.user_id
  JOIN nodes n ON n.id = g.node_id
WHERE a.ancestor_id = :node AND (g.until_at IS NULL OR g.until_at > :at)
ORDER BY a.distance, g.node_id, g.role, g.id LIMIT 500;

-- name: lock
SELECT g.id, g.user_id, (SELECT u.display_name FROM users u WHERE u.id = g.user_id) AS display_name, g.role, g.node_id,
  g.from_at, g.until_at, g.delegated_by, g.status, g.version, g.used_at,
  (SELECT b.until_at FROM role_grants b WHERE b.id = g.delegated_by) AS giver_until,
  (SELECT n.kind FROM nodes n WHERE n.id = g.node_id) AS node_kind,
  (SELECT n.name FROM nodes n WHERE n.id = g.node_id) AS node_name
FROM role_grants g WHERE g.id = :grant FOR UPDATE;

-- name: end
UPDATE role_grants SET status = :status, until_at = :until_at, version = version + 1
WHERE id = :id AND version = :version;

-- name: holder_name
SELECT display_name FROM users WHERE id = :user;

-- The grants by which a person speaks for units.
-- name: for_units
SELECT {{grant}}, 0 AS distance FROM grants_in_force g JOIN nodes n ON n.id = g.node_id
WHERE g.user_id = :user AND g.role IN (:speaking) AND n.kind = 'unit' ORDER BY g.id;

-- Who speaks for one of the units.
-- name: speaking
SELECT DISTINCT g.user_id FROM grants_in_force g
WHERE g.node_id IN (:units) AND g.role IN (:speaking) AND NOT g.is_ended AND g.from_at <= :at
  AND (g.until_at IS NULL OR g.until_at > :at) ORDER BY g.user_id;
