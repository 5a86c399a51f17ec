-- A project, without names.
-- fragment: project
p.id, p.node_id, COALESCE(p.brand_id, 0) AS brand_id, p.title, p.text, p.is_for_all, p.sender_id,
  COALESCE(p.sender_unit_id, 0) AS sender_unit_id,
  COALESCE(p.unit_id, 0) AS unit_id, COALESCE(p.claimer_id, 0) AS claimer_id, COALESCE(p.ballot_id, 0) AS ballot_id,
  p.vote_until, p.created_at, p.opened_at, p.matched_at, p.started_at, p.delivered_at, p.accepted_at, p.ended_at,
  p.status, p.version, (SELECT COUNT(*) FROM project_milestones m WHERE m.project_id = p.id) AS steps,
  (SELECT COUNT(m.done_at) FROM project_milestones m WHERE m.project_id = p.id) AS done

-- What people read of it in the place of ids.
-- fragment: names
n.name AS node_name, COALESCE(u.name, '') AS unit_name, COALESCE(b.name, '') AS brand_name
FROM projects p JOIN nodes n ON n.id = p.node_id LEFT JOIN nodes u ON u.id = p.unit_id
  LEFT JOIN brands b ON b.id = p.brand_id

-- Which of them a list is of.
-- fragment: chosen
p.id < :before AND (:status = '' OR p.status = :status) AND (:brand = 0 OR p.brand_id = :brand)
  AND (:unit = 0 OR p.unit_id = :unit OR EXISTS (
    SELECT 1 FROM project_helpers h WHERE h.project_id = p.id AND h.unit_id = :unit))
  AND (:node = 0 OR EXISTS (SELECT 1 FROM node_ancestors x WHERE x.node_id = p.node_id AND x.ancestor_id = :node))

-- name: node
SELECT node_id FROM projects WHERE id = :project;

-- name: names_of
SELECT n.name AS node_name, COALESCE(u.name, '') AS unit_name, COALESCE(b.name, '') AS brand_name
FROM nodes n LEFT JOIN nodes u ON u.id = :unit LEFT JOIN brands b ON b.id = :brand WHERE n.id = :node;

-- name: lock
SELECT {{project}} FROM projects p WHERE p.id = :project FOR UPDATE;

-- name: get
SELECT {{project}}, {{names}} WHERE p.id = :project;

-- name: page_public
SELECT {{project}}, {{names}} WHERE {{chosen}} AND p.opened_at IS NOT NULL ORDER BY p.id DESC LIMIT :limit;

-- Those of the communities where the person decides, and of the units for which they speak.
-- name: page_mine
SELECT {{project}}, {{names}}
WHERE {{chosen}} AND EXISTS (SELECT 1 FROM grants_in_force g
  WHERE g.user_id = :user AND NOT g.is_ended AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
    AND (g.role IN (:speaking) AND (g.node_id IN (p.unit_id, p.sender_unit_id) OR EXISTS (
        SELECT 1 FROM project_helpers k WHERE k.project_id = p.id AND k.unit_id = g.node_id))
      OR g.role IN (:roles) AND EXISTS (
        SELECT 1 FROM node_ancestors y WHERE y.node_id = p.node_id AND y.ancestor_id = g.node_id)))
ORDER BY p.id DESC LIMIT :limit;

-- Whose needs a project is for.
-- name: askers
SELECT DISTINCT n.owner_id FROM project_needs q JOIN needs n ON n.id = q.need_id
WHERE q.project_id = :project AND n.owner_id IS NOT NULL ORDER BY n.owner_id;

-- name: askers_of
SELECT DISTINCT n.owner_id FROM needs n WHERE n.id IN (:needs) AND n.owner_id IS NOT NULL ORDER BY n.owner_id;

-- name: helpers_of
SELECT unit_id FROM project_helpers WHERE project_id = :project ORDER BY unit_id;

