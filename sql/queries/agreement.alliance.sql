-- The alliance (城市党建联盟): the bodies that have signed what is in force with communities at a node and below.

-- Both sides of what is in force at the node and below, with the kind of body as which each has signed.
-- fragment: allied
SELECT a.node_id AS body_id, a.node_body AS body FROM node_ancestors x JOIN agreements a ON a.node_id = x.node_id
  WHERE x.ancestor_id = :node AND a.status = 'signed' AND a.year >= :year
UNION SELECT a.unit_id, a.unit_body FROM node_ancestors x JOIN agreements a ON a.node_id = x.node_id
  WHERE x.ancestor_id = :node AND a.status = 'signed' AND a.year >= :year

-- name: alliance
SELECT n.id, n.name, COALESCE(p.name, '') AS place_name, n.kind = 'unit' AS is_unit
FROM ({{allied}}) b JOIN nodes n ON n.id = b.body_id LEFT JOIN nodes p ON p.id = n.parent_id
WHERE b.body = :body AND n.id > :after ORDER BY n.id LIMIT :limit;

-- How many bodies of each kind there are.
-- name: alliance_sizes
SELECT b.body, COUNT(*) AS size FROM ({{allied}}) b GROUP BY b.body ORDER BY b.body;

-- What these bodies have signed there that is in force.
-- name: of_bodies
SELECT {{agreement}}, {{names}}
WHERE a.status = 'signed' AND a.year >= :year AND (a.node_id IN (:bodies) AND a.node_body = :body
    OR a.unit_id IN (:bodies) AND a.unit_body = :body)
  AND EXISTS (SELECT 1 FROM node_ancestors x WHERE x.node_id = a.node_id AND x.ancestor_id = :node)
ORDER BY a.id;
