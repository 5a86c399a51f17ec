-- name: people
SELECT COUNT(*) FROM users;
