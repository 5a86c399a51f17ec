-- +goose Up
-- is_ended tells that somebody ended it, or the giver's, before its time. given_until is the end that was written for
-- the grant itself, by which doctor judges what was decided before deputies ended with their givers.
CREATE OR REPLACE SQL SECURITY INVOKER VIEW grants_in_force AS
SELECT g.id, g.user_id, g.role, g.node_id,
  CASE WHEN b.from_at > g.from_at THEN b.from_at ELSE g.from_at END AS from_at,
  CASE WHEN g.until_at IS NULL OR b.until_at < g.until_at THEN b.until_at ELSE g.until_at END AS until_at,
  g.delegated_by, COALESCE(b.user_id, g.user_id) AS giver_id, g.status, g.version,
  COALESCE(g.status = 'ended' OR b.status = 'ended', FALSE) AS is_ended, g.until_at AS given_until
FROM role_grants g LEFT JOIN role_grants b ON b.id = g.delegated_by;
