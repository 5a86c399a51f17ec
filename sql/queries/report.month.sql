-- What became of the needs that were said in a time, of a place and of all places below it.
-- name: needs_of_month
SELECT b.ancestor_id AS node_id, n.category, n.status, COALESCE(n.solved, '') AS solved, COUNT(*) AS count
FROM node_ancestors a JOIN needs n ON n.node_id = a.node_id JOIN node_ancestors b ON b.node_id = n.node_id
WHERE a.ancestor_id = :node AND n.created_at >= :from AND n.created_at < :until
GROUP BY b.ancestor_id, n.category, n.status, n.solved ORDER BY b.ancestor_id, n.category, n.status, n.solved;

-- How many hours it took until residents said that it was solved, the fastest first.
-- name: hours_to_solve
SELECT TIMESTAMPDIFF(HOUR, n.created_at, n.closed_at)
FROM node_ancestors a JOIN needs n ON n.node_id = a.node_id
WHERE a.ancestor_id = :place AND n.created_at >= :from AND n.created_at < :until AND n.status = 'closed'
  AND n.solved = 'yes'
ORDER BY 1;

-- What became of all that the hotline passed on, in the order of its numbers.
-- name: hotline
SELECT n.id, n.hotline_number, n.year, n.number, p.name AS node_name, n.category, n.status, n.solved, n.answer,
  n.created_at, n.due_at, n.closed_at
FROM needs n JOIN nodes p ON p.id = n.node_id
WHERE n.origin = 'hotline' ORDER BY n.hotline_number, n.id;
