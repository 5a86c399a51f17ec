-- An activity.
-- fragment: activity
a.series_id, a.title, a.description, a.place_name, a.lat, a.lng, a.radius_meters, a.starts_at, a.ends_at,
  a.signup_until, a.quota, a.skills, a.health, a.is_insured, a.status, a.confirmed, a.waiting, a.last_place,
  a.created_by, a.created_at, a.published_at, a.settled_at, a.settled_by, a.version

-- What the reader is to it.
-- fragment: own
COALESCE(s.id, 0) AS own_id, COALESCE(s.status, '') AS own_status, COALESCE(s.place, 0) AS own_place,
  COALESCE(r.role, '') AS own_role

-- Its team and place, and the reader's sign-up and role.
-- fragment: around
JOIN teams t ON t.id = a.team_id JOIN nodes n ON n.id = a.node_id
  LEFT JOIN signups s ON s.activity_id = a.id AND s.live_signup_user_id = :user
  LEFT JOIN team_members r ON r.team_id = a.team_id AND r.live_team_user_id = :user AND r.status = 'active'

-- A sign-up.
-- fragment: signup
s.id, s.activity_id, s.user_id, (SELECT u.display_name FROM users u WHERE u.id = s.user_id) AS display_name,
  s.status, s.place, s.recorder_id, s.is_late, s.cancelled_at, s.skipped_for, s.reminded_at, s.created_at, s.version

-- name: add
INSERT INTO activities (id, team_id, node_id, series_id, title, description, place_name, lat, lng, radius_meters,
  starts_at, ends_at, signup_until, quota, skills, health, is_insured, status, created_by, created_at, published_at,
  version)
VALUES (:id, :team_id, :node_id, :series_id, :title, :description, :place_name, :lat, :lng, :radius_meters,
  :starts_at, :ends_at, :signup_until, :quota, :skills, :health, :is_insured, :status, :created_by, :created_at,
  :published_at, :version);

-- name: save
UPDATE activities SET title = :title, description = :description, place_name = :place_name, lat = :lat, lng = :lng,
  radius_meters = :radius_meters, starts_at = :starts_at, ends_at = :ends_at, signup_until = :signup_until,
  quota = :quota, skills = :skills, health = :health, is_insured = :is_insured, status = :status,
  confirmed = :confirmed, waiting = :waiting, published_at = :published_at, settled_at = :settled_at,
  settled_by = :settled_by, version = version + 1
WHERE id = :id AND version = :version;

-- The counters of its sign-ups, which move without an event of the activity's own.
-- name: save_counters
UPDATE activities SET confirmed = :confirmed, waiting = :waiting, last_place = :last_place, quota = :quota
WHERE id = :id;

-- name: by_id
SELECT a.id, a.team_id, t.name AS team_name, a.node_id, n.name AS node_name,
  {{activity}},
  {{own}},
  (SELECT COUNT(*) FROM signups b WHERE s.status = 'waitlisted' AND b.activity_id = a.id AND b.status = 'waitlisted'
    AND b.place < s.place) AS own_ahead,
  COALESCE((SELECT IF(SUM(p.out_at IS NULL) > 0, 'inside', 'gone') FROM attendances p WHERE p.activity_id = a.id
    AND p.user_id = :user HAVING COUNT(*) > 0), '') AS own_presence
FROM activities a {{around}}
WHERE a.id = :activity;

-- name: lock
SELECT a.id, a.team_id, (SELECT t.name FROM teams t WHERE t.id = a.team_id) AS team_name, a.node_id,
  (SELECT n.name FROM nodes n WHERE n.id = a.node_id) AS node_name,
  {{activity}}
FROM activities a WHERE a.id = :activity FOR UPDATE;

-- Pages go by the time of the start. The indexes are named as those of wishes are.
-- name: page_all
SELECT a.id, a.team_id, t.name AS team_name, a.node_id, n.name AS node_name,
  {{activity}},
  {{own}}
