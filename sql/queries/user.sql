-- What tells a person from a namesake: the unit of the active report-in, or the community that they chose.
-- fragment: belongs
COALESCE((SELECT bn.name FROM memberships br JOIN nodes bn ON bn.id = br.unit_id WHERE br.active_user_id = u.id),
  (SELECT bh.name FROM nodes bh WHERE bh.id = u.home_node_id), '') AS belongs

-- name: by_open_id
SELECT id, display_name, home_node_id, elder_view, show_on_boards, phone_label, version, created_at,
  COALESCE(union_id, '') AS union_id
FROM users WHERE open_id = :open_id;

-- name: set_union_id
UPDATE users SET union_id = :union_id WHERE id = :id;

-- name: by_id
SELECT id, display_name, home_node_id, elder_view, show_on_boards, phone_label, version, created_at
FROM users WHERE id = :id AND status = 'active';

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
FROM users WHERE id = :id AND status = 'active' FOR UPDATE;

-- The number that WeChat says is the person's own.
-- name: phone
SELECT phone FROM users WHERE id = :id;

-- name: phone_owners
SELECT COUNT(*) FROM users WHERE phone_lookup IN (:lookups) AND id <> :id;

-- name: set_phone
UPDATE users SET phone = :phone, phone_lookup = :lookup, phone_label = :label, version = version + 1 WHERE id = :id;

-- name: number
SELECT number FROM person_numbers WHERE user_id = :user;

-- name: add_number
INSERT INTO person_numbers (user_id, number, made_at) VALUES (:user, :number, :at);

-- Whoever shows the number, with where they live and work.
-- name: by_number
SELECT u.id, u.display_name, COALESCE(h.name, '') AS home, COALESCE(n.name, '') AS unit
FROM person_numbers p JOIN users u ON u.id = p.user_id LEFT JOIN nodes h ON h.id = u.home_node_id
  LEFT JOIN memberships m ON m.active_user_id = u.id LEFT JOIN nodes n ON n.id = m.unit_id
WHERE p.number = :number;
