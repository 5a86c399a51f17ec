-- A team with its leader.
-- fragment: team
t.id, t.node_id, n.name AS node_name, t.name, t.intro, t.status, t.created_at, t.version,
  (SELECT COUNT(*) FROM team_members m WHERE m.team_id = t.id AND m.status = 'active') AS members,
  COALESCE(l.user_id, 0) AS leader_id, COALESCE(u.display_name, '') AS leader_name
FROM teams t JOIN nodes n ON n.id = t.node_id LEFT JOIN team_members l ON l.leading_team_id = t.id
  LEFT JOIN users u ON u.id = l.user_id

-- A member, as one row is locked: the name in a query of its own.
-- fragment: member
m.id, m.team_id, m.user_id, (SELECT u.display_name FROM users u WHERE u.id = m.user_id) AS display_name, m.role,
  m.status, m.recorder_id, m.inviter_id, m.requested_at, m.decided_at, m.version

-- name: add
INSERT INTO teams (id, node_id, name, intro, invite_code, invite_sealed, status, created_at)
VALUES (:id, :node_id, :name, :intro, :invite_code, :invite_sealed, :status, :created_at);

-- name: save
UPDATE teams SET name = :name, intro = :intro, status = :status, version = version + 1
WHERE id = :id AND version = :version;

-- name: by_id
SELECT {{team}}
WHERE t.id = :team;

-- name: lock
SELECT t.id, t.node_id, (SELECT n.name FROM nodes n WHERE n.id = t.node_id) AS node_name, t.name, t.intro, t.status,
  t.created_at, t.version,
  (SELECT COUNT(*) FROM team_members m WHERE m.team_id = t.id AND m.status = 'active') AS members,
  COALESCE((SELECT l.user_id FROM team_members l WHERE l.leading_team_id = t.id), 0) AS leader_id,
  COALESCE((SELECT u.display_name FROM team_members l JOIN users u ON u.id = l.user_id
    WHERE l.leading_team_id = t.id), '') AS leader_name
FROM teams t WHERE t.id = :team FOR UPDATE;

-- name: lock_of_member
SELECT t.id, t.node_id, (SELECT n.name FROM nodes n WHERE n.id = t.node_id) AS node_name, t.name, t.intro, t.status,
  t.created_at, t.version, 0 AS members, 0 AS leader_id, '' AS leader_name
FROM teams t WHERE t.id = (SELECT m.team_id FROM team_members m WHERE m.id = :member) FOR UPDATE;

-- Teams at a node and below, the newest first.
-- name: page
SELECT {{team}}
WHERE t.status = 'active' AND t.id < :before
  AND (:node = 0 OR EXISTS (SELECT 1 FROM node_ancestors a WHERE a.node_id = t.node_id AND a.ancestor_id = :node))
  AND (:node <> 0 OR t.node_id NOT IN (SELECT r.node_id FROM review_nodes r))
ORDER BY t.id DESC LIMIT :limit;

-- Teams that the person is in or has asked to join.
-- name: page_mine
SELECT t.id, t.node_id, n.name AS node_name, t.name, t.intro, t.status, t.created_at, t.version,
  (SELECT COUNT(*) FROM team_members m WHERE m.team_id = t.id AND m.status = 'active') AS members,
  COALESCE(l.user_id, 0) AS leader_id, COALESCE(u.display_name, '') AS leader_name, mine.role AS own_role
FROM team_members mine JOIN teams t ON t.id = mine.team_id JOIN nodes n ON n.id = t.node_id
  LEFT JOIN team_members l ON l.leading_team_id = t.id LEFT JOIN users u ON u.id = l.user_id
WHERE mine.user_id = :user AND mine.status IN ('requested', 'active') AND t.id < :before
ORDER BY t.id DESC LIMIT :limit;

-- name: add_member
INSERT INTO team_members (id, team_id, user_id, role, status, recorder_id, inviter_id, requested_at, decided_at)
VALUES (:id, :team_id, :user_id, :role, :status, :recorder_id, :inviter_id, :requested_at, :decided_at);

-- name: save_member
UPDATE team_members SET role = :role, status = :status, decided_at = :decided_at, version = version + 1
WHERE id = :id AND version = :version;

-- name: by_code
SELECT id FROM teams WHERE invite_code IN (:codes) AND status = 'active';

