-- What somebody has of a month where it counts; boards are sums of these rows.
-- fragment: row
subject, subject_id, metric, month, node_id, unit_id, score, version

-- name: add
INSERT INTO board_months (subject, subject_id, metric, month, node_id, unit_id, score, version)
VALUES (:subject, :subject_id, :metric, :month, :node_id, :unit_id, :score, 1)
ON DUPLICATE KEY UPDATE score = score + VALUES(score), version = version + 1;

-- name: of_subjects
SELECT {{row}} FROM board_months WHERE subject_id IN (:subjects);

-- A whole board: the rows of the communities at its place and below, or of those who work in its unit.
-- name: board
SELECT s.subject_id AS subject_id, CAST(SUM(s.score) AS SIGNED) AS score, CAST(SUM(s.version) AS SIGNED) AS version
FROM (
  SELECT b.subject_id, b.score, b.version FROM node_ancestors a
    JOIN board_months b ON b.node_id = a.node_id AND b.subject = :subject AND b.metric = :metric
      AND b.month BETWEEN :from AND :until
  WHERE a.ancestor_id = :node AND a.distance >= :distance
  UNION ALL
  SELECT b.subject_id, b.score, b.version FROM board_months b
  WHERE b.unit_id = :node AND b.subject = :subject AND b.metric = :metric AND b.month BETWEEN :from AND :until
) s
GROUP BY s.subject_id;

-- The same, where most people are on the board: in the order of people, nothing is sorted or kept aside.
-- name: board_of_most
SELECT b.subject_id AS subject_id, CAST(SUM(b.score) AS SIGNED) AS score, CAST(SUM(b.version) AS SIGNED) AS version
FROM board_months b FORCE INDEX (PRIMARY)
WHERE b.subject = :subject AND b.metric = :metric AND b.month BETWEEN :from AND :until
  AND b.node_id IN (SELECT a.node_id FROM node_ancestors a WHERE a.ancestor_id = :node AND a.distance >= :distance)
GROUP BY b.subject_id;

-- What boards there are.
-- name: kinds
SELECT DISTINCT subject, metric, month, node_id, unit_id FROM board_months;

-- The last of the next people with accounts, in the order of their ids.
-- name: next_people
SELECT COALESCE(MAX(x.user_id), 0) FROM (
  SELECT DISTINCT user_id FROM points_accounts WHERE user_id > :after ORDER BY user_id LIMIT :limit) x;

-- name: count_people
SELECT COUNT(DISTINCT user_id) FROM points_accounts WHERE user_id IS NOT NULL;

-- Postings that wait in the outbox, and of some people the months in which the ledger and the rows differ. Business
-- months are those of Shanghai. One statement is one snapshot: of several, a posting that is counted between them is
-- seen twice or not at all.
-- name: people_snapshot
SELECT 'pending' AS source, '' AS subject, 0 AS subject_id, '' AS metric, '' AS month, 0 AS node_id, 0 AS unit_id,
  0 AS expected, 0 AS found, o.payload
FROM outbox o WHERE o.topic = 'board' AND o.counted_at IS NULL
UNION ALL
SELECT 'row', 'member', s.subject_id, s.metric, s.month, s.node_id, s.unit_id, CAST(SUM(s.expected) AS SIGNED),
  CAST(SUM(s.found) AS SIGNED), NULL
FROM (
  SELECT a.user_id AS subject_id, t.unit AS metric, DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m') AS month,
    t.member_node_id AS node_id, COALESCE(t.unit_id, 0) AS unit_id,
    CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END AS expected, 0 AS found
  FROM points_accounts a JOIN points_transfers t ON t.cause_account_id = a.id
  WHERE a.user_id > :after AND a.user_id <= :until
  UNION ALL
  SELECT b.subject_id, b.metric, b.month, b.node_id, b.unit_id, 0, b.score FROM board_months b
  WHERE b.subject = 'member' AND b.subject_id > :after AND b.subject_id <= :until
) s
GROUP BY s.subject_id, s.metric, s.month, s.node_id, s.unit_id HAVING SUM(s.expected) <> SUM(s.found);

-- The same of units, communities and teams: all of them are few.
-- name: places_snapshot
SELECT 'pending' AS source, '' AS subject, 0 AS subject_id, '' AS metric, '' AS month, 0 AS node_id, 0 AS unit_id,
  0 AS expected, 0 AS found, o.payload
FROM outbox o WHERE o.topic = 'board' AND o.counted_at IS NULL
UNION ALL
SELECT 'row', s.subject, s.subject_id, s.metric, s.month, s.node_id, 0, CAST(SUM(s.expected) AS SIGNED),
  CAST(SUM(s.found) AS SIGNED), NULL
FROM (
  SELECT 'unit' AS subject, t.unit_id AS subject_id, t.unit AS metric,
    DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m') AS month, t.member_node_id AS node_id,
    SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END) AS expected, 0 AS found
  FROM points_transfers t WHERE t.unit_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT 'community', t.node_id, t.unit, DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m'), t.node_id,
    SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END), 0
  FROM points_transfers t GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT 'team', t.team_id, t.unit, DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m'), t.node_id,
    SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END), 0
  FROM points_transfers t WHERE t.team_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT b.subject, b.subject_id, b.metric, b.month, b.node_id, 0, b.score FROM board_months b
  WHERE b.subject <> 'member'
) s
GROUP BY s.subject, s.subject_id, s.metric, s.month, s.node_id HAVING SUM(s.expected) <> SUM(s.found);

-- Those who agreed to be named.
-- name: people
SELECT id, display_name AS name FROM users WHERE id IN (:subjects) AND show_on_boards;

-- Teams of the same name are told apart by their community.
-- name: teams
SELECT t.id, CASE WHEN EXISTS (SELECT 1 FROM teams o WHERE o.name = t.name AND o.id <> t.id)
  THEN CONCAT(n.name, ' ', t.name) ELSE t.name END AS name
FROM teams t JOIN nodes n ON n.id = t.node_id WHERE t.id IN (:subjects);

-- name: team_of
SELECT team_id FROM team_members WHERE user_id = :user AND status = 'active' ORDER BY id LIMIT 1;

-- Communities of the same name are told apart by their street.
-- name: places
SELECT n.id, CASE WHEN n.kind IN ('community', 'village')
    AND EXISTS (SELECT 1 FROM nodes o WHERE o.name = n.name AND o.kind = n.kind AND o.id <> n.id)
  THEN CONCAT(p.name, ' ', n.name) ELSE n.name END AS name
FROM nodes n LEFT JOIN nodes p ON p.id = n.parent_id WHERE n.id IN (:subjects);
