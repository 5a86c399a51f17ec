-- What an account has of joined hours (internal/account/join.go).

-- name: joins
SELECT id FROM hour_joins WHERE account_id = :user AND status = 'joined';

-- Those that were a mistake: their hours are somebody else's, who keeps the name.
-- name: undone_joins
SELECT id FROM hour_joins WHERE account_id = :user AND status <> 'joined';

-- name: sheet_joins
SELECT j.id, u.display_name, j.status, j.joined_at, j.undone_at
FROM hour_joins j JOIN users u ON u.id = j.person_id WHERE j.account_id = :user ORDER BY j.id;
