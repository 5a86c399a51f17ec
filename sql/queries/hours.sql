-- What was done, by whose word.
-- fragment: what
r.title, r.started_at, r.ended_at, r.minutes, r.note, r.source, r.status, r.recorder_id

-- How far a record has come.
-- fragment: standing
r.member_node_id, COALESCE(r.unit_id, 0) AS unit_id, r.reviews, r.due, r.stage_node_id, r.is_offline, r.is_sample,
  r.is_unseen, r.recorded_at, r.credited_at, COALESCE(r.credit_event_id, 0) AS credit_event_id, r.escalated_at,
  r.version

-- A record's people and places.
-- fragment: whose
JOIN users u ON u.id = r.user_id JOIN users w ON w.id = r.recorder_id JOIN nodes n ON n.id = r.node_id
  LEFT JOIN teams t ON t.id = r.team_id

-- A record with the names of its people and places.
-- fragment: record
r.id, r.user_id, u.display_name AS user_name, COALESCE(r.activity_id, 0) AS activity_id,
  COALESCE(r.team_id, 0) AS team_id, COALESCE(t.name, '') AS team_name, r.node_id, n.name AS node_name,
  {{what}}, w.display_name AS recorder,
  COALESCE(r.corrects_id, 0) AS corrects_id, COALESCE(r.origin_id, 0) AS origin_id,
  COALESCE((SELECT p.user_id <> r.user_id FROM service_records p WHERE p.id = r.corrects_id), FALSE) AS is_moved,
  {{standing}}

-- name: add
INSERT INTO service_records (id, user_id, activity_id, team_id, node_id, title, started_at, ended_at, minutes, note,
  source, status, recorder_id, corrects_id, origin_id, member_node_id, unit_id, reviews, due, stage_node_id, is_offline,
  is_sample, is_unseen, recorded_at, credited_at, credit_event_id, escalated_at, version)
VALUES (:id, :user_id, NULLIF(:activity_id, 0), NULLIF(:team_id, 0), :node_id, :title, :started_at, :ended_at, :minutes,
  :note, :source, :status, :recorder_id, NULLIF(:corrects_id, 0), NULLIF(:origin_id, 0), :member_node_id,
  NULLIF(:unit_id, 0), :reviews, :due, :stage_node_id, :is_offline, :is_sample, :is_unseen, :recorded_at, :credited_at,
  NULLIF(:credit_event_id, 0), :escalated_at, :version);

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
  COALESCE(m.unit_id, 0) AS unit_id, m.approved_at AS since_at, m.ended_at AS until_at
FROM users u LEFT JOIN memberships m ON m.user_id = u.id AND m.approved_at IS NOT NULL
WHERE u.id IN (:users) ORDER BY u.id, m.id;

-- name: save
UPDATE service_records SET status = :status, reviews = :reviews, due = :due, stage_node_id = :stage_node_id,
  credited_at = :credited_at, credit_event_id = NULLIF(:credit_event_id, 0), escalated_at = :escalated_at,
  version = :version
WHERE id = :id AND version = :version - 1;

-- name: lock
SELECT r.id, r.user_id, COALESCE(r.activity_id, 0) AS activity_id, COALESCE(r.team_id, 0) AS team_id, r.node_id,
  {{what}},
  COALESCE(r.corrects_id, 0) AS corrects_id, COALESCE(r.origin_id, 0) AS origin_id,
  {{standing}}
FROM service_records r WHERE r.id = :record FOR UPDATE;

-- name: record
SELECT {{record}}, a.starts_at,
  a.ends_at
FROM service_records r {{whose}} LEFT JOIN activities a ON a.id = r.activity_id
WHERE r.id = :record;

-- name: mine
SELECT {{record}}
FROM service_records r FORCE INDEX (service_records_mine) {{whose}}
WHERE r.user_id = :user AND r.id < :before AND (:status = '' OR r.status = :status)
ORDER BY r.id DESC LIMIT :limit;

-- name: of_node
SELECT {{record}}
FROM service_records r FORCE INDEX (PRIMARY) {{whose}}
WHERE r.id < :before AND (:status = '' OR r.status = :status) AND (:sample = 0 OR r.is_sample = 1)
  AND EXISTS (SELECT 1 FROM node_ancestors a WHERE a.node_id = r.node_id AND a.ancestor_id = :node)
ORDER BY r.id DESC LIMIT :limit;

-- What a person has reported and nobody has confirmed.
-- name: reported
SELECT r.id, r.user_id, u.display_name AS user_name, r.title, r.started_at, r.ended_at, r.minutes, r.status
FROM service_records r JOIN users u ON u.id = r.user_id
WHERE r.user_id = :user AND r.status = 'recorded' AND r.source = 'self' AND r.started_at < :until
  AND r.ended_at > :since
ORDER BY r.started_at, r.id;

-- name: name
SELECT display_name FROM users WHERE id = :user;

