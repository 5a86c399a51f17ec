-- An assignment, without names.
-- fragment: assignment
a.id, a.origin_noun, a.origin_id, a.kind, a.from_id, a.to_id, a.what, a.clause, COALESCE(a.duty_id, 0) AS duty_id,
  COALESCE(a.admission_id, 0) AS admission_id, a.is_unadmitted, a.term_code, a.sender_id,
  COALESCE(a.worker_id, 0) AS worker_id, COALESCE(a.reporter_id, 0) AS reporter_id,
  COALESCE(a.verifier_id, 0) AS verifier_id, a.chain_id, a.refusals, a.followed_at, a.is_bound, a.returns,
  a.is_extended, a.stage, a.sent_at, a.accept_by, a.soon_at, a.due_at, a.twice_at, a.accepted_at, a.reported_at,
  a.verified_at, a.ended_at, a.answer, a.status, a.version

-- What people read of it in the place of ids.
-- fragment: names
f.name AS from_name, t.name AS to_name, COALESCE(w.display_name, '') AS worker_name,
  COALESCE(m.number, '') AS origin_number, COALESCE(m.status, '') AS origin_status,
  COALESCE(d.number, 0) AS duty_number
FROM assignments a JOIN nodes f ON f.id = a.from_id JOIN nodes t ON t.id = a.to_id
  LEFT JOIN users w ON w.id = a.worker_id LEFT JOIN matters m ON m.noun = a.origin_noun AND m.id = a.origin_id
  LEFT JOIN duties d ON d.id = a.duty_id

-- The same of an assignment that is being written.
-- name: names_of
SELECT f.name AS from_name, t.name AS to_name, COALESCE(w.display_name, '') AS worker_name,
  COALESCE(m.number, '') AS origin_number, COALESCE(m.status, '') AS origin_status,
  COALESCE(d.number, 0) AS duty_number
FROM nodes f JOIN nodes t ON t.id = :to LEFT JOIN users w ON w.id = :worker
  LEFT JOIN matters m ON m.noun = :noun AND m.id = :origin LEFT JOIN duties d ON d.id = :duty
WHERE f.id = :from;

-- name: ends
SELECT id, origin_noun, origin_id, from_id, to_id FROM assignments WHERE id = :assignment;

-- name: lock
SELECT {{assignment}} FROM assignments a WHERE a.id = :assignment FOR UPDATE;

-- name: lock_live
SELECT {{assignment}} FROM assignments a
WHERE a.origin_noun = :noun AND a.origin_id = :origin AND a.status IN ('sent', 'working', 'reported')
ORDER BY a.id FOR UPDATE;

-- Refused sendings that nothing has followed.
-- name: lock_refused
SELECT {{assignment}} FROM assignments a
WHERE a.origin_noun = :noun AND a.origin_id = :origin AND a.kind = 'lead' AND a.status = 'refused'
  AND a.followed_at IS NULL AND NOT a.is_unadmitted
ORDER BY a.id FOR UPDATE;

-- name: of
SELECT {{assignment}}, {{names}}
WHERE a.origin_noun = :noun AND a.origin_id = :origin ORDER BY a.id LIMIT 100;

-- Whether what it is for came back after it was verified: by the word of whoever said the need, or of the department.
-- name: came_back
SELECT COUNT(*) > 0 FROM assignments a LEFT JOIN needs n ON a.origin_noun = 'need' AND n.id = a.origin_id
WHERE a.id = :assignment AND (a.origin_noun IN ('duty', 'admission') OR n.came_back_at >= a.verified_at);

-- name: get
SELECT {{assignment}}, {{names}} WHERE a.id = :assignment;

-- Those that were sent to, or from, where the person answers, with :late only what is overdue, with :disputed only what
-- bodies send back and nobody has taken yet.
-- name: page
SELECT {{assignment}}, {{names}}
WHERE a.id < :before AND (:status = '' OR a.status = :status)
  AND (NOT :late OR a.status IN ('sent', 'working') AND a.due_at < :at)
  AND (NOT :disputed OR a.status = 'sent' AND a.refusals > 0 AND NOT a.is_bound
    OR a.status = 'refused' AND a.kind = 'lead' AND a.followed_at IS NULL AND NOT a.is_unadmitted)
  AND (:received AND EXISTS (SELECT 1 FROM grants_in_force g WHERE g.user_id = :user AND g.node_id = a.to_id
      AND g.role IN (:answering) AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at))
    OR NOT :received AND a.origin_noun IN ('duty', 'admission') AND EXISTS (SELECT 1 FROM grants_in_force g
      WHERE g.user_id = :user AND g.node_id = a.from_id AND g.role IN (:answering) AND g.from_at <= :at
        AND (g.until_at IS NULL OR g.until_at > :at))
    OR NOT :received AND EXISTS (SELECT 1 FROM node_ancestors n JOIN grants_in_force g ON g.node_id = n.ancestor_id
      WHERE n.node_id = a.from_id AND g.user_id = :user AND g.role IN (:roles) AND g.from_at <= :at
        AND (g.until_at IS NULL OR g.until_at > :at)))
