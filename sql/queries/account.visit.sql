-- What an account has of visits that the person asks for (internal/account/visit.go).

-- name: live_visits
SELECT id FROM visits WHERE owner_id = :user AND status = 'invited' ORDER BY id;

-- name: visits
SELECT id FROM visits WHERE owner_id = :user;

-- name: erase_visits
UPDATE visits SET subject = :name, place = '' WHERE id IN (:ids);

-- name: sheet_visits
SELECT v.id, p.name AS node, v.subject, v.place, v.starts_at, v.status, v.created_at
FROM visits v JOIN nodes p ON p.id = v.node_id WHERE v.owner_id = :user ORDER BY v.id;
