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