-- name: helpers
SELECT n.id, n.name FROM project_helpers h JOIN nodes n ON n.id = h.unit_id WHERE h.project_id = :project ORDER BY n.id;

-- name: need_ids
SELECT need_id FROM project_needs WHERE project_id = :project ORDER BY need_id;

-- What everybody may read of them.
-- name: needs
SELECT n.id, n.text FROM project_needs q JOIN needs n ON n.id = q.need_id
WHERE q.project_id = :project AND n.is_public AND NOT n.is_about_staff
  AND n.status IN ('handling', 'waiting', 'answered', 'closed', 'unsolved') ORDER BY n.id;

-- name: milestones
SELECT m.project_id, m.position, m.unit_id, m.text, m.due_at, m.done_at, n.name AS unit_name
FROM project_milestones m JOIN nodes n ON n.id = m.unit_id WHERE m.project_id = :project ORDER BY m.position;

-- name: milestone
SELECT project_id, position, unit_id, text, due_at, done_at FROM project_milestones
WHERE project_id = :project AND position = :position FOR UPDATE;

-- The brand of a community that a project may belong to: it goes on.
-- name: hold_brand
SELECT name FROM brands WHERE id = :brand AND node_id = :node AND status = 'active' LOCK IN SHARE MODE;

-- name: use_brand
UPDATE brands SET uses = uses + 1 WHERE id = :brand;

-- name: lock_needs
SELECT n.id, n.node_id, n.is_public AND NOT n.is_about_staff AS is_public, n.status, EXISTS (
    SELECT 1 FROM project_needs q JOIN projects p ON p.id = q.project_id
    WHERE q.need_id = n.id AND p.status NOT IN ('accepted', 'rejected', 'stopped', 'expired')) AS is_taken
FROM needs n WHERE n.id IN (:needs) ORDER BY n.id FOR UPDATE;

-- Whom it concerns, too: who follows what it is for, and who could vote.
-- name: followers
SELECT f.user_id FROM project_needs q JOIN need_followers f ON f.need_id = q.need_id WHERE q.project_id = :project
UNION SELECT r.user_id FROM ballot_roll r WHERE r.ballot_id = :ballot;

-- name: idle
SELECT id FROM projects WHERE status = 'open' AND opened_at <= :since ORDER BY id LIMIT :limit;

-- name: show
SELECT p.id, '' AS title, COALESCE(u.name, '') AS who, 0 AS wish_id, '' AS caution
FROM projects p LEFT JOIN nodes u ON u.id = p.unit_id WHERE p.id IN (:ids);

-- name: add
INSERT INTO projects (id, node_id, brand_id, title, text, is_for_all, sender_id, sender_unit_id, created_at, status,
  version)
VALUES (:id, :node_id, NULLIF(:brand_id, 0), :title, :text, :is_for_all, :sender_id, NULLIF(:sender_unit_id, 0),
  :created_at, :status, :version);

-- name: add_needs
INSERT INTO project_needs (project_id, need_id) VALUES (:project, :need);

-- name: add_helper
INSERT INTO project_helpers (project_id, unit_id, since) VALUES (:project, :unit, :at);

-- name: drop_helper
DELETE FROM project_helpers WHERE project_id = :project AND unit_id = :unit;

-- name: add_milestones
INSERT INTO project_milestones (project_id, position, unit_id, text, due_at)
VALUES (:project_id, :position, :unit_id, :text, :due_at);

-- name: save_milestone
UPDATE project_milestones SET done_at = :done_at WHERE project_id = :project_id AND position = :position;

-- name: save
UPDATE projects SET unit_id = NULLIF(:unit_id, 0), claimer_id = NULLIF(:claimer_id, 0),
  ballot_id = NULLIF(:ballot_id, 0), vote_until = :vote_until, opened_at = :opened_at, matched_at = :matched_at,
  started_at = :started_at, delivered_at = :delivered_at, accepted_at = :accepted_at, ended_at = :ended_at,
  status = :status, version = :version
WHERE id = :id AND version = :version - 1;
