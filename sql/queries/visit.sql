-- fragment: visit
v.id, v.node_id, v.leader_id, COALESCE(v.owner_id, 0) AS owner_id, COALESCE(v.recorder_id, 0) AS recorder_id, v.subject,
  v.place, v.starts_at, v.ends_at, v.with_whom, v.created_at, v.held_at, v.closed_at, v.status, v.version

-- What people read of it in the place of ids.
-- fragment: visit_names
p.name AS node_name, COALESCE(l.display_name, '') AS leader_name
FROM visits v JOIN nodes p ON p.id = v.node_id LEFT JOIN users l ON l.id = v.leader_id

-- The same of a visit that is being written.
-- name: names_of
SELECT p.name AS node_name, COALESCE(l.display_name, '') AS leader_name
FROM nodes p LEFT JOIN users l ON l.id = :leader WHERE p.id = :node;

-- That it is at a place or below it.
-- fragment: at_place
(:node = 0 OR EXISTS (SELECT 1 FROM node_ancestors a WHERE a.node_id = v.node_id AND a.ancestor_id = :node))

-- That a need has no end yet.
-- fragment: need_open
n.status IN ('submitted', 'handling', 'waiting', 'answered')

-- Who answers for a place, the nearest first, but for the person.
-- name: leaders
SELECT g.user_id FROM node_ancestors a JOIN grants_in_force g ON g.node_id = a.ancestor_id
WHERE a.node_id = :node AND g.role = 'area_leader' AND g.user_id <> :user AND g.from_at <= :at
  AND (g.until_at IS NULL OR g.until_at > :at)
ORDER BY a.distance, g.from_at, g.id LIMIT 1;

-- How many invitations of the person wait.
-- name: invitations
SELECT COUNT(*) FROM visits WHERE owner_id = :user AND status = 'invited';

-- name: add
INSERT INTO visits (id, node_id, leader_id, owner_id, subject, place, starts_at, ends_at, created_at, status, version)
VALUES (:id, :node_id, :leader_id, NULLIF(:owner_id, 0), :subject, :place, :starts_at, :ends_at, :created_at, :status,
  :version);

-- name: lock
SELECT {{visit}} FROM visits v WHERE v.id = :visit FOR UPDATE;

-- name: save
UPDATE visits SET leader_id = :leader_id, recorder_id = NULLIF(:recorder_id, 0), subject = :subject, place = :place,
  starts_at = :starts_at, ends_at = :ends_at, with_whom = :with_whom, held_at = :held_at, closed_at = :closed_at,
  status = :status, version = :version
WHERE id = :id AND version = :version - 1;

-- name: add_needs
INSERT INTO visit_needs (visit_id, position, need_id, promise) VALUES (:visit, :position, :need, :promise);

-- name: get
SELECT {{visit}}, {{visit_names}} WHERE v.id = :visit;

-- name: brought
SELECT b.need_id, n.year, n.number, n.text, n.place, {{need.held}}, b.promise,
  n.is_public AND NOT n.is_about_staff AS is_public, n.status, n.solved, n.term_code, n.due_at
FROM visit_needs b JOIN needs n ON n.id = b.need_id WHERE b.visit_id = :visit ORDER BY b.position;

-- What a leader promised, the latest first.
-- name: promises
SELECT b.visit_id, p.name AS node_name, v.held_at, b.need_id, n.year, n.number, n.text, n.place,
  {{need.held}}, b.promise, n.is_public AND NOT n.is_about_staff AS is_public, n.status, n.solved, n.term_code, n.due_at
FROM visits v JOIN visit_needs b ON b.visit_id = v.id JOIN needs n ON n.id = b.need_id JOIN nodes p ON p.id = v.node_id
WHERE v.leader_id = :user AND b.promise <> '' AND n.id < :before AND (NOT :open OR {{need_open}})
ORDER BY n.id DESC LIMIT :limit;

-- name: page_coming
SELECT {{visit}}, {{visit_names}}
WHERE v.status = 'planned' AND v.ends_at > :at AND v.id < :before AND {{at_place}} ORDER BY v.id DESC LIMIT :limit;

-- name: page_led
SELECT {{visit}}, {{visit_names}}
WHERE v.leader_id = :user AND v.id < :before AND {{at_place}} ORDER BY v.id DESC LIMIT :limit;

-- name: page_mine
SELECT {{visit}}, {{visit_names}}
WHERE v.owner_id = :user AND v.id < :before AND {{at_place}} ORDER BY v.id DESC LIMIT :limit;

-- name: page_place
SELECT {{visit}}, {{visit_names}}
WHERE v.status IN ('held', 'closed') AND v.id < :before AND {{at_place}} ORDER BY v.id DESC LIMIT :limit;

-- Visits whose needs all have an end.
-- name: done
SELECT v.id FROM visits v WHERE v.status = 'held' AND NOT EXISTS (SELECT 1
  FROM visit_needs b JOIN needs n ON n.id = b.need_id WHERE b.visit_id = v.id AND {{need_open}})
ORDER BY v.id LIMIT :limit;

-- name: open_needs
SELECT COUNT(*) FROM visit_needs b JOIN needs n ON n.id = b.need_id
WHERE b.visit_id = :visit AND {{need_open}};
