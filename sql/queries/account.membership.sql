-- What an account has of report-ins (internal/account/membership.go).

-- name: live_memberships
SELECT id FROM memberships WHERE user_id = :user AND status IN ('requested', 'active') ORDER BY id;

-- name: memberships
SELECT id FROM memberships WHERE user_id = :user;

-- name: erase_membership
UPDATE memberships SET real_name = :real_name, name_label = :name, name_lookup = NULL WHERE id = :id;

-- name: sheet_memberships
SELECT m.id, m.real_name AS `memberships.real_name`, m.name_label, n.name AS node, u.name AS unit, m.status,
  m.requested_at, m.decided_at, m.ended_at
FROM memberships m JOIN nodes n ON n.id = m.node_id JOIN nodes u ON u.id = m.unit_id
WHERE m.user_id = :user ORDER BY m.id;

-- name: sheet_name_reads
SELECT r.id, u.display_name AS reader, r.read_at
FROM memberships m JOIN name_reads r ON r.membership_id = m.id JOIN users u ON u.id = r.reader_id
WHERE m.user_id = :user ORDER BY r.id;
