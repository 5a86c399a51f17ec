-- The four lists of co-building: each is read from what there is, and nobody fills one in.

-- What is open to people at a node and below.
-- name: list_resources
SELECT o.id, o.name AS title, o.place, o.node_id, p.name AS node_name, h.name AS unit_name, o.kind, o.status,
  o.opened_at AS since
FROM node_ancestors a JOIN offers o ON o.node_id = a.node_id JOIN nodes p ON p.id = o.node_id
  JOIN nodes h ON h.id = o.host_id
WHERE a.ancestor_id = :node AND o.status = 'open' AND o.id < :before ORDER BY o.id DESC LIMIT :limit;

-- What residents said in public at a node and below that is not done.
-- name: list_needs
SELECT n.id, n.text AS title, n.place, n.node_id, p.name AS node_name, '' AS unit_name, n.category AS kind, n.status,
  n.created_at AS since
FROM node_ancestors a JOIN needs n ON n.node_id = a.node_id JOIN nodes p ON p.id = n.node_id
WHERE a.ancestor_id = :node AND n.is_public AND NOT n.is_about_staff AND n.status IN ('handling', 'waiting')
  AND n.id < :before
ORDER BY n.id DESC LIMIT :limit;

-- What units are to do for many people at a node and below, from its publication until it is accepted.
-- name: list_projects
SELECT {{listed_project}}
WHERE a.ancestor_id = :node AND p.status IN ('open', 'matched', 'running', 'delivered') AND p.id < :before
ORDER BY p.id DESC LIMIT :limit;

-- What was accepted by the vote of those whom it is for.
-- name: list_results
SELECT {{listed_project}}
WHERE a.ancestor_id = :node AND p.status = 'accepted' AND p.id < :before ORDER BY p.id DESC LIMIT :limit;

-- fragment: listed_project
p.id, p.title, '' AS place, p.node_id, n.name AS node_name, COALESCE(u.name, '') AS unit_name, '' AS kind, p.status,
  COALESCE(p.accepted_at, p.opened_at) AS since
FROM node_ancestors a JOIN projects p ON p.node_id = a.node_id JOIN nodes n ON n.id = p.node_id
  LEFT JOIN nodes u ON u.id = p.unit_id
