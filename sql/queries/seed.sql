-- name: people
SELECT COUNT(*) FROM users;

-- name: minutes
SELECT CAST(COALESCE(SUM(minutes), 0) AS SIGNED) FROM service_records WHERE status = 'credited';
