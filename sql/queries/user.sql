-- name: by_open_id
SELECT id, display_name, home_node_id, elder_view, show_on_boards, phone_label, version, created_at
FROM users WHERE open_id = :open_id;

-- name: by_id
SELECT id, display_name, home_node_id, elder_view, show_on_boards, phone_label, version, created_at
FROM users WHERE id = :id;

-- name: add
INSERT INTO users (id, open_id, display_name, home_node_id, elder_view, show_on_boards, created_at)
VALUES (:id, :open_id, :display_name, :home_node_id, :elder_view, :show_on_boards, :at);

-- name: add_recorded
INSERT INTO users (id, open_id, recorded_by, display_name, elder_view, show_on_boards, created_at)
VALUES (:id, NULL, :recorder, :name, FALSE, FALSE, :at);

-- name: update
UPDATE users SET display_name = :display_name, home_node_id = :home_node_id, elder_view = :elder_view,
  show_on_boards = :show_on_boards, version = version + 1
WHERE id = :id;

-- name: lock
SELECT id, display_name, home_node_id, elder_view, show_on_boards, phone_label, version, created_at
FROM users WHERE id = :id FOR UPDATE;

-- name: active_membership
SELECT id, user_id, node_id, unit_id, name_label, status, requested_at, decided_at, escalated_at, version
FROM memberships WHERE active_user_id = :user;

-- name: active_membership_for_update
SELECT id, user_id, node_id, unit_id, name_label, status, requested_at, decided_at, escalated_at, version
FROM memberships WHERE active_user_id = :user FOR UPDATE;

-- name: lock_membership
SELECT id, user_id, node_id, unit_id, name_label, status, requested_at, decided_at, escalated_at, version
FROM memberships WHERE id = :membership FOR UPDATE;

-- name: lock_active_of_same
SELECT id, user_id, node_id, unit_id, name_label, status, requested_at, decided_at, escalated_at, version
FROM memberships WHERE active_user_id = (SELECT m.user_id FROM memberships m WHERE m.id = :membership) FOR UPDATE;

-- name: in_roster
SELECT COUNT(*) FROM roster WHERE unit_id = :unit AND name_lookup IN (:names);

-- name: add_membership
INSERT INTO memberships (id, user_id, node_id, unit_id, real_name, name_label, status, requested_at, decided_at,
  version)
VALUES (:id, :user_id, :node_id, :unit_id, :real_name, :name_label, :status, :requested_at, :decided_at, :version);

-- name: save_membership
UPDATE memberships SET status = :status, decided_at = :decided_at, escalated_at = :escalated_at, version = version + 1
WHERE id = :id AND version = :version;

-- name: memberships_mine
SELECT m.id, m.user_id, m.node_id, n.name AS node_name, m.unit_id, un.name AS unit_name, m.name_label, m.status,
  m.requested_at, m.decided_at, m.escalated_at, m.version
FROM memberships m FORCE INDEX (memberships_user) JOIN nodes n ON n.id = m.node_id JOIN nodes un ON un.id = m.unit_id
WHERE m.user_id = :user AND m.id < :before ORDER BY m.id DESC LIMIT :limit;

-- name: memberships_at
SELECT m.id, m.user_id, m.node_id, n.name AS node_name, m.unit_id, un.name AS unit_name, m.name_label, m.status,
  m.requested_at, m.decided_at, m.escalated_at, m.version
FROM memberships m FORCE INDEX (memberships_status) JOIN nodes n ON n.id = m.node_id JOIN nodes un ON un.id = m.unit_id
WHERE m.status = :status AND (m.node_id IN (:nodes) OR m.unit_id IN (:units)) AND m.id < :before
ORDER BY m.id DESC LIMIT :limit;

-- name: colleagues
SELECT u.id, u.display_name, n.name AS node_name
FROM memberships mine JOIN memberships m ON m.unit_id = mine.unit_id AND m.active_user_id <> mine.active_user_id
JOIN users u ON u.id = m.user_id JOIN nodes n ON n.id = m.node_id
WHERE mine.active_user_id = :user ORDER BY m.node_id <> mine.node_id, u.id LIMIT :limit;

-- name: waiting_memberships
SELECT id FROM memberships FORCE INDEX (memberships_status)
WHERE status = 'requested' AND requested_at <= :since AND escalated_at IS NULL ORDER BY id LIMIT :limit;

-- name: phone_owners
SELECT COUNT(*) FROM users WHERE phone_lookup IN (:lookups) AND id <> :id;

-- name: set_phone
UPDATE users SET phone = :phone, phone_lookup = :lookup, phone_label = :label, version = version + 1 WHERE id = :id;
