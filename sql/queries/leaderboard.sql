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

-- The months of some, each one's together.
-- name: months_of
SELECT {{row}} FROM board_months WHERE subject_id > :after AND subject_id <= :until ORDER BY subject_id;

-- name: count_accounts
SELECT COUNT(*) FROM points_accounts WHERE user_id IS NOT NULL;

-- The last of the next people with accounts, in the order of their ids.
-- name: next_people
SELECT COALESCE(MAX(x.user_id), 0) FROM (
  SELECT user_id FROM points_accounts WHERE user_id > :after ORDER BY user_id LIMIT :limit) x;

-- What waits in the outbox.
-- name: waiting
SELECT payload FROM outbox WHERE topic = 'board' AND counted_at IS NULL;

-- What the ledger says of some people; read from the index alone.
-- name: postings_of
SELECT a.user_id, t.unit, CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END AS amount, t.deed_at,
  t.member_node_id, COALESCE(t.unit_id, 0) AS unit_id, t.node_id, COALESCE(t.team_id, 0) AS team_id
FROM points_accounts a FORCE INDEX (points_accounts_user)
  STRAIGHT_JOIN points_transfers t FORCE INDEX (points_transfers_earned) ON t.cause_account_id = a.id
WHERE a.user_id > :after AND a.user_id <= :until;

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
