-- name: people
SELECT COUNT(*) FROM users;

-- name: minutes
SELECT CAST(COALESCE(SUM(minutes), 0) AS SIGNED) FROM service_records WHERE status = 'credited';

-- name: set_number
UPDATE numbers SET next_number = 1 + (SELECT MAX(w.number) FROM wishes w WHERE w.node_id = :node AND w.year = :period)
WHERE kind = :kind AND node_id = :node AND period = :period;

-- What the cell was copied from has waited for boards; a rebuild makes all of them.
-- name: forget
DELETE FROM outbox WHERE topic = :topic;

-- name: unchecked
SELECT id FROM texts WHERE verdict = 'checking' ORDER BY id;
