-- What each hand wrote down about others: the 500 with most minutes. No older row is looked at than may be as recent.
-- name: recorders_of_hours
SELECT r.recorder_id, COUNT(*) AS records, COUNT(DISTINCT r.user_id) AS people,
  CAST(SUM(r.minutes) AS SIGNED) AS minutes,
  CAST(SUM(COALESCE(r.minutes >= TIMESTAMPDIFF(MINUTE, v.starts_at, v.ends_at), 0)) AS SIGNED) AS full_length,
  CAST(SUM(TIMESTAMPDIFF(SECOND, r.ended_at, r.recorded_at) > :late) AS SIGNED) AS late
FROM node_ancestors a JOIN service_records r ON r.node_id = a.node_id
  LEFT JOIN activities v ON v.id = r.activity_id
WHERE a.ancestor_id = :node AND r.id >= :first AND r.recorded_at >= :since AND r.recorder_id <> r.user_id
  AND r.status IN ('recorded', 'confirmed', 'credited')
GROUP BY r.recorder_id ORDER BY minutes DESC LIMIT 500;

-- name: recorder_names
SELECT id AS recorder_id, display_name FROM users WHERE id IN (:people);

-- How many people each of these hands brought credited hours, and how many of them have neither a phone nor, in any of
-- those activities, a live check-in.
-- name: people_of_recorders
SELECT p.recorder_id, COUNT(*) AS credited, CAST(SUM(p.unseen) AS SIGNED) AS unseen
FROM (
  SELECT r.recorder_id, r.user_id, MIN(u.open_id IS NULL AND NOT EXISTS (SELECT 1 FROM live_check_ins c
    WHERE c.activity_id = r.activity_id AND c.user_id = r.user_id)) AS unseen
  FROM service_records r FORCE INDEX (service_records_recorder) JOIN users u ON u.id = r.user_id
    JOIN node_ancestors a ON a.node_id = r.node_id AND a.ancestor_id = :node
  WHERE r.recorder_id IN (:recorders) AND r.recorded_at >= :since AND r.recorder_id <> r.user_id
    AND r.status = 'credited'
  GROUP BY r.recorder_id, r.user_id
) p GROUP BY p.recorder_id;

-- From which share of people whom nobody else has seen a recorder is unusual at the time.
-- name: recorder_rule
SELECT people, percent FROM recorder_rules WHERE since <= :at ORDER BY since DESC LIMIT 1;

-- What each person recorded as the yeses of residents, counted by the claimants whose deeds they were.
-- name: recorders_of_yeses
SELECT t.recorder_id, CAST(SUM(t.yeses) AS SIGNED) AS yeses, COUNT(*) AS claimants,
  MAX(t.yeses) AS most, CAST(SUM(t.by_phone) AS SIGNED) AS by_phone, CAST(SUM(t.checked) AS SIGNED) AS checked,
  CAST(SUM(t.denied) AS SIGNED) AS denied
FROM (
  SELECT y.recorder_id, c.claimant_id, COUNT(*) AS yeses, SUM(y.how = 'phone') AS by_phone,
    SUM(y.stood IS NOT NULL) AS checked, SUM(COALESCE(NOT y.stood, 0)) AS denied
  FROM node_ancestors a JOIN wishes w ON w.node_id = a.node_id JOIN claims c ON c.wish_id = w.id
    JOIN recorded_yeses y ON y.claim_id = c.id
  WHERE a.ancestor_id = :node AND y.recorded_at >= :since GROUP BY y.recorder_id, c.claimant_id
) t
GROUP BY t.recorder_id ORDER BY yeses DESC, t.recorder_id LIMIT 500;