FROM activities a FORCE INDEX (activities_hall) {{around}}
WHERE a.status = :status AND a.node_id NOT IN (SELECT r.node_id FROM review_nodes r)
  AND a.starts_at < :until AND a.starts_at >= :since AND (a.starts_at > :since OR a.id > :after)
ORDER BY a.starts_at, a.id LIMIT :limit;

-- name: page_nodes
SELECT a.id, a.team_id, t.name AS team_name, a.node_id, n.name AS node_name,
  {{activity}},
  {{own}}
FROM activities a FORCE INDEX (activities_hall) {{around}}
WHERE a.node_id IN (:nodes) AND a.status = :status
  AND a.starts_at < :until AND a.starts_at >= :since AND (a.starts_at > :since OR a.id > :after)
ORDER BY a.starts_at, a.id LIMIT :limit;

-- name: page_node
SELECT a.id, a.team_id, t.name AS team_name, a.node_id, n.name AS node_name,
  {{activity}},
  {{own}}
FROM activities a FORCE INDEX (activities_node) {{around}}
WHERE a.node_id = :node AND a.status = :status
  AND a.starts_at < :until AND a.starts_at >= :since AND (a.starts_at > :since OR a.id > :after)
ORDER BY a.starts_at, a.id LIMIT :limit;

-- name: page_team
SELECT a.id, a.team_id, t.name AS team_name, a.node_id, n.name AS node_name,
  {{activity}},
  {{own}}
FROM activities a FORCE INDEX (activities_team) {{around}}
WHERE a.team_id = :team AND (a.status = :status OR :status = '' AND a.status <> 'draft')
  AND a.starts_at < :until AND a.starts_at >= :since AND (a.starts_at > :since OR a.id > :after)
ORDER BY a.starts_at, a.id LIMIT :limit;

-- Activities for which the person has signed up.
-- name: page_mine
SELECT a.id, a.team_id, t.name AS team_name, a.node_id, n.name AS node_name,
  {{activity}},
  {{own}},
  COALESCE((SELECT IF(SUM(p.out_at IS NULL) > 0, 'inside', 'gone') FROM attendances p WHERE p.activity_id = a.id
    AND p.user_id = :user HAVING COUNT(*) > 0), '') AS own_presence
FROM signups s FORCE INDEX (signups_user) JOIN activities a ON a.id = s.activity_id JOIN teams t ON t.id = a.team_id
  JOIN nodes n ON n.id = a.node_id
  LEFT JOIN team_members r ON r.team_id = a.team_id AND r.live_team_user_id = :user AND r.status = 'active'
WHERE s.user_id = :user AND s.status IN ('confirmed', 'waitlisted', 'attended', 'absent')
  AND (:status = '' OR a.status = :status)
  AND a.starts_at < :until AND a.starts_at >= :since AND (a.starts_at > :since OR a.id > :after)
ORDER BY a.starts_at, a.id LIMIT :limit;

-- name: team
SELECT t.id, t.node_id, n.name AS node_name, t.name, t.status FROM teams t JOIN nodes n ON n.id = t.node_id
WHERE t.id = :team;

-- name: role
SELECT role FROM team_members WHERE team_id = :team AND live_team_user_id = :user AND status = 'active';

-- name: role_by_activity
SELECT m.role FROM activities a JOIN team_members m ON m.team_id = a.team_id AND m.live_team_user_id = :user
WHERE a.id = :activity AND m.status = 'active';

-- Somebody who signs up, or who is in the team and is signed up by who leads it.
-- name: person
SELECT u.display_name FROM users u WHERE u.id = :user AND (:user = :actor OR EXISTS (SELECT 1 FROM activities a
  JOIN team_members m ON m.team_id = a.team_id AND m.live_team_user_id = :user AND m.status = 'active'
  WHERE a.id = :activity));

