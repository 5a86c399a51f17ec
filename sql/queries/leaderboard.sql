-- name: add
INSERT INTO board_totals (board, subject_id, score, version) VALUES (:board, :subject, :score, 1)
ON DUPLICATE KEY UPDATE score = score + VALUES(score), version = version + 1;

-- name: totals
SELECT board, subject_id, score, version FROM board_totals WHERE board = :board AND subject_id IN (:subjects);

-- name: page
SELECT board, subject_id, score, version FROM board_totals FORCE INDEX (board_totals_order)
WHERE board = :board AND score > 0 AND (score < :score OR (score = :score AND subject_id < :subject))
ORDER BY score DESC, subject_id DESC LIMIT :limit;

-- How many stand before a place: with a higher score, and with the same score and a higher id.
-- name: before
SELECT (SELECT COUNT(*) FROM board_totals WHERE board = :board AND score > :score) AS higher,
  (SELECT COUNT(*) FROM board_totals WHERE board = :board AND score = :score AND subject_id > :subject) AS equal_before;

-- name: score
SELECT score FROM board_totals WHERE board = :board AND subject_id = :subject;

-- name: all
SELECT board, subject_id, score, version FROM board_totals WHERE board = :board AND subject_id > :after
ORDER BY subject_id LIMIT :limit;

-- name: boards
SELECT DISTINCT board FROM board_totals ORDER BY board;

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

-- The places just before one, the nearest first.
-- name: page_before
SELECT board, subject_id, score, version FROM board_totals FORCE INDEX (board_totals_order)
WHERE board = :board AND (score > :score OR (score = :score AND subject_id > :subject))
ORDER BY score, subject_id LIMIT :limit;

-- What is on the boards, what waits in the outbox, and what the boards of months must say from the ledger alone:
-- longer ones are sums of them. Business months are those of Shanghai. One statement is one snapshot: of several, a
-- posting that is counted between them is seen twice or not at all.
-- name: snapshot
SELECT 'stored' AS source, b.board, '' AS month, b.subject_id, b.score, b.version, NULL AS payload
FROM board_totals b WHERE b.score <> 0
UNION ALL
SELECT 'pending', '', '', 0, 0, 0, o.payload FROM outbox o WHERE o.topic = 'board' AND o.counted_at IS NULL
UNION ALL
SELECT 'expected', CONCAT(s.unit, ':', s.subject, ':', s.scope), s.month, s.subject_id, CAST(s.amount AS SIGNED), 0,
  NULL
FROM (
  SELECT t.unit, 'member' AS subject, n.ancestor_id AS scope, a.user_id AS subject_id,
    DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m') AS month,
    SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END) AS amount
  FROM points_transfers t JOIN points_accounts a ON a.id = t.cause_account_id
    JOIN node_ancestors n ON n.node_id = t.member_node_id GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT t.unit, 'member', t.unit_id, a.user_id, DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m'),
    SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END)
  FROM points_transfers t JOIN points_accounts a ON a.id = t.cause_account_id
  WHERE t.unit_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT t.unit, 'unit', n.ancestor_id, t.unit_id, DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m'),
    SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END)
  FROM points_transfers t JOIN node_ancestors n ON n.node_id = t.member_node_id
  WHERE t.unit_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT t.unit, 'team', n.ancestor_id, t.team_id, DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m'),
    SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END)
  FROM points_transfers t JOIN node_ancestors n ON n.node_id = t.node_id
  WHERE t.team_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5
  UNION ALL
  SELECT t.unit, 'community', n.ancestor_id, t.node_id, DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m'),
    SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END)
  FROM points_transfers t JOIN node_ancestors n ON n.node_id = t.node_id AND n.distance > 0 GROUP BY 1, 2, 3, 4, 5
) s WHERE s.amount <> 0;
