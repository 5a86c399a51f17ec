-- What residents needed at a node and below, and what came of it in their own words: that nobody could be reached is
-- none of them. A need is on time when its last answer came by the day that the resident was told.
-- name: needs
SELECT COUNT(*) AS said, CAST(COALESCE(SUM(n.status = 'unsolved'), 0) AS SIGNED) AS unsolved,
  CAST(COALESCE(SUM(n.status IN ('submitted', 'handling', 'waiting', 'answered')), 0) AS SIGNED) AS open,
  CAST(COALESCE(SUM(n.status = 'closed' AND n.solved = 'yes'), 0) AS SIGNED) AS solved,
  CAST(COALESCE(SUM(n.status = 'closed' AND n.solved = 'partly'), 0) AS SIGNED) AS partly,
  CAST(COALESCE(SUM(n.status = 'closed' AND n.solved = 'no'), 0) AS SIGNED) AS not_solved,
  CAST(COALESCE(SUM(n.status = 'closed' AND n.solved = 'unknown'), 0) AS SIGNED) AS unreached,
  CAST(COALESCE(SUM(n.status IN ('answered', 'closed') AND n.answered_at IS NOT NULL), 0) AS SIGNED) AS answered,
  CAST(COALESCE(SUM(n.status IN ('answered', 'closed') AND n.answered_at <= n.due_at), 0) AS SIGNED) AS on_time,
  CAST(COALESCE(SUM(n.status = 'closed' AND n.is_satisfied IS NOT NULL), 0) AS SIGNED) AS rated,
  CAST(COALESCE(SUM(n.status = 'closed' AND n.is_satisfied), 0) AS SIGNED) AS satisfied
FROM node_ancestors a JOIN needs n ON n.node_id = a.node_id
WHERE a.ancestor_id = :node AND n.status NOT IN ('withdrawn', 'merged', 'rejected', 'handed');

-- In how many seconds half of what was solved was, from its saying to the resident's word.
-- name: needs_median
SELECT CAST(AVG(q.seconds) AS SIGNED) FROM (
  SELECT TIMESTAMPDIFF(SECOND, n.created_at, n.closed_at) AS seconds, COUNT(*) OVER () AS many,
    ROW_NUMBER() OVER (ORDER BY TIMESTAMPDIFF(SECOND, n.created_at, n.closed_at)) AS place
  FROM node_ancestors a JOIN needs n ON n.node_id = a.node_id
  WHERE a.ancestor_id = :node AND n.status = 'closed' AND n.solved = 'yes') q
WHERE q.place IN ((q.many + 1) DIV 2, (q.many + 2) DIV 2);

-- How many whistles for needs of a node and below units were to answer by now, and how many they did in time: taken, or
-- refused. That the county settled it is no answer of theirs.
-- name: whistles
SELECT COUNT(*) AS whistles, CAST(COALESCE(SUM(q.is_answered), 0) AS SIGNED) AS answered FROM (
  SELECT s.accept_by, CASE WHEN s.is_bound AND s.refusals < 2 THEN 0
    WHEN s.status = 'refused' THEN s.ended_at <= s.accept_by
    ELSE COALESCE(s.accepted_at <= s.accept_by, 0) END AS is_answered
  FROM node_ancestors a JOIN needs n ON n.node_id = a.node_id
    JOIN assignments s ON s.origin_noun = 'need' AND s.origin_id = n.id
    JOIN nodes u ON u.id = s.to_id AND u.kind = 'unit'
  WHERE a.ancestor_id = :node AND (s.status <> 'cancelled' OR s.accepted_at IS NOT NULL)) q
WHERE q.is_answered OR q.accept_by <= :at;