-- Other published activities at the same time, in which the person has a place.
-- name: elsewhere
SELECT s.user_id, b.id, b.title, b.starts_at, b.ends_at
FROM activities a JOIN signups s FORCE INDEX (signups_user) ON s.user_id = :user AND s.status = 'confirmed'
  JOIN activities b ON b.id = s.activity_id AND b.id <> a.id AND b.status = 'published'
    AND b.starts_at < a.ends_at AND b.ends_at > a.starts_at
WHERE a.id = :activity ORDER BY b.starts_at, b.id LIMIT 1;

-- The activity for which a person who waits was passed over, while they have a place there.
-- name: passed_for
SELECT s.user_id, b.id, b.title, b.starts_at, b.ends_at
FROM signups s JOIN activities b ON b.id = s.skipped_for AND b.status = 'published'
  JOIN signups o ON o.activity_id = b.id AND o.live_signup_user_id = s.user_id AND o.status = 'confirmed'
WHERE s.activity_id = :activity AND s.live_signup_user_id = :user AND s.status = 'waitlisted';

-- What `elsewhere` tells, of several people.
-- name: elsewhere_of
SELECT s.user_id, b.id, b.title, b.starts_at, b.ends_at
FROM activities a JOIN signups s FORCE INDEX (signups_user) ON s.user_id IN (:users) AND s.status = 'confirmed'
  JOIN activities b ON b.id = s.activity_id AND b.id <> a.id AND b.status = 'published'
    AND b.starts_at < a.ends_at AND b.ends_at > a.starts_at
WHERE a.id = :activity ORDER BY s.user_id, b.starts_at, b.id;

-- Activities to come with a free place for somebody who waits and has no other at that time.
-- name: vacant
SELECT a.id FROM activities a FORCE INDEX (activities_hall)
WHERE a.status = 'published' AND a.starts_at > :now AND a.waiting > 0 AND a.confirmed < a.quota
  AND EXISTS (SELECT 1 FROM signups w WHERE w.activity_id = a.id AND w.status = 'waitlisted' AND NOT EXISTS (SELECT 1
    FROM signups s JOIN activities b ON b.id = s.activity_id AND b.id <> a.id AND b.status = 'published'
      AND b.starts_at < a.ends_at AND b.ends_at > a.starts_at
    WHERE s.user_id = w.user_id AND s.status = 'confirmed'))
ORDER BY a.starts_at, a.id LIMIT :limit;

-- How many check-ins there are.
-- name: came
SELECT COUNT(*) FROM attendances WHERE activity_id = :activity;

-- name: add_signup
INSERT INTO signups (id, activity_id, user_id, status, place, recorder_id, created_at)
VALUES (:id, :activity_id, :user_id, :status, :place, :recorder_id, :created_at);

-- name: save_signup
UPDATE signups SET status = :status, is_late = :is_late, cancelled_at = :cancelled_at, skipped_for = :skipped_for,
  reminded_at = :reminded_at, version = version + 1
WHERE id = :id AND version = :version;

-- name: signup_of
SELECT {{signup}}
FROM signups s WHERE s.activity_id = :activity AND s.live_signup_user_id = :user;

-- name: lock_signup_of
SELECT {{signup}}
FROM signups s WHERE s.activity_id = :activity AND s.live_signup_user_id = :user FOR UPDATE;

-- Those who wait behind a place, in the order in which they came.
-- name: lock_waiting
SELECT {{signup}}
FROM signups s FORCE INDEX (signups_order) WHERE s.activity_id = :activity AND s.status = 'waitlisted'
  AND s.place > :after
ORDER BY s.place LIMIT :limit FOR UPDATE;

-- name: mark
UPDATE signups SET status = :status, cancelled_at = CASE WHEN :status = 'cancelled' THEN :at ELSE cancelled_at END,
  version = version + 1
WHERE id IN (:signups);

