-- name: add
INSERT INTO board_totals (board, subject_id, score, version) VALUES (:board, :subject, :score, 1)
ON DUPLICATE KEY UPDATE score = score + VALUES(score), version = version + 1;

-- name: totals
SELECT board, subject_id, score, version FROM board_totals WHERE board IN (:boards) AND subject_id IN (:subjects);

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

-- name: names
SELECT id, display_name, show_on_boards FROM users WHERE id IN (:users);

-- What the boards must say, from the ledger alone. Business months are those of Shanghai.
-- name: expected
SELECT CONCAT('points:member:', n.ancestor_id, ':', p.period) AS board, a.user_id AS subject_id,
  CAST(SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END) AS SIGNED) AS score, 0 AS version
FROM points_transfers t
  JOIN points_accounts a ON a.id = t.cause_account_id
  JOIN node_ancestors n ON n.node_id = t.member_node_id
  JOIN (SELECT 'all' AS period UNION SELECT DISTINCT DATE_FORMAT(DATE_ADD(deed_at, INTERVAL 8 HOUR), '%Y-%m')
    FROM points_transfers) p
    ON p.period = 'all' OR p.period = DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m')
WHERE t.unit = 'points'
GROUP BY n.ancestor_id, p.period, a.user_id
HAVING SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END) <> 0;

-- name: stored
SELECT board, subject_id, score, version FROM board_totals WHERE score <> 0;

-- name: pending
SELECT payload FROM outbox WHERE topic = 'board' AND counted_at IS NULL;
