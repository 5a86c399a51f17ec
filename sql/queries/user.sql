-- name: by_open_id
SELECT id, display_name, home_node_id, elder_view, show_on_boards, created_at FROM users WHERE open_id = :open_id;

-- name: by_id
SELECT id, display_name, home_node_id, elder_view, show_on_boards, created_at FROM users WHERE id = :id;

-- name: add
INSERT INTO users (id, open_id, display_name, home_node_id, elder_view, show_on_boards, created_at)
VALUES (:id, :open_id, :display_name, :home_node_id, :elder_view, :show_on_boards, :at);

-- name: update
UPDATE users SET display_name = :display_name, home_node_id = :home_node_id, elder_view = :elder_view,
  show_on_boards = :show_on_boards
WHERE id = :id;

-- name: lock
SELECT id, display_name, home_node_id, elder_view, show_on_boards, created_at FROM users WHERE id = :id FOR UPDATE;

-- name: active_membership
SELECT id, user_id, node_id, unit_id, status FROM memberships WHERE active_user_id = :user;

-- name: active_membership_for_update
SELECT id, user_id, node_id, unit_id, status FROM memberships WHERE active_user_id = :user FOR UPDATE;

-- name: add_membership
INSERT INTO memberships (id, user_id, node_id, unit_id, real_name, status, requested_at, decided_at, version)
VALUES (:id, :user_id, :node_id, :unit_id, :real_name, :status, :at, :at, 2);
