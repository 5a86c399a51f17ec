-- +goose Up
-- Every grant with the time in which it counts: a deputy's within that of the grant that it stands in for. giver_id is
-- who chose the deputy, and for an own grant the holder. Readers compare from_at and until_at with their moment.
CREATE SQL SECURITY INVOKER VIEW grants_in_force AS
SELECT g.id, g.user_id, g.role, g.node_id,
  CASE WHEN b.from_at > g.from_at THEN b.from_at ELSE g.from_at END AS from_at,
  CASE WHEN g.until_at IS NULL OR b.until_at < g.until_at THEN b.until_at ELSE g.until_at END AS until_at,
  g.delegated_by, COALESCE(b.user_id, g.user_id) AS giver_id, g.status, g.version
FROM role_grants g LEFT JOIN role_grants b ON b.id = g.delegated_by;
