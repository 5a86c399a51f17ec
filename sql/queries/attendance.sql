-- An activity as the roll needs it, and what the asker is in its team.
-- name: activity
SELECT a.id, a.team_id, a.node_id, a.title, a.lat, a.lng, COALESCE(a.radius_meters, 0) AS radius, a.starts_at,
  a.ends_at, a.status, a.settled_at, a.version,
  COALESCE((SELECT m.role FROM team_members m WHERE m.team_id = a.team_id AND m.user_id = :user
    AND m.status = 'active'), '') AS role
FROM activities a WHERE a.id = :activity;

-- name: present
SELECT id, user_id, '' AS display_name, status, place, COALESCE(recorder_id, 0) AS recorder_id, version FROM signups
WHERE activity_id = :activity AND live_signup_user_id = :person;

-- name: lock_present
SELECT id, user_id, '' AS display_name, status, place, COALESCE(recorder_id, 0) AS recorder_id, version FROM signups
WHERE activity_id = :activity AND live_signup_user_id = :person FOR UPDATE;

-- name: pairs_of
SELECT id, activity_id, user_id, in_at, in_mode, in_received_at, in_distance, in_accuracy, out_at, out_mode,
  out_received_at, out_distance, out_accuracy, COALESCE(recorder_id, 0) AS recorder_id,
  COALESCE((SELECT v.radius_meters FROM activities v WHERE v.id = :activity), 0) AS radius
FROM attendances WHERE activity_id = :activity AND user_id = :person ORDER BY in_at, id;

-- name: check_in
INSERT INTO attendances (id, activity_id, user_id, in_at, in_mode, in_received_at, in_distance, in_accuracy,
  recorder_id)
VALUES (:id, :activity_id, :user_id, :in_at, :in_mode, :in_received_at, :in_distance, :in_accuracy,
  NULLIF(:recorder_id, 0));

-- name: check_out
UPDATE attendances SET out_at = :out_at, out_mode = :out_mode, out_received_at = :out_received_at,
  out_distance = :out_distance, out_accuracy = :out_accuracy, recorder_id = NULLIF(:recorder_id, 0)
WHERE id = :id AND out_at IS NULL;

-- Everybody with a place or waiting for one, and who gave theirs back late and is not on the roll again.
-- name: people
SELECT s.id, s.user_id, u.display_name, s.status, s.place, COALESCE(s.recorder_id, 0) AS recorder_id, s.cancelled_at,
  s.version, {{user.belongs}}
FROM signups s JOIN users u ON u.id = s.user_id
WHERE s.activity_id = :activity AND (s.status IN ('confirmed', 'waitlisted', 'attended', 'absent')
  OR s.is_late = 1 AND NOT EXISTS (SELECT 1 FROM signups x WHERE x.activity_id = s.activity_id
    AND x.user_id = s.user_id AND x.place > s.place))
ORDER BY s.status = 'cancelled', s.status = 'waitlisted', s.place LIMIT 2000;

-- name: pairs
SELECT id, activity_id, user_id, in_at, in_mode, in_received_at, in_distance, in_accuracy, out_at, out_mode,
  out_received_at, out_distance, out_accuracy, COALESCE(recorder_id, 0) AS recorder_id,
  COALESCE((SELECT v.radius_meters FROM activities v WHERE v.id = :activity), 0) AS radius
FROM attendances WHERE activity_id = :activity ORDER BY user_id, in_at, id;

-- What the settlement and what was decided since have recorded. Hours that were joined to an account are those of who
-- was there.
-- name: minutes
SELECT COALESCE(o.user_id, r.user_id) AS user_id, SUM(r.minutes) AS minutes
FROM service_records r LEFT JOIN service_records o ON o.id = r.origin_id
WHERE r.activity_id = :activity AND r.status IN ('recorded', 'confirmed', 'credited')
GROUP BY COALESCE(o.user_id, r.user_id);

-- Everybody with a place or waiting for one, locked: nobody checks in or out any more.
-- name: lock_people
SELECT s.id, s.user_id, (SELECT u.display_name FROM users u WHERE u.id = s.user_id) AS display_name, s.status, s.place,
  COALESCE(s.recorder_id, 0) AS recorder_id, s.version,
  (SELECT u.open_id IS NULL FROM users u WHERE u.id = s.user_id) AS no_phone
FROM signups s FORCE INDEX (signups_place)
WHERE s.activity_id = :activity AND s.status IN ('confirmed', 'waitlisted') ORDER BY s.place FOR UPDATE;

-- Time of those with a place for which they have service on other records.
-- name: busy
SELECT s.user_id, r.started_at AS from_at, r.ended_at AS until_at
FROM activities a JOIN signups s ON s.activity_id = a.id AND s.status = 'confirmed'
  JOIN service_records r ON r.user_id = s.user_id AND r.status IN ('confirmed', 'credited') AND r.minutes > 0
    AND r.started_at < a.ends_at AND r.ended_at > a.starts_at
WHERE a.id = :activity ORDER BY s.user_id, r.started_at;

-- Who was absent after all, or has given their place back, has not been there for any time.
-- name: close_pairs
UPDATE attendances SET out_at = IF(user_id IN (:came), GREATEST(in_at, :ends), in_at),
  out_mode = :mode, out_received_at = :at, recorder_id = :actor
WHERE activity_id = :activity AND out_at IS NULL;

-- How many people without a phone a leader may vouch for alone, from when on.
-- name: unseen_rules
SELECT since, people, percent FROM unseen_rules ORDER BY since DESC;