-- The later activities of a series that can still change.
-- name: lock_later
SELECT a.id, a.team_id, (SELECT t.name FROM teams t WHERE t.id = a.team_id) AS team_name, a.node_id,
  (SELECT n.name FROM nodes n WHERE n.id = a.node_id) AS node_name,
  {{activity}}
FROM activities a WHERE a.series_id = :series AND a.starts_at > :after AND a.status IN ('draft', 'published')
ORDER BY a.id LIMIT 200 FOR UPDATE;

-- name: lock_live
SELECT {{signup}}
FROM signups s WHERE s.activity_id = :activity AND s.status IN ('confirmed', 'waitlisted') ORDER BY s.place FOR UPDATE;

-- Who is in an activity or waits.
-- name: people
SELECT user_id FROM signups WHERE activity_id = :activity AND status IN ('confirmed', 'waitlisted') ORDER BY place;

-- name: leading
SELECT m.user_id FROM activities a JOIN team_members m ON m.team_id = a.team_id
WHERE a.id = :activity AND m.status = 'active' AND m.role IN ('leader', 'deputy') ORDER BY m.id;

-- name: cancel_signups
UPDATE signups SET status = 'cancelled', cancelled_at = :at, version = version + 1
WHERE activity_id = :activity AND status IN ('confirmed', 'waitlisted');

-- name: team_of
SELECT t.id, t.node_id, n.name AS node_name, t.name, t.status FROM activities a JOIN teams t ON t.id = a.team_id
  JOIN nodes n ON n.id = t.node_id
WHERE a.id = :activity;

-- name: add_series
INSERT INTO activity_series (id, team_id, every, first_at, until_at, made_until, template, created_by, ended_at)
VALUES (:id, :team_id, :every, :first_at, :until_at, :made_until, :template, :created_by, :ended_at);

-- name: save_series
UPDATE activity_series SET first_at = :first_at, until_at = :until_at, made_until = :made_until, template = :template,
  ended_at = :ended_at, version = version + 1
WHERE id = :id AND version = :version;

-- name: lock_series
SELECT id, team_id, every, first_at, until_at, made_until, template, created_by, ended_at, version
FROM activity_series WHERE id = :series FOR UPDATE;

-- name: lock_series_of
SELECT id, team_id, every, first_at, until_at, made_until, template, created_by, ended_at, version
FROM activity_series WHERE id = (SELECT a.series_id FROM activities a WHERE a.id = :activity) FOR UPDATE;

-- name: due_series
SELECT id FROM activity_series WHERE ended_at IS NULL AND made_until < :before ORDER BY made_until LIMIT :limit;

-- Activities that begin soon, with people who signed up earlier than that and were not reminded.
-- name: to_remind
SELECT a.id FROM activities a FORCE INDEX (activities_hall)
WHERE a.status = 'published' AND a.starts_at > :now AND a.starts_at <= :soon AND EXISTS (SELECT 1 FROM signups s
  WHERE s.activity_id = a.id AND s.status = 'confirmed' AND s.reminded_at IS NULL
    AND s.created_at <= a.starts_at - INTERVAL 1 DAY)
ORDER BY a.starts_at, a.id LIMIT :limit;

-- name: lock_unreminded
SELECT {{signup}}
FROM signups s WHERE s.activity_id = :activity AND s.status = 'confirmed' AND s.reminded_at IS NULL
  AND s.created_at <= :since
ORDER BY s.place FOR UPDATE;

-- name: remind
UPDATE signups SET reminded_at = :at, version = version + 1 WHERE id IN (:signups);

-- name: calendar
SELECT token FROM calendars WHERE user_id = :user;

-- name: calendar_owner
SELECT user_id FROM calendars WHERE token_lookup IN (:lookups);

-- name: add_calendar
INSERT INTO calendars (user_id, token, token_lookup, made_at) VALUES (:user, :token, :lookup, :at);

-- name: end_calendar
DELETE FROM calendars WHERE user_id = :user;
