-- A report-in.
-- fragment: membership
m.id, m.user_id, m.node_id, n.name AS node_name, m.unit_id, un.name AS unit_name, m.name_label, m.name_lookup,
  m.roster_slot, COALESCE(m.earlier_id, 0) AS earlier_id, m.status, m.requested_at, m.decided_at, m.approved_at,
  m.approval_grant_id, m.ended_at, m.escalated_at, m.version

-- A report-in as its table has it.
-- fragment: membership_row
id, user_id, node_id, unit_id, name_label, name_lookup, roster_slot, COALESCE(earlier_id, 0) AS earlier_id, status,
  requested_at, decided_at, approved_at, approval_grant_id, ended_at, escalated_at, version

-- name: active
SELECT {{membership_row}}
FROM memberships WHERE active_user_id = :user;

-- name: unit_of
SELECT COALESCE(MAX(unit_id), 0) AS unit_id FROM memberships WHERE active_user_id = :user;

-- name: active_for_update
SELECT {{membership_row}}
FROM memberships WHERE active_user_id = :user FOR UPDATE;

-- Counts a use of what active_membership_for_update holds.
-- name: use
UPDATE memberships SET uses = uses + 1 WHERE active_user_id = :user;

-- name: lock
SELECT {{membership_row}}
FROM memberships WHERE id = :membership FOR UPDATE;

-- name: lock_active_of_same
SELECT {{membership_row}}
FROM memberships WHERE active_user_id = (SELECT m.user_id FROM memberships m WHERE m.id = :membership) FOR UPDATE;

-- The row of the roster that has the name, locked so that two who report in under it do so one after the other.
-- name: lock_listed
SELECT name_lookup, people FROM roster WHERE unit_id = :unit AND name_lookup IN (:names) FOR UPDATE;

-- The numbers that the roster has beside the name.
-- name: listed_phones
SELECT phone_lookup FROM roster_phones WHERE unit_id = :unit AND name_lookup IN (:names);

-- Whether the unit's roster has any number.
-- name: roster_is_phoned
SELECT EXISTS (SELECT 1 FROM roster_phones WHERE unit_id = :unit);

-- The number that WeChat says is the person's own.
-- name: own_phone
SELECT phone FROM users WHERE id = :user;

-- name: rename_phones
UPDATE roster_phones SET name_lookup = :name WHERE unit_id = :unit AND name_lookup = :was;

-- name: list_one_more
INSERT INTO roster (unit_id, name_lookup, imported_at, people) VALUES (:unit, :name, :at, 1)
ON DUPLICATE KEY UPDATE people = people + 1;

-- The report-ins of others under the name at the unit that wait or are active, the active and then the oldest first.
-- name: namesakes
SELECT id, status, COALESCE(roster_slot, 0) AS roster_slot FROM memberships
WHERE unit_id = :unit AND name_lookup IN (:names) AND user_id <> :user AND status IN ('requested', 'active')
ORDER BY status, id;

-- name: recent
SELECT requested_at FROM memberships WHERE user_id = :user ORDER BY id DESC LIMIT :limit;

-- name: earlier
SELECT m.id, m.user_id, u.display_name, m.name_label, n.name AS node_name, m.status, m.requested_at, m.decided_at,
  m.roster_slot IS NOT NULL AS by_roster
FROM memberships m JOIN users u ON u.id = m.user_id JOIN nodes n ON n.id = m.node_id WHERE m.id IN (:memberships);

-- What is known of the members' numbers: whether WeChat has said one, and whether the roster has the name of one who
-- waits: with a number, which was not theirs when they asked, or without one, where other names have theirs.
-- name: phones
SELECT m.id, u.phone_lookup IS NOT NULL AS is_phoned, m.status = 'requested' AND EXISTS (
    SELECT 1 FROM roster_phones r WHERE r.unit_id = m.unit_id AND r.name_lookup = m.name_lookup
  ) AS is_listed,
  m.status = 'requested' AND EXISTS (SELECT 1 FROM roster_phones r WHERE r.unit_id = m.unit_id)
    AND EXISTS (SELECT 1 FROM roster o WHERE o.unit_id = m.unit_id AND o.name_lookup = m.name_lookup)
    AND NOT EXISTS (SELECT 1 FROM roster_phones r WHERE r.unit_id = m.unit_id AND r.name_lookup = m.name_lookup)
    AS is_numberless
FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.id IN (:memberships);

-- name: add
INSERT INTO memberships (id, user_id, node_id, unit_id, real_name, name_label, name_lookup, earlier_id, status,
  requested_at, decided_at, version)
VALUES (:id, :user_id, :node_id, :unit_id, :real_name, :name_label, :name_lookup, NULLIF(:earlier_id, 0), :status,
  :requested_at, :decided_at, :version);

-- name: save
UPDATE memberships SET status = :status, roster_slot = :roster_slot, decided_at = :decided_at,
  approved_at = :approved_at, approval_grant_id = :approval_grant_id, ended_at = :ended_at,
  escalated_at = :escalated_at, version = version + 1
WHERE id = :id AND version = :version;

-- The newest person whom the roster lists under the name approves the report-in.
-- name: set_newest_slot
UPDATE memberships SET roster_slot = (SELECT r.people FROM roster r WHERE r.unit_id = :unit AND r.name_lookup = :name)
WHERE id = :id;

-- name: after
SELECT m.id, m.unit_id, m.status, m.real_name, m.name_lookup, m.roster_slot,
  m.approved_at IS NOT NULL AND m.approval_grant_id IS NULL AS by_roster
FROM memberships m WHERE m.id > :after ORDER BY m.id LIMIT :limit;

-- name: set_name
UPDATE memberships SET name_lookup = :name, roster_slot = :slot WHERE id = :id;

-- name: rename_listed
UPDATE IGNORE roster SET name_lookup = :name WHERE unit_id = :unit AND name_lookup = :was;

-- name: real_name
SELECT m.id, m.user_id, m.real_name, m.name_label, u.display_name, un.name AS unit_name, n.name AS node_name
FROM memberships m JOIN users u ON u.id = m.user_id JOIN nodes un ON un.id = m.unit_id JOIN nodes n ON n.id = m.node_id
WHERE m.id = :membership;

-- name: of_claim
SELECT membership_id FROM claims WHERE id = :claim;

-- name: add_name_read
INSERT INTO name_reads (id, membership_id, reader_id, grant_id, claim_id, read_at)
VALUES (:id, :membership, :reader, :grant, NULLIF(:claim, 0), :at);

-- name: by_id
SELECT {{membership}}
FROM memberships m JOIN nodes n ON n.id = m.node_id JOIN nodes un ON un.id = m.unit_id WHERE m.id = :membership;

-- name: mine
SELECT {{membership}}
FROM memberships m FORCE INDEX (memberships_user) JOIN nodes n ON n.id = m.node_id JOIN nodes un ON un.id = m.unit_id
WHERE m.user_id = :user AND m.id < :before ORDER BY m.id DESC LIMIT :limit;

-- name: at
SELECT {{membership}}
FROM memberships m FORCE INDEX (memberships_status) JOIN nodes n ON n.id = m.node_id JOIN nodes un ON un.id = m.unit_id
WHERE m.status = :status AND (m.node_id IN (:nodes) OR m.unit_id IN (:units)) AND m.id < :before
ORDER BY m.id DESC LIMIT :limit;

-- name: colleagues
SELECT u.id, u.display_name, n.name AS node_name
FROM memberships mine JOIN memberships m ON m.unit_id = mine.unit_id AND m.active_user_id <> mine.active_user_id
JOIN users u ON u.id = m.user_id JOIN nodes n ON n.id = m.node_id
WHERE mine.active_user_id = :user ORDER BY m.node_id <> mine.node_id, u.id LIMIT :limit;

-- name: waiting
SELECT id FROM memberships FORCE INDEX (memberships_status)
WHERE status = 'requested' AND requested_at <= :since AND escalated_at IS NULL ORDER BY id LIMIT :limit;

-- What a list of tasks shows of report-ins.
-- name: show
SELECT m.id, un.name AS title, m.name_label AS who, COALESCE(m.earlier_id, 0) AS earlier_id,
  CASE WHEN m.earlier_id IS NULL THEN '' ELSE 'same_name' END AS caution
FROM memberships m JOIN nodes un ON un.id = m.unit_id WHERE m.id IN (:ids);