-- Whether a person leads the record's team, alone or as a deputy.
-- name: leads
SELECT COUNT(*) FROM service_records r JOIN team_members m ON m.team_id = r.team_id
WHERE r.id = :record AND m.user_id = :user AND m.status = 'active' AND m.role IN ('leader', 'deputy');

-- name: add_reviews
INSERT INTO record_reviews (record_id, event_id, reviewer_id, grant_id) VALUES (:record, :event, :reviewer, :grant);

-- name: reviewers
SELECT reviewer_id FROM record_reviews WHERE record_id = :record ORDER BY event_id;

-- name: confirmed_by
SELECT DISTINCT reviewer_id FROM record_reviews WHERE record_id = :record AND grant_id IS NOT NULL ORDER BY reviewer_id;

-- What stands in the place of a record; another person's is not for whose it was.
-- name: corrected
SELECT r.id FROM service_records r JOIN service_records o ON o.id = r.corrects_id
WHERE r.corrects_id = :record AND (r.user_id = o.user_id OR o.user_id <> :user);

-- Records that nobody has decided about for long, and the next level was not told.
-- name: waiting
SELECT r.id FROM matter_turns t JOIN service_records r ON r.id = t.id
WHERE t.noun = 'service_record' AND t.part = 'decider' AND t.since <= :since AND r.escalated_at IS NULL
ORDER BY t.id LIMIT :limit;

-- An activity as staff look at its unseen people.
-- name: roll_activity
SELECT v.id, v.node_id, v.title, v.starts_at, v.ends_at, v.status, COALESCE(u.display_name, '') AS settled_by,
  (SELECT COUNT(*) FROM signups s WHERE s.activity_id = v.id AND s.status = 'attended') AS came
FROM activities v LEFT JOIN users u ON u.id = v.settled_by WHERE v.id = :activity;

-- What is recorded of an activity's people whom only who leads the team has seen.
-- name: unseen
SELECT {{record}}
FROM service_records r FORCE INDEX (service_records_activity) {{whose}}
WHERE r.activity_id = :activity AND r.is_unseen = 1 AND r.status <> 'corrected'
ORDER BY r.user_id, r.started_at, r.id LIMIT 2000;

-- name: unseen_reviewers
SELECT v.record_id, v.reviewer_id FROM service_records r JOIN record_reviews v ON v.record_id = r.id
WHERE r.activity_id = :activity AND r.is_unseen = 1 ORDER BY v.record_id, v.event_id;

-- name: credits
SELECT r.activity_id, r.credited_at, CAST(SUM(r.minutes) AS SIGNED) AS minutes FROM service_records r
WHERE r.activity_id IN (:activities) AND r.user_id = :user AND r.source = 'activity' AND r.credited_at IS NOT NULL
GROUP BY r.activity_id, r.credited_at;

-- Those of a report across midnight are with the first of its two records, and shown with both.
-- name: photos
SELECT m.id, m.owner_id, m.file, m.status, m.noun, r.id AS subject_id
FROM service_records r JOIN service_records f ON f.user_id = r.user_id AND f.source = 'self'
    AND f.recorded_at = r.recorded_at AND (f.id = r.id OR f.ended_at = r.started_at)
  JOIN media m ON m.noun = 'service_record' AND m.subject_id = f.id
WHERE r.id IN (:records) AND r.source = 'self' ORDER BY m.attached_at, m.position, m.id;

-- What a list of tasks shows of records: the day and the time (as words.Duration says it), too, and why one is looked
-- at before it is decided.
-- name: show
SELECT r.id, CONCAT(r.title, ' ', DATE_FORMAT(DATE_ADD(r.started_at, INTERVAL 8 HOUR), '%c月%e日'),
    CASE WHEN r.minutes >= 60 THEN CONCAT(' ', r.minutes DIV 60, ' 小时') ELSE '' END,
    CASE WHEN r.minutes < 60 THEN CONCAT(' ', r.minutes, ' 分钟')
      WHEN r.minutes MOD 60 > 0 THEN CONCAT(' ', r.minutes MOD 60, ' 分') ELSE '' END) AS title, u.display_name AS who,
  CASE WHEN r.is_unseen THEN 'unseen' WHEN r.is_sample THEN 'sample'
    WHEN EXISTS (SELECT 1 FROM texts t WHERE t.noun = 'record' AND t.subject_id = r.id AND t.verdict = 'waiting')
      THEN 'flagged'
    WHEN r.source = 'self' AND r.minutes > :long THEN 'long_report' ELSE '' END AS caution,
  CASE WHEN r.is_unseen THEN COALESCE(r.activity_id, 0) ELSE 0 END AS unseen_at
FROM service_records r JOIN users u ON u.id = r.user_id WHERE r.id IN (:ids);

-- Its texts that the check did not pass.
-- name: flagged
SELECT {{content.text}} FROM texts t WHERE t.noun = 'record' AND t.subject_id = :record AND t.verdict = 'waiting'
ORDER BY t.id;
