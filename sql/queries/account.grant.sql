-- What an account has of grants (internal/account/grant.go).

-- name: live_grants
SELECT id FROM grants_in_force WHERE user_id = :user AND status = 'given' AND NOT is_ended
  AND (until_at IS NULL OR until_at > :at)
ORDER BY id;

-- name: sheet_posts
SELECT g.id, g.role, n.name AS node, g.from_at, g.until_at, g.status
FROM grants_in_force g JOIN nodes n ON n.id = g.node_id WHERE g.user_id = :user ORDER BY g.id;
