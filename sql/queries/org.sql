-- The places of the review community are there for reviewers alone.
-- name: node
SELECT n.id, COALESCE(n.code, '') AS code, n.kind, n.name, n.parent_id, COALESCE(p.name, '') AS parent_name,
  n.service_phone, n.version
FROM nodes n LEFT JOIN nodes p ON p.id = n.parent_id
WHERE n.id = :id AND (:review OR n.id NOT IN (SELECT r.node_id FROM review_nodes r));

-- Reviewers see their own places, and of the others only streets and the county.
-- name: nodes
SELECT n.id, COALESCE(n.code, '') AS code, n.kind, n.name, n.parent_id, COALESCE(p.name, '') AS parent_name,
  n.service_phone, n.version
FROM nodes n LEFT JOIN nodes p ON p.id = n.parent_id
WHERE (:parent = 0 OR n.parent_id = :parent) AND (:kind = '' OR n.kind = :kind)
  AND (:parent <> 0 OR :review AND n.kind IN ('county', 'street')
    OR :review = (n.id IN (SELECT r.node_id FROM review_nodes r)))
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

-- name: add_node
INSERT INTO nodes (id, code, kind, name, parent_id, created_at) VALUES (:id, :code, :kind, :name, :parent_id, :at);

-- name: add_self
INSERT INTO node_ancestors (node_id, ancestor_id, distance) VALUES (:id, :id, 0);

-- name: add_ancestors
INSERT INTO node_ancestors (node_id, ancestor_id, distance)
SELECT :id, ancestor_id, distance + 1 FROM node_ancestors WHERE node_id = :parent_id;

-- The row of a person, locked so that two grants to them do not overlap unseen.
-- name: lock_people
SELECT id FROM users WHERE id IN (:people) AND status = 'active' ORDER BY id FOR UPDATE;

-- Counts a use of what lock_people holds.
-- name: use_people
UPDATE users SET uses = uses + 1 WHERE id IN (:people) ORDER BY id;

-- name: county
SELECT n.id, COALESCE(n.code, '') AS code, n.kind, n.name, n.parent_id, '' AS parent_name,
  n.service_phone, n.version
FROM nodes n WHERE n.kind = 'county' ORDER BY n.id LIMIT 1;
