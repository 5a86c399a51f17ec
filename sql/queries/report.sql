-- Why each point is there: the transfer, its rule, the wish that caused it, and who approved the claim.
-- name: point_entries
SELECT t.id, CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END AS amount, t.kind, t.posted_at, t.deed_at,
  r.event, r.version, COALESCE(w.points, 0) AS promised, COALESCE(c.id, 0) AS claim_id, COALESCE(w.id, 0) AS wish_id,
  COALESCE(w.title, '') AS title, COALESCE(w.year, 0) AS year, COALESCE(w.number, 0) AS number,
  COALESCE(n.name, '') AS node_name, COALESCE(u.display_name, '') AS approver, COALESCE(g.role, '') AS approver_role,
  COALESCE(gn.name, '') AS approver_place
FROM points_accounts a
  JOIN points_transfers t FORCE INDEX (points_transfers_account) ON t.cause_account_id = a.id
  JOIN points_rules r ON r.id = t.rule_id
  LEFT JOIN events e ON e.id = t.cause_event_id AND e.noun = 'claim'
  LEFT JOIN claims c ON c.id = e.subject_id
  LEFT JOIN wishes w ON w.id = c.wish_id
  LEFT JOIN nodes n ON n.id = w.node_id
  LEFT JOIN events d ON d.noun = 'claim' AND d.subject_id = c.id AND d.name = 'approve'
  LEFT JOIN users u ON u.id = d.actor_id
  LEFT JOIN role_grants g ON g.id = d.grant_id
  LEFT JOIN nodes gn ON gn.id = g.node_id
WHERE a.user_id = :user AND a.unit = :unit AND t.id < :before
ORDER BY t.id DESC LIMIT :limit;

-- name: stats
SELECT
  (SELECT COUNT(*) FROM node_ancestors a JOIN nodes n ON n.id = a.node_id
    WHERE a.ancestor_id = :node AND n.kind = 'community') AS communities,
  (SELECT COUNT(*) FROM node_ancestors a JOIN nodes n ON n.id = a.node_id
    WHERE a.ancestor_id = :node AND n.kind = 'village') AS villages,
  (SELECT COUNT(*) FROM node_ancestors a JOIN nodes n ON n.id = a.node_id
    WHERE a.ancestor_id = :node AND n.kind = 'unit') AS units,
  (SELECT COUNT(*) FROM node_ancestors a JOIN nodes n ON n.id = a.node_id
    WHERE a.ancestor_id = :node AND n.kind = 'group') AS leading_groups,
  (SELECT COUNT(*) FROM node_ancestors a JOIN memberships m ON m.node_id = a.node_id
    WHERE a.ancestor_id = :node AND m.status = 'active') AS members,
  (SELECT COUNT(*) FROM node_ancestors a JOIN role_grants g ON g.node_id = a.node_id WHERE a.ancestor_id = :node
    AND g.role = 'centre_household' AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at))
    AS centre_households,
  (SELECT COUNT(*) FROM node_ancestors a JOIN role_grants g ON g.node_id = a.node_id WHERE a.ancestor_id = :node
    AND g.role IN ('building_head', 'unit_head') AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at))
    AS building_heads,
  (SELECT COUNT(*) FROM node_ancestors a JOIN role_grants g ON g.node_id = a.node_id WHERE a.ancestor_id = :node
    AND g.role IN ('grid_leader', 'grid_worker', 'property_worker') AND g.from_at <= :at
    AND (g.until_at IS NULL OR g.until_at > :at)) AS grid_posts,
  (SELECT COUNT(*) FROM node_ancestors a JOIN wishes w ON w.node_id = a.node_id
    WHERE a.ancestor_id = :node AND w.status = 'open') AS wishes_open,
  (SELECT COUNT(DISTINCT w.id) FROM node_ancestors a JOIN wishes w ON w.node_id = a.node_id
    JOIN claims c ON c.wish_id = w.id WHERE a.ancestor_id = :node) AS wishes_claimed,
  (SELECT COUNT(*) FROM node_ancestors a JOIN wishes w ON w.node_id = a.node_id
    WHERE a.ancestor_id = :node AND w.status = 'fulfilled') AS wishes_fulfilled,
  (SELECT CAST(COALESCE(SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END), 0) AS SIGNED)
    FROM node_ancestors a JOIN points_transfers t ON t.node_id = a.node_id
    WHERE a.ancestor_id = :node AND t.unit = 'points') AS points_granted;
