-- Why each point is there: the transfer, its rule, the wish or the service that caused it, and who approved the claim,
-- confirmed the service last, or corrected it.
-- name: point_entries
SELECT t.id, CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END AS amount, t.kind, t.posted_at, t.deed_at,
  e.noun = 'objection' OR EXISTS (SELECT 1 FROM objections q WHERE q.correct_event_id = e.id) AS ruled,
  r.event, r.version, r.points, COALESCE(r.per_minutes, 0) AS per_minutes, COALESCE(r.cap_day, 0) AS cap_day,
  COALESCE(w.points, s.minutes DIV r.per_minutes * r.points, 0) AS promised, COALESCE(s.minutes, 0) AS minutes,
  COALESCE(s.id, 0) AS record_id, COALESCE(c.id, 0) AS claim_id, COALESCE(w.id, 0) AS wish_id,
  COALESCE(w.title, s.title, '') AS title, COALESCE(w.year, 0) AS year, COALESCE(w.number, 0) AS number,
  COALESCE(n.name, '') AS node_name, COALESCE(u.display_name, '') AS approver, COALESCE(g.role, '') AS approver_role,
  COALESCE(gn.name, '') AS approver_place, e.grant_id IS NOT NULL AS by_staff,
  COALESCE(cu.display_name, '') AS confirmer, COALESCE(cg.role, '') AS confirmer_role,
  COALESCE(cn.name, '') AS confirmer_place,
  (SELECT COUNT(*) FROM claim_participants p WHERE p.claim_id = c.id AND p.accepted_at IS NOT NULL) + 1 AS people,
  CASE WHEN a.user_id = c.claimant_id THEN 0 ELSE (SELECT COUNT(*) FROM claim_participants p
    WHERE p.claim_id = c.id AND p.accepted_at IS NOT NULL AND p.user_id <= a.user_id) END AS place
FROM points_accounts a
  JOIN points_transfers t FORCE INDEX (points_transfers_account) ON t.cause_account_id = a.id
  JOIN points_rules r ON r.id = t.rule_id
  LEFT JOIN events e ON e.id = t.cause_event_id
  LEFT JOIN objections o ON e.noun = 'objection' AND o.id = e.subject_id
  LEFT JOIN claims c ON c.id = CASE e.noun WHEN 'claim' THEN e.subject_id WHEN 'objection' THEN o.claim_id END
  LEFT JOIN service_records s ON e.noun = 'service_record' AND s.id = e.subject_id
  LEFT JOIN wishes w ON w.id = c.wish_id
  LEFT JOIN nodes n ON n.id = COALESCE(w.node_id, s.node_id)
  LEFT JOIN users u ON u.id = CASE WHEN s.id IS NULL THEN c.approved_by ELSE e.actor_id END
  LEFT JOIN grants_in_force g ON g.id = CASE WHEN s.id IS NULL THEN c.approval_grant_id ELSE e.grant_id END
  LEFT JOIN nodes gn ON gn.id = g.node_id
  LEFT JOIN users cu ON cu.id = e.actor_id
  LEFT JOIN grants_in_force cg ON cg.id = e.grant_id
  LEFT JOIN nodes cn ON cn.id = cg.node_id
WHERE a.user_id = :user AND a.unit = :unit AND t.id < :before
  AND (t.amount > 0 OR w.points > 0 OR s.minutes DIV r.per_minutes > 0)
ORDER BY t.id DESC LIMIT :limit;

