-- name: terms
SELECT code, from_at, accept_amount, accept_unit, work_amount, work_unit FROM terms ORDER BY code, from_at;

-- name: days
SELECT day, kind, since FROM calendar_days ORDER BY day;
