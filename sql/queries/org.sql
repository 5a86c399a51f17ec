-- A grant, and where it holds.
-- fragment: grant
g.id, g.role, g.node_id, g.user_id AS holder_id, g.giver_id, g.from_at, g.until_at, g.is_ended, g.delegated_by,
  n.kind AS node_kind, n.name AS node_name

-- name: node
SELECT n.id, COALESCE(n.code, '') AS code, n.kind, n.name, n.parent_id, COALESCE(p.name, '') AS parent_name,
  n.service_phone, n.version
FROM nodes n LEFT JOIN nodes p ON p.id = n.parent_id WHERE n.id = :id;

-- name: nodes
SELECT n.id, COALESCE(n.code, '') AS code, n.kind, n.name, n.parent_id, COALESCE(p.name, '') AS parent_name,
  n.service_phone, n.version
FROM nodes n LEFT JOIN nodes p ON p.id = n.parent_id
WHERE (:parent = 0 OR n.parent_id = :parent) AND (:kind = '' OR n.kind = :kind)
ORDER BY n.code, n.id LIMIT 1000;

-- name: lock_node
SELECT n.id, COALESCE(n.code, '') AS code, n.kind, n.name, n.parent_id,
  COALESCE((SELECT p.name FROM nodes p WHERE p.id = n.parent_id), '') AS parent_name, n.service_phone, n.version
FROM nodes n WHERE n.id = :id FOR UPDATE;

-- name: save_phone
UPDATE nodes SET service_phone = :service_phone, version = version + 1 WHERE id = :id AND version = :version;

-- The number nearest to a home; the county's for who has none.
-- name: line
SELECT near.name, near.kind, near.service_phone FROM (
  SELECT n.name, n.kind, n.service_phone, a.distance FROM node_ancestors a JOIN nodes n ON n.id = a.ancestor_id
  WHERE a.node_id = :home AND n.service_phone <> ''
  UNION ALL
  SELECT n.name, n.kind, n.service_phone, 99 FROM nodes n
  WHERE n.kind = 'county' AND n.parent_id IS NULL AND n.service_phone <> ''
) near ORDER BY near.distance LIMIT 1;

-- name: below
SELECT n.id FROM node_ancestors a JOIN nodes n ON n.id = a.node_id
WHERE a.ancestor_id = :node AND n.kind IN ('community', 'village') ORDER BY n.id;

-- The communities at, below and, for posts in their grids, above a node.
-- name: communities
SELECT n.id FROM node_ancestors a JOIN nodes n ON n.id = a.node_id
WHERE a.ancestor_id = :node AND n.kind IN ('community', 'village')
UNION
SELECT n.id FROM node_ancestors a JOIN nodes n ON n.id = a.ancestor_id
WHERE a.node_id = :node AND n.kind IN ('community', 'village')
ORDER BY id;

-- name: ancestors
SELECT ancestor_id FROM node_ancestors WHERE node_id = :node ORDER BY distance;

-- name: grants
SELECT {{grant}}, 0 AS distance
FROM grants_in_force g JOIN nodes n ON n.id = g.node_id
WHERE g.user_id = :user ORDER BY g.id;

-- A person's grants at a node and above it, and for a community the posts that they hold in its grids and buildings,
-- whose distance is below zero. The nearest comes first.
-- name: covering
SELECT {{grant}}, a.distance
FROM node_ancestors a JOIN grants_in_force g ON g.node_id = a.ancestor_id JOIN nodes n ON n.id = g.node_id
WHERE a.node_id = :node AND g.user_id = :user
UNION ALL
SELECT g.id, g.role, g.node_id, g.user_id, g.giver_id, g.from_at, g.until_at, g.is_ended,
  g.delegated_by, n.kind, n.name, -d.distance
FROM grants_in_force g JOIN nodes n ON n.id = g.node_id JOIN node_ancestors d ON d.node_id = g.node_id
  JOIN nodes c ON c.id = d.ancestor_id AND c.kind IN ('community', 'village')
WHERE g.user_id = :user AND d.ancestor_id = :node AND d.distance > 0
ORDER BY distance, id;

-- The same of a matter, where it is decided, or is where staff do not decide it; with :posts also those below.
-- name: covering_matter
SELECT {{grant}}, a.distance
FROM matters m JOIN node_ancestors a ON a.node_id = COALESCE(m.desk_id, m.node_id)
  JOIN grants_in_force g ON g.node_id = a.ancestor_id JOIN nodes n ON n.id = g.node_id
WHERE m.noun = :noun AND m.id = :id AND g.user_id = :user
UNION ALL
SELECT g.id, g.role, g.node_id, g.user_id, g.giver_id, g.from_at, g.until_at, g.is_ended,
  g.delegated_by, n.kind, n.name, -d.distance
FROM matters m JOIN grants_in_force g ON g.user_id = :user JOIN nodes n ON n.id = g.node_id
  JOIN node_ancestors d ON d.node_id = g.node_id AND d.ancestor_id = COALESCE(m.desk_id, m.node_id) AND d.distance > 0
WHERE m.noun = :noun AND m.id = :id AND :posts
ORDER BY distance, id;

-- name: add_node
INSERT INTO nodes (id, code, kind, name, parent_id, created_at) VALUES (:id, :code, :kind, :name, :parent_id, :at);

-- name: add_self
INSERT INTO node_ancestors (node_id, ancestor_id, distance) VALUES (:id, :id, 0);

-- name: add_ancestors
INSERT INTO node_ancestors (node_id, ancestor_id, distance)
SELECT :id, ancestor_id, distance + 1 FROM node_ancestors WHERE node_id = :parent_id;

-- name: add_grant
INSERT INTO role_grants (id, user_id, role, node_id, from_at, until_at, delegated_by, status)
VALUES (:id, :user_id, :role, :node_id, :from_at, :until_at, :delegated_by, :status);

-- name: county_grants
SELECT {{grant}}, 0 AS distance
FROM grants_in_force g JOIN nodes n ON n.id = g.node_id
WHERE g.user_id = :user AND n.kind = 'county' ORDER BY g.id;

-- The row of a person, locked so that two grants to them do not overlap unseen.
-- name: lock_people
SELECT id FROM users WHERE id IN (:people) ORDER BY id FOR UPDATE;

-- Counts a use of what lock_people holds.
-- name: use_people
UPDATE users SET uses = uses + 1 WHERE id IN (:people) ORDER BY id;

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

-- name: lock_grant
SELECT g.id, g.user_id, (SELECT u.display_name FROM users u WHERE u.id = g.user_id) AS display_name, g.role, g.node_id,
  g.from_at, g.until_at, g.delegated_by, g.status, g.version, g.used_at,
  (SELECT b.until_at FROM role_grants b WHERE b.id = g.delegated_by) AS giver_until,
  (SELECT n.kind FROM nodes n WHERE n.id = g.node_id) AS node_kind,
  (SELECT n.name FROM nodes n WHERE n.id = g.node_id) AS node_name
FROM role_grants g WHERE g.id = :grant FOR UPDATE;

-- name: end_grant
UPDATE role_grants SET status = :status, until_at = :until_at, version = version + 1
WHERE id = :id AND version = :version;

-- name: name
SELECT display_name FROM users WHERE id = :user;

-- name: county
SELECT n.id, COALESCE(n.code, '') AS code, n.kind, n.name, n.parent_id, '' AS parent_name,
  n.service_phone, n.version
FROM nodes n WHERE n.kind = 'county' ORDER BY n.id LIMIT 1;