-- name: role
SELECT role FROM team_members WHERE team_id = :team AND live_team_user_id = :user AND status = 'active';

-- name: role_by_member
SELECT r.role FROM team_members m JOIN team_members r ON r.team_id = m.team_id AND r.live_team_user_id = :user
WHERE m.id = :member AND r.status = 'active';

-- name: member_of
SELECT {{member}},
  COALESCE((SELECT u.display_name FROM users u WHERE u.id = m.inviter_id), '') AS inviter
FROM team_members m WHERE m.team_id = :team AND m.live_team_user_id = :user;

-- name: lock_member_of
SELECT {{member}}
FROM team_members m WHERE m.team_id = :team AND m.live_team_user_id = :user FOR UPDATE;

-- name: lock_member
SELECT {{member}}
FROM team_members m WHERE m.id = :member FOR UPDATE;

-- name: lock_invited
SELECT {{member}}
FROM team_members m WHERE m.team_id = :team AND m.live_team_user_id = :user AND m.status = 'invited' FOR UPDATE;

-- Whom a number belongs to, or a colleague of the person's own unit.
-- name: guest
SELECT u.id AS user_id, u.display_name FROM person_numbers p JOIN users u ON u.id = p.user_id WHERE p.number = :number
UNION
SELECT u.id, u.display_name FROM memberships mine JOIN memberships m ON m.unit_id = mine.unit_id
  JOIN users u ON u.id = m.user_id
WHERE mine.active_user_id = :user AND m.active_user_id = :colleague;

-- name: asked_to_lead
SELECT COUNT(*) FROM team_members WHERE team_id = :team AND status = 'invited' AND role = 'leader';

-- name: leading_by_member
SELECT m.id, m.team_id, m.user_id, u.display_name, m.role, m.status, m.recorder_id, m.inviter_id, m.requested_at,
  m.decided_at, m.version
FROM team_members i JOIN team_members m ON m.team_id = i.team_id JOIN users u ON u.id = m.user_id
WHERE i.id = :member AND m.status = 'active' AND m.role IN ('leader', 'deputy')
ORDER BY m.role = 'deputy', m.id;

-- Leader and deputies, the leader first.
-- name: leading
SELECT m.id, m.team_id, m.user_id, u.display_name, m.role, m.status, m.recorder_id, m.inviter_id, m.requested_at,
  m.decided_at, m.version
FROM team_members m JOIN users u ON u.id = m.user_id
WHERE m.team_id = :team AND m.status = 'active' AND m.role IN ('leader', 'deputy')
ORDER BY m.role = 'deputy', m.id;

-- name: members
SELECT m.id, m.team_id, m.user_id, u.display_name, m.role, m.status, m.recorder_id, m.inviter_id, m.requested_at,
  m.decided_at, m.version, {{user.belongs}}
FROM team_members m FORCE INDEX (team_members_team) JOIN users u ON u.id = m.user_id
WHERE m.team_id = :team AND m.status = :status AND m.id > :after
ORDER BY m.id LIMIT :limit;

-- name: invite_code
SELECT id, invite_code, invite_sealed FROM teams WHERE id = :team;

-- name: renew
UPDATE teams SET invite_code = :invite_code, invite_sealed = :invite_sealed WHERE id = :id;

-- name: person
SELECT display_name FROM users WHERE id = :user;

-- Activities that end only when they are settled or cancelled.
-- name: running
SELECT COUNT(*) FROM activities WHERE team_id = :team AND status = 'published';

-- name: minutes
SELECT CAST(COALESCE(SUM(r.minutes), 0) AS SIGNED) FROM activities a JOIN service_records r ON r.activity_id = a.id
WHERE a.team_id = :team AND r.status = 'credited';

-- name: members_among
SELECT {{member}}
FROM team_members m WHERE m.team_id = :team AND m.live_team_user_id IN (:users) AND m.status = 'active'
ORDER BY m.id FOR UPDATE;

-- Codes from before they were sealed.
-- name: plain_codes
SELECT id, invite_code, invite_sealed FROM teams WHERE invite_sealed IS NULL ORDER BY id LIMIT 200;

-- name: seal_code
UPDATE teams SET invite_code = :invite_code, invite_sealed = :invite_sealed WHERE id = :id AND invite_sealed IS NULL;
