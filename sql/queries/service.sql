-- name: add
INSERT INTO service_records (id, user_id, activity_id, team_id, node_id, title, started_at, ended_at, minutes, note,
  source, status, recorder_id, corrects_id, member_node_id, unit_id, reviews, due, stage_node_id, is_offline, is_sample,
  recorded_at, credited_at, escalated_at, version)
VALUES (:id, :user_id, NULLIF(:activity_id, 0), NULLIF(:team_id, 0), :node_id, :title, :started_at, :ended_at, :minutes,
  :note, :source, :status, :recorder_id, NULLIF(:corrects_id, 0), :member_node_id, NULLIF(:unit_id, 0), :reviews, :due,
  :stage_node_id, :is_offline, :is_sample, :recorded_at, :credited_at, :escalated_at, :version);

-- What is confirmed of people on business days.
-- name: taken
SELECT r.id, r.user_id, u.display_name AS user_name, r.title, r.started_at, r.ended_at, r.minutes, r.status
FROM service_records r JOIN users u ON u.id = r.user_id
WHERE r.user_id IN (:users) AND r.status IN ('confirmed', 'credited') AND r.started_at >= :since
  AND r.started_at < :until
ORDER BY r.user_id, r.started_at, r.id;

-- Where people live, and their report-ins with the times from which to which they were active.
-- name: people
SELECT u.id AS user_id, u.display_name, COALESCE(u.home_node_id, 0) AS home_node_id, COALESCE(m.node_id, 0) AS node_id,
  COALESCE(m.unit_id, 0) AS unit_id, a.at AS since_at, l.at AS until_at
FROM users u LEFT JOIN memberships m ON m.user_id = u.id AND m.status IN ('active', 'left')
  LEFT JOIN events a ON a.noun = 'membership' AND a.subject_id = m.id AND a.name = 'approve'
  LEFT JOIN events l ON l.noun = 'membership' AND l.subject_id = m.id AND l.name = 'leave'
WHERE u.id IN (:users) ORDER BY u.id, m.id;