-- What was granted is read where the boards of communities have it, a moment after the ledger.
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
  (SELECT COUNT(*) FROM node_ancestors a JOIN grants_in_force g ON g.node_id = a.node_id WHERE a.ancestor_id = :node
    AND g.role = 'centre_household' AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at))
    AS centre_households,
  (SELECT COUNT(*) FROM node_ancestors a JOIN grants_in_force g ON g.node_id = a.node_id WHERE a.ancestor_id = :node
    AND g.role IN ('building_head', 'unit_head') AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at))
    AS building_heads,
  (SELECT COUNT(*) FROM node_ancestors a JOIN grants_in_force g ON g.node_id = a.node_id WHERE a.ancestor_id = :node
    AND g.role IN ('grid_leader', 'grid_worker', 'property_worker') AND g.from_at <= :at
    AND (g.until_at IS NULL OR g.until_at > :at)) AS grid_posts,
  (SELECT COUNT(*) FROM node_ancestors a JOIN wishes w ON w.node_id = a.node_id
    WHERE a.ancestor_id = :node AND w.status = 'open') AS wishes_open,
  (SELECT COUNT(DISTINCT w.id) FROM node_ancestors a JOIN wishes w ON w.node_id = a.node_id
    JOIN claims c ON c.wish_id = w.id WHERE a.ancestor_id = :node) AS wishes_claimed,
  (SELECT COUNT(*) FROM node_ancestors a JOIN wishes w ON w.node_id = a.node_id
    WHERE a.ancestor_id = :node AND w.status = 'fulfilled') AS wishes_fulfilled,
  (SELECT COUNT(*) FROM node_ancestors a JOIN teams t ON t.node_id = a.node_id
    WHERE a.ancestor_id = :node AND t.status = 'active') AS teams,
  (SELECT COUNT(*) FROM node_ancestors a JOIN activities v ON v.node_id = a.node_id
    WHERE a.ancestor_id = :node AND v.status IN ('published', 'settled')) AS activities,
  (SELECT COUNT(DISTINCT s.user_id) FROM node_ancestors a JOIN service_records s ON s.node_id = a.node_id
    WHERE a.ancestor_id = :node AND s.status = 'credited') AS volunteers,
  (SELECT CAST(COALESCE(SUM(b.score), 0) AS SIGNED) FROM node_ancestors a JOIN board_months b ON b.node_id = a.node_id
    WHERE a.ancestor_id = :node AND b.subject = 'community' AND b.metric = 'minutes') AS service_minutes,
  (SELECT CAST(COALESCE(SUM(b.score), 0) AS SIGNED) FROM node_ancestors a JOIN board_months b ON b.node_id = a.node_id
    WHERE a.ancestor_id = :node AND b.subject = 'community' AND b.metric = 'points') AS points_granted;

-- How much waits for staff in the places right below a node, whoever may decide it, and how much has since a time.
-- name: waiting_places
SELECT c.id AS place_id, CAST(SUM(w.waiting) AS SIGNED) AS waiting, CAST(SUM(w.late) AS SIGNED) AS late
FROM (SELECT m.node_id, COUNT(*) AS waiting, SUM(t.since <= :old) AS late
    FROM matter_turns t STRAIGHT_JOIN matters m ON m.noun = t.noun AND m.id = t.id
    WHERE t.desk_id IS NOT NULL AND t.part <> 'responder' AND t.opens_at <= :at GROUP BY m.node_id) w
  JOIN node_ancestors a ON a.node_id = w.node_id JOIN nodes c ON c.id = a.ancestor_id
WHERE c.parent_id = :node GROUP BY c.id;

-- What waits for staff at and below a node, whoever may decide it, the longest waiting first. What waits is read first:
-- few of a place's matters do.
-- name: waiting_below
SELECT CASE WHEN t.noun = 'service_record' THEN 'service' WHEN t.noun <> 'claim' THEN t.noun
    WHEN t.part = 'recorder' THEN 'callback' WHEN m.status = 'requested' THEN 'claim' ELSE 'dispute' END AS kind, t.id,
  CASE t.noun WHEN 'wish' THEN t.id WHEN 'claim' THEN m.of_id ELSE 0 END AS wish_id, t.noun, t.since
FROM matter_turns t STRAIGHT_JOIN matters m ON m.noun = t.noun AND m.id = t.id
  JOIN node_ancestors s ON s.node_id = m.node_id AND s.ancestor_id = :node
WHERE t.desk_id IS NOT NULL AND t.part <> 'responder' AND t.opens_at <= :at
ORDER BY t.since, kind, t.id LIMIT :limit;