ORDER BY a.id DESC LIMIT :limit;

-- What was sent from a place or below it and is overdue, the longest first.
-- name: overdue
SELECT {{assignment}}, {{names}}
WHERE a.status IN ('sent', 'working') AND a.due_at < :at
  AND EXISTS (SELECT 1 FROM node_ancestors n WHERE n.node_id = a.from_id AND n.ancestor_id = :node)
ORDER BY a.due_at, a.id LIMIT :limit;

-- name: bodies
SELECT id, kind, name FROM nodes WHERE id IN (:nodes);

-- A line of the duty list that holds today.
-- name: line
SELECT id, number, kind = 'own' AS is_own, COALESCE(lead_id, 0) AS lead_id, is_community FROM duties
WHERE id = :duty AND from_at <= :at AND (until_at IS NULL OR until_at > :at) FOR UPDATE;

-- The bodies that an admission of the sender's reaches today.
-- name: admitted
SELECT n.node_id FROM admissions a JOIN node_ancestors n ON n.ancestor_id = a.node_id AND n.node_id IN (:nodes)
WHERE a.id = :admission AND a.unit_id = :from AND a.status = 'admitted' AND a.from_at <= :at AND a.until_at > :at
FOR UPDATE;

-- name: responders
SELECT DISTINCT g.user_id FROM grants_in_force g
WHERE g.node_id = :to AND g.role IN (:answering) AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
ORDER BY g.user_id;

-- Who decides above both ends, the nearest first.
-- name: overseers
SELECT DISTINCT g.user_id, a.distance
FROM node_ancestors a JOIN node_ancestors b ON b.ancestor_id = a.ancestor_id AND b.node_id = :to
  JOIN grants_in_force g ON g.node_id = a.ancestor_id
WHERE a.node_id = :from AND a.distance > 0 AND b.distance > 0 AND g.role IN (:roles) AND g.from_at <= :at
  AND (g.until_at IS NULL OR g.until_at > :at)
ORDER BY a.distance, g.user_id;

-- name: add
INSERT INTO assignments (id, origin_noun, origin_id, kind, from_id, to_id, what, clause, duty_id, admission_id,
  term_code, sender_id, chain_id, refusals, is_bound, sent_at, accept_by, soon_at, due_at, twice_at, status)
VALUES (:id, :origin_noun, :origin_id, :kind, :from_id, :to_id, :what, :clause, NULLIF(:duty_id, 0),
  NULLIF(:admission_id, 0), :term_code, :sender_id, :chain_id, :refusals, :is_bound, :sent_at,
  :accept_by, :soon_at, :due_at, :twice_at, :status);

-- name: save
UPDATE assignments SET worker_id = NULLIF(:worker_id, 0), reporter_id = NULLIF(:reporter_id, 0),
  verifier_id = NULLIF(:verifier_id, 0), is_bound = :is_bound, returns = :returns, is_extended = :is_extended,
  stage = :stage, due_at = :due_at, accepted_at = :accepted_at, reported_at = :reported_at,
  verified_at = :verified_at, ended_at = :ended_at,
  is_unadmitted = :is_unadmitted, duty_id = NULLIF(:duty_id, 0), clause = :clause,
  answer = :answer, status = :status, version = :version
WHERE id = :id AND version = :version - 1;

-- name: follow
UPDATE assignments SET followed_at = :at WHERE id = :id AND followed_at IS NULL;

-- name: due_stages
SELECT id FROM assignments
WHERE status IN ('sent', 'working') AND (stage = 0 AND soon_at <= :at OR stage <= 1 AND due_at <= :at
  OR stage <= 2 AND twice_at <= :at) ORDER BY id LIMIT :limit;

-- name: show
SELECT a.id, a.what AS title, t.name AS who, 0 AS wish_id FROM assignments a JOIN nodes t ON t.id = a.to_id
WHERE a.id IN (:ids);
