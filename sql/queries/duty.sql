-- An admission, without names.
-- fragment: admission
a.id, a.unit_id, a.node_id, a.desk_id, a.asker_id, a.what, a.helpers, a.money, a.from_at, a.until_at, a.asked_at,
  a.lapse_at, a.decided_at, a.ended_at, a.status, a.version

-- What people read of it in the place of ids.
-- fragment: names
u.name AS unit_name, n.name AS node_name
FROM admissions a JOIN nodes u ON u.id = a.unit_id JOIN nodes n ON n.id = a.node_id

-- Lines in force, by what people say: a word of the line's is in it, or it is in the line.
-- name: page
SELECT d.id, d.number, d.board, d.field, d.kind, d.item, COALESCE(d.lead_id, 0) AS lead_id, d.is_community, d.from_at,
  d.until_at, COALESCE(n.name, '') AS lead_name
FROM duties d LEFT JOIN nodes n ON n.id = d.lead_id
WHERE d.number > :after AND d.from_at <= :at AND (d.until_at IS NULL OR d.until_at > :at)
  AND (:words = '' OR INSTR(d.item, :words) > 0 OR INSTR(n.name, :words) > 0 OR EXISTS (SELECT 1 FROM duty_words w
    WHERE w.duty_id = d.id AND (INSTR(:words, w.word) > 0 OR INSTR(w.word, :words) > 0)))
ORDER BY d.number LIMIT :limit;

-- name: ends
SELECT a.unit_id, a.node_id, a.desk_id, {{names}} WHERE a.id = :admission;

-- name: lock
SELECT {{admission}} FROM admissions a WHERE a.id = :admission FOR UPDATE;

-- name: get
SELECT {{admission}}, {{names}} WHERE a.id = :admission;

-- name: page_admissions
SELECT {{admission}}, {{names}}
WHERE a.id < :before AND (:status = '' OR a.status = :status) AND EXISTS (SELECT 1 FROM grants_in_force g
  WHERE g.user_id = :user AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
    AND (g.role = 'responder' AND g.node_id = a.unit_id OR g.role IN (:roles) AND EXISTS (
      SELECT 1 FROM node_ancestors x WHERE x.node_id = a.node_id AND x.ancestor_id = g.node_id
        OR x.node_id = g.node_id AND x.ancestor_id = a.node_id)))
ORDER BY a.id DESC LIMIT :limit;

-- Who decides where an admission reaches: nobody of the county is told of what it has said itself.
-- name: reached
SELECT DISTINCT g.user_id FROM grants_in_force g JOIN nodes n ON n.id = g.node_id
WHERE g.node_id = :node AND n.kind <> 'county' AND g.role IN (:roles) AND g.from_at <= :at
  AND (g.until_at IS NULL OR g.until_at > :at)
ORDER BY g.user_id;

-- name: add
INSERT INTO admissions (id, unit_id, node_id, desk_id, asker_id, what, helpers, money, from_at, until_at, asked_at,
  lapse_at, status)
VALUES (:id, :unit_id, :node_id, :desk_id, :asker_id, :what, :helpers, :money, :from_at, :until_at, :asked_at,
  :lapse_at, :status);

-- name: save
UPDATE admissions SET decided_at = :decided_at, ended_at = :ended_at, status = :status, version = :version
WHERE id = :id AND version = :version - 1;

-- name: undecided
SELECT id FROM admissions WHERE status = 'asked' AND lapse_at <= :at ORDER BY id LIMIT :limit;

-- name: show
SELECT a.id, a.what AS title, u.name AS who, 0 AS wish_id FROM admissions a JOIN nodes u ON u.id = a.unit_id
WHERE a.id IN (:ids);