-- What matters are called; a report-in as its unit.
-- name: titles
SELECT m.noun, m.id, COALESCE(u.name, NULLIF(m.title, ''), o.title, '') AS title
FROM matters m LEFT JOIN matters o ON o.noun = m.of_noun AND o.id = m.of_id
  LEFT JOIN memberships r ON m.noun = 'membership' AND r.id = m.id LEFT JOIN nodes u ON u.id = r.unit_id
WHERE m.noun IN (:nouns) AND m.id IN (:ids);

-- The wishes that were fulfilled since a time, by the place right below a node.
-- name: fulfilled_below
SELECT n.id AS place_id, COUNT(*) AS wishes
FROM nodes n JOIN node_ancestors a ON a.ancestor_id = n.id JOIN wishes w ON w.node_id = a.node_id
  JOIN claims c ON c.wish_id = w.id
WHERE n.parent_id = :node AND w.status = 'fulfilled' AND c.status = 'confirmed' AND c.confirmed_at >= :since
GROUP BY n.id;

-- Who read contact data at and below a node, without the data.
-- name: reads_below
SELECT r.id, r.read_at, r.reason, u.display_name AS reader, COALESCE(g.role, '') AS role, COALESCE(p.name, '') AS place,
  w.id AS wish_id, w.year, w.number, n.name AS node_name
FROM contact_reads r FORCE INDEX (PRIMARY) JOIN wishes w ON r.noun = 'wish' AND w.id = r.subject_id
  JOIN users u ON u.id = r.reader_id JOIN nodes n ON n.id = w.node_id
  LEFT JOIN grants_in_force g ON g.id = r.grant_id
  LEFT JOIN nodes p ON p.id = g.node_id
WHERE r.id < :before
  AND EXISTS (SELECT 1 FROM node_ancestors a WHERE a.node_id = w.node_id AND a.ancestor_id = :node)
ORDER BY r.id DESC LIMIT :limit;

-- What a unit's members did in a span, by the stamps that their deeds carry: who belonged to it for a part of it.
-- name: unit
SELECT u.id AS user_id, u.display_name AS name, MAX(m.name_label) AS name_label, MAX(n.name) AS place,
  (SELECT COUNT(*) FROM points_accounts a JOIN points_transfers t ON t.cause_account_id = a.id
    WHERE a.user_id = u.id AND t.unit = 'points' AND t.kind = 'earn' AND t.cause_rule = 'wish_fulfilled'
      AND t.unit_id = :unit AND t.deed_at >= :from AND t.deed_at < :until
      AND NOT EXISTS (SELECT 1 FROM points_transfers x WHERE x.corrects_id = t.id)) AS wishes,
  (SELECT CAST(COALESCE(SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END), 0) AS SIGNED)
    FROM points_accounts a JOIN points_transfers t ON t.cause_account_id = a.id
    WHERE a.user_id = u.id AND t.unit = 'points' AND t.kind IN ('earn', 'correct') AND t.unit_id = :unit
      AND t.deed_at >= :from AND t.deed_at < :until) AS points,
  (SELECT CAST(COALESCE(SUM(r.minutes), 0) AS SIGNED) FROM service_records r WHERE r.user_id = u.id
    AND r.status = 'credited' AND r.unit_id = :unit AND r.started_at >= :from AND r.started_at < :until) AS minutes,
  (SELECT COUNT(DISTINCT r.activity_id) FROM service_records r WHERE r.user_id = u.id AND r.status = 'credited'
    AND r.minutes > 0 AND r.unit_id = :unit AND r.started_at >= :from AND r.started_at < :until) AS activities
FROM memberships m JOIN users u ON u.id = m.user_id JOIN nodes n ON n.id = m.node_id
WHERE m.unit_id = :unit AND m.approved_at < :until AND (m.ended_at IS NULL OR m.ended_at >= :from)
GROUP BY u.id, u.display_name ORDER BY name, u.id LIMIT :limit;
