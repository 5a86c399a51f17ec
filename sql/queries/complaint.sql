-- A complaint, with its last answer.
-- fragment: complaint
k.id, k.author_id, u.display_name AS author_name, k.node_id, n.name AS node_name, k.desk_id, d.name AS desk_name,
  k.kind, COALESCE(k.wish_id, 0) AS wish_id, k.text, k.answer, k.status, k.created_at, k.asked_at, k.escalated_at,
  k.reopened_at, k.version

-- Whether the wish is one that the author knows of, and one of the node.
-- name: subject
SELECT w.status IN ('open', 'taken', 'fulfilled') OR COALESCE(w.owner_id, 0) = :author
    OR COALESCE(w.recorder_id, 0) = :author OR EXISTS (SELECT 1 FROM claims c LEFT JOIN claim_participants p
      ON p.claim_id = c.id WHERE c.wish_id = w.id AND (c.claimant_id = :author OR p.user_id = :author)) AS known,
  EXISTS (SELECT 1 FROM node_ancestors a WHERE a.node_id = w.node_id AND a.ancestor_id = :node) AS within
FROM wishes w WHERE w.id = :wish;

-- Whom it may be about: who is in the wish and who refused something in it, with a complaint also who did anything in
-- it, and who would answer above the node and works at or below it too.
-- name: concerned
SELECT w.owner_id FROM wishes w WHERE w.id = :wish AND w.owner_id IS NOT NULL
UNION SELECT w.recorder_id FROM wishes w WHERE w.id = :wish AND w.recorder_id IS NOT NULL
UNION SELECT c.claimant_id FROM claims c WHERE c.wish_id = :wish
UNION SELECT p.user_id FROM claims c JOIN claim_participants p ON p.claim_id = c.id WHERE c.wish_id = :wish
UNION SELECT e.actor_id FROM events e
WHERE e.noun = 'wish' AND e.subject_id = :wish AND e.actor_id IS NOT NULL
  AND (:kind = 'complaint' OR e.name = 'reject')
UNION SELECT e.actor_id FROM claims c JOIN events e ON e.noun = 'claim' AND e.subject_id = c.id
WHERE c.wish_id = :wish AND e.actor_id IS NOT NULL
  AND (:kind = 'complaint' OR e.name IN ('decline', 'undo', 'dispute') AND e.grant_id IS NOT NULL)
UNION SELECT g.user_id FROM node_ancestors a JOIN grants_in_force g ON g.node_id = a.ancestor_id
WHERE a.node_id = :node AND a.distance > 0 AND g.role IN (:roles) AND :kind = 'complaint'
  AND EXISTS (SELECT 1 FROM node_ancestors b JOIN grants_in_force h ON h.node_id = b.node_id
    WHERE b.ancestor_id = :node AND h.user_id = g.user_id AND h.from_at <= :at
      AND (h.until_at IS NULL OR h.until_at > :at));

-- name: add
INSERT INTO complaints (id, author_id, node_id, desk_id, kind, wish_id, text, status, created_at, asked_at, version)
VALUES (:id, :author_id, :node_id, :desk_id, :kind, NULLIF(:wish_id, 0), :text, :status, :created_at, :asked_at,
  :version);

-- name: add_parties
INSERT INTO complaint_parties (complaint_id, user_id) VALUES (:complaint, :user);

-- name: lock
SELECT id, author_id, node_id, desk_id, kind, COALESCE(wish_id, 0) AS wish_id, text, answer, status,
  created_at, asked_at, escalated_at, reopened_at, version FROM complaints WHERE id = :complaint FOR UPDATE;

-- name: parties
SELECT user_id FROM complaint_parties WHERE complaint_id = :complaint ORDER BY user_id;

-- The level above the complaint's desk, or the desk where there is none.
-- name: next_desk
SELECT COALESCE(d.parent_id, d.id) FROM complaints k JOIN nodes d ON d.id = k.desk_id WHERE k.id = :complaint;

-- name: save
UPDATE complaints SET status = :status, answer = :answer, desk_id = :desk_id, asked_at = :asked_at,
  escalated_at = :escalated_at, reopened_at = :reopened_at, version = version + 1
WHERE id = :id AND version = :version;

-- name: get
SELECT {{complaint}}
FROM complaints k JOIN users u ON u.id = k.author_id JOIN nodes n ON n.id = k.node_id JOIN nodes d ON d.id = k.desk_id
WHERE k.id = :complaint;

-- name: page_mine
SELECT {{complaint}}
FROM complaints k FORCE INDEX (complaints_author) JOIN users u ON u.id = k.author_id JOIN nodes n ON n.id = k.node_id
  JOIN nodes d ON d.id = k.desk_id
WHERE k.author_id = :author AND k.id < :before ORDER BY k.id DESC LIMIT :limit;

-- name: waiting
SELECT id FROM complaints FORCE INDEX (complaints_status)
WHERE status = 'open' AND asked_at <= :since AND escalated_at IS NULL ORDER BY id LIMIT :limit;

-- What a list of tasks shows of complaints.
-- name: show
SELECT k.id, LEFT(k.text, 60) AS title, u.display_name AS who, COALESCE(k.wish_id, 0) AS wish_id
FROM complaints k JOIN users u ON u.id = k.author_id WHERE k.id IN (:ids);
