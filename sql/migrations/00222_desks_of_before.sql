-- +goose Up
-- What waits at desks that was there before their turns were.
INSERT INTO matter_turns (noun, id, part, person_id, team_id, desk_id, asker_id, since, opens_at, due)
  SELECT 'wish', w.id, 'decider', 0, NULL, w.node_id, NULL, w.submitted_at, w.submitted_at, NULL
  FROM wishes w WHERE w.status = 'submitted'
  UNION ALL SELECT 'claim', c.id, 'decider', 0, NULL, w.node_id, NULL, COALESCE(c.disputed_at, c.requested_at),
    COALESCE(c.disputed_at, c.requested_at), NULL
  FROM claims c JOIN wishes w ON w.id = c.wish_id
  WHERE c.status = 'requested' OR c.status = 'delivered' AND c.disputed_at IS NOT NULL
  UNION ALL SELECT 'claim', q.id, 'recorder', 0, NULL, q.node_id, NULL, q.since, q.since, NULL FROM (
    SELECT c.id, w.node_id, CASE WHEN c.asked_at IS NOT NULL THEN c.asked_at WHEN w.owner_id IS NULL THEN c.delivered_at
      ELSE DATE_ADD(c.delivered_at, INTERVAL 3 DAY) END AS since
    FROM claims c JOIN wishes w ON w.id = c.wish_id WHERE c.status = 'delivered' AND c.disputed_at IS NULL) q
  UNION ALL SELECT 'membership', m.id, 'decider', 0, NULL, m.node_id, NULL, m.requested_at, m.requested_at, NULL
  FROM memberships m WHERE m.status = 'requested'
  UNION ALL SELECT 'complaint', k.id, 'decider', 0, NULL, k.desk_id, NULL, k.asked_at, k.asked_at, NULL
  FROM complaints k WHERE k.status = 'open'
  UNION ALL SELECT 'service_record', r.id, 'decider', 0, NULL, r.stage_node_id, NULL, e.at, e.at, NULL
  FROM service_records r JOIN events e ON e.noun = 'service_record' AND e.subject_id = r.id
    AND e.version = r.version - (r.escalated_at IS NOT NULL)
  WHERE r.status IN ('recorded', 'confirmed')
  UNION ALL SELECT 'objection', o.id, 'decider', 0, NULL, o.node_id, NULL, o.created_at, o.created_at, NULL
  FROM objections o WHERE o.status = 'open';
