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
