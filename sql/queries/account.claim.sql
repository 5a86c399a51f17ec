-- What an account has of claims: the person's own, and those of the person's wishes (internal/account/claim.go).

-- name: claims
SELECT id FROM claims WHERE claimant_id = :user;

-- name: claims_of_wishes
SELECT c.id FROM wishes w JOIN claims c ON c.wish_id = w.id WHERE w.owner_id = :user;

-- name: erase_notes
UPDATE claims SET delivery_note = '' WHERE id IN (:ids);

-- name: erase_comments
UPDATE claims SET comment = '' WHERE id IN (:ids);

-- name: sheet_claims
SELECT c.id, w.title, c.status, c.delivery_note, c.requested_at, c.decided_at, c.delivered_at, c.confirmed_at
FROM claims c JOIN wishes w ON w.id = c.wish_id WHERE c.claimant_id = :user
UNION ALL
SELECT c.id, w.title, c.status, '', c.requested_at, p.accepted_at, c.delivered_at, c.confirmed_at
FROM claim_participants p JOIN claims c ON c.id = p.claim_id JOIN wishes w ON w.id = c.wish_id WHERE p.user_id = :user;

-- name: sheet_answers
SELECT c.id, w.title, c.status, c.rating, c.comment, c.delivered_at, c.confirmed_at
FROM wishes w JOIN claims c ON c.wish_id = w.id WHERE w.owner_id = :user ORDER BY c.id;
