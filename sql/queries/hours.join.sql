-- Hours of a person that were joined to an account.
-- fragment: joined
j.id, j.person_id, p.display_name AS person_name, j.account_id, a.display_name AS account_name, j.node_id, j.status,
  j.joined_at, j.joined_by, j.undone_at, j.version
FROM hour_joins j JOIN users p ON p.id = j.person_id JOIN users a ON a.id = j.account_id

-- Counts a version of people whose hours are joined: the guard of a join, on a cluster too.
-- name: touch_people
UPDATE users SET version = version + 1 WHERE id IN (:people) ORDER BY id;

-- People, and the community that answers for who is written down: of the last service, or of the team.
-- name: join_people
SELECT u.id, u.display_name, u.open_id IS NULL AND u.recorded_by IS NOT NULL AS is_written_down,
  COALESCE(u.recorded_by, 0) AS recorded_by,
  COALESCE((SELECT w.display_name FROM users w WHERE w.id = u.recorded_by), '') AS recorder, u.version,
  COALESCE((SELECT r.node_id FROM service_records r FORCE INDEX (service_records_mine)
      WHERE r.user_id = u.id ORDER BY r.id DESC LIMIT 1),
    (SELECT t.node_id FROM team_members m JOIN teams t ON t.id = m.team_id
      WHERE m.user_id = u.id ORDER BY m.id DESC LIMIT 1), 0) AS node_id
FROM users u WHERE u.id IN (:people) ORDER BY u.id;

-- What a person has in a community that can be joined, and how much of it waits for who confirms it.
-- name: joinable
SELECT CAST(COALESCE(SUM(r.status = 'credited'), 0) AS SIGNED) AS records,
  CAST(COALESCE(SUM(CASE WHEN r.status = 'credited' THEN r.minutes ELSE 0 END), 0) AS SIGNED) AS minutes,
  CAST(COALESCE(SUM(r.status <> 'credited'), 0) AS SIGNED) AS waiting
FROM service_records r FORCE INDEX (service_records_user)
WHERE r.user_id = :person AND r.node_id = :node AND r.status IN ('recorded', 'confirmed', 'credited') AND r.minutes > 0;

-- name: lock_joinable
SELECT r.id, r.user_id, COALESCE(r.activity_id, 0) AS activity_id, COALESCE(r.team_id, 0) AS team_id, r.node_id,
  {{what}},
  COALESCE(r.corrects_id, 0) AS corrects_id, COALESCE(r.origin_id, 0) AS origin_id,
  {{standing}}
FROM service_records r FORCE INDEX (service_records_user)
WHERE r.user_id = :person AND r.node_id = :node AND r.status = 'credited' AND r.minutes > 0
ORDER BY r.started_at, r.id LIMIT :limit FOR UPDATE;

-- What an account has of the hours of a person, credited or on the way to it.
-- name: lock_joined
SELECT r.id, r.user_id, COALESCE(r.activity_id, 0) AS activity_id, COALESCE(r.team_id, 0) AS team_id, r.node_id,
  {{what}},
  COALESCE(r.corrects_id, 0) AS corrects_id, COALESCE(r.origin_id, 0) AS origin_id,
  {{standing}}
FROM service_records r
WHERE r.user_id = :account AND r.status IN ('recorded', 'confirmed', 'credited') AND r.minutes > 0
  AND r.origin_id IN (SELECT o.id FROM service_records o WHERE o.user_id = :person)
ORDER BY r.started_at, r.id FOR UPDATE;

-- Who wrote a person or their hours down.
-- name: recorders_of
SELECT r.recorder_id FROM service_records r WHERE r.user_id = :person
UNION SELECT u.recorded_by FROM users u WHERE u.id = :person AND u.recorded_by IS NOT NULL;

-- Who wrote a person's hours down, or confirmed them.
-- name: witnesses_of
SELECT r.recorder_id FROM service_records r WHERE r.user_id = :person
UNION SELECT u.recorded_by FROM users u WHERE u.id = :person AND u.recorded_by IS NOT NULL
UNION SELECT v.reviewer_id FROM service_records r JOIN record_reviews v ON v.record_id = r.id WHERE r.user_id = :person;

-- Teams of a person who is written down.
-- name: teams_of
SELECT t.name FROM team_members m JOIN teams t ON t.id = m.team_id WHERE m.user_id = :person AND m.status = 'active'
ORDER BY m.id LIMIT 20;

-- People with an account who belong to a community: by a report-in, a team or the home. Those of the person's own team
-- come first.
-- name: accounts
SELECT u.id, u.display_name, COALESCE(m.id, 0) AS membership_id, COALESCE(m.name_label, '') AS name_label,
  COALESCE(n.name, '') AS unit_name, EXISTS (SELECT 1 FROM team_members a JOIN team_members b ON b.team_id = a.team_id
    WHERE a.user_id = u.id AND a.status = 'active' AND b.user_id = :person) AS is_teammate
FROM (SELECT x.user_id FROM memberships x WHERE x.node_id = :node AND x.status = 'active'
    UNION SELECT y.user_id FROM teams t JOIN team_members y ON y.team_id = t.id AND y.status = 'active'
      WHERE t.node_id = :node
    UNION SELECT h.id FROM users h WHERE h.home_node_id = :node) c
  JOIN users u ON u.id = c.user_id AND u.open_id IS NOT NULL
  LEFT JOIN memberships m ON m.active_user_id = u.id AND m.node_id = :node LEFT JOIN nodes n ON n.id = m.unit_id
WHERE (:account = 0 OR u.id = :account) AND (:words = '' OR LOCATE(:words, u.display_name) > 0)
ORDER BY is_teammate DESC, u.id DESC LIMIT 30;

-- name: add_join
INSERT INTO hour_joins (id, person_id, account_id, node_id, status, joined_at, joined_by, undone_at, version)
VALUES (:id, :person_id, :account_id, :node_id, :status, :joined_at, :joined_by, :undone_at, :version);

-- name: save_join
UPDATE hour_joins SET status = :status, joined_by = :joined_by, undone_at = :undone_at, version = :version
WHERE id = :id AND version = :version - 1;

-- name: lock_join
SELECT id, person_id, account_id, node_id, status, joined_at, joined_by, undone_at, version FROM hour_joins
WHERE id = :join FOR UPDATE;

-- The join of a person that stands.
-- name: join_of
SELECT {{joined}}
WHERE j.joined_person_id = :person;

-- name: join_by_id
SELECT {{joined}} WHERE j.id = :join;

-- What an account has of a person's hours, and how much of it waits for a further review.
-- name: joined_sums
SELECT CAST(COALESCE(SUM(r.status = 'credited'), 0) AS SIGNED) AS records,
  CAST(COALESCE(SUM(CASE WHEN r.status = 'credited' THEN r.minutes ELSE 0 END), 0) AS SIGNED) AS minutes,
  CAST(COALESCE(SUM(r.status <> 'credited'), 0) AS SIGNED) AS waiting
FROM hour_joins j JOIN service_records o ON o.user_id = j.person_id
  JOIN service_records r ON r.origin_id = o.id AND r.user_id = j.account_id
    AND r.status IN ('recorded', 'confirmed', 'credited')
WHERE j.joined_person_id = :person;
