-- What stands of a person's points of a claim.
-- fragment: standing
points_accounts b JOIN points_transfers t ON t.cause_account_id = b.id AND t.kind = 'earn'
      AND (t.cause_event_id = c.confirm_event_id OR t.cause_event_id IN (
        SELECT q.correct_event_id FROM objections q WHERE q.claim_id = c.id))
      AND NOT EXISTS (SELECT 1 FROM points_transfers x WHERE x.corrects_id = t.id)

-- An objection to an absence, to the minutes of a record, or to points of a wish, with what it is about.
-- fragment: objection
o.id, o.user_id, u.display_name AS user_name, o.node_id, n.name AS node_name, o.signup_id, o.record_id,
  o.claim_id, COALESCE(k.id, 0) AS wish_id, COALESCE(a.id, 0) AS activity_id,
  COALESCE(r.title, a.title, k.title) AS title, COALESCE(o.recorder_id, 0) AS recorder_id,
  COALESCE(w.display_name, '') AS recorder,
  COALESCE(r.started_at, a.starts_at, c.delivered_at, o.created_at) AS starts_at,
  COALESCE(r.ended_at, a.ends_at, c.delivered_at, o.created_at) AS ends_at, COALESCE(r.minutes, 0) AS minutes,
  COALESCE(k.points, 0) AS promised, COALESCE(o.points, (SELECT t.amount FROM {{standing}}
    WHERE b.user_id = o.user_id AND b.unit = 'points'), 0) AS points,
  o.text, o.answer, o.status, o.created_at, o.decided_at, o.escalated_at, o.version

-- Whose it is, and what it is about.
-- fragment: objected
JOIN users u ON u.id = o.user_id JOIN nodes n ON n.id = o.node_id
  LEFT JOIN signups s ON s.id = o.signup_id LEFT JOIN service_records r ON r.id = o.record_id
  LEFT JOIN activities a ON a.id = COALESCE(s.activity_id, r.activity_id)
  LEFT JOIN claims c ON c.id = o.claim_id LEFT JOIN wishes k ON k.id = c.wish_id
  LEFT JOIN users w ON w.id = o.recorder_id

-- name: absence
SELECT a.node_id, COALESCE(a.settled_by, 0) AS recorder_id, s.status = 'absent' AS disputable
FROM signups s JOIN activities a ON a.id = s.activity_id
WHERE s.id = :signup AND s.user_id = :user;

-- name: credited
SELECT node_id, recorder_id, status = 'credited' AS disputable FROM service_records
WHERE id = :record AND user_id = :user;

-- A person's points of a wish that they have fulfilled, alone or with others.
-- name: paid_share
SELECT w.node_id, COALESCE((SELECT e.actor_id FROM events e
    WHERE e.id = c.confirm_event_id AND e.grant_id IS NOT NULL), 0) AS recorder_id,
  c.status = 'confirmed' AND EXISTS (SELECT 1 FROM {{standing}} WHERE b.user_id = :user AND b.unit = 'points')
    AS disputable
FROM claims c JOIN wishes w ON w.id = c.wish_id
WHERE c.id = :claim AND (c.claimant_id = :user OR EXISTS (SELECT 1 FROM claim_participants p
  WHERE p.claim_id = c.id AND p.user_id = :user AND p.accepted_at IS NOT NULL));

-- Whose wish it is and who fulfilled it, of an objection to points.
-- name: parties
SELECT c.claimant_id AS user_id FROM objections o JOIN claims c ON c.id = o.claim_id WHERE o.id = :objection
UNION SELECT p.user_id FROM objections o JOIN claim_participants p ON p.claim_id = o.claim_id WHERE o.id = :objection
UNION SELECT w.owner_id FROM objections o JOIN claims c ON c.id = o.claim_id JOIN wishes w ON w.id = c.wish_id
WHERE o.id = :objection AND w.owner_id IS NOT NULL;

-- name: lock_claim
SELECT c.id, c.wish_id, (SELECT w.node_id FROM wishes w WHERE w.id = c.wish_id) AS node_id, c.status, c.version
FROM claims c WHERE c.id = :claim FOR UPDATE;

-- name: correct_claim
UPDATE claims SET version = version + 1 WHERE id = :id AND version = :version;

-- name: add
INSERT INTO objections (id, user_id, node_id, signup_id, record_id, claim_id, recorder_id, text, status, created_at)
VALUES (:id, :user, :node, NULLIF(:signup, 0), NULLIF(:record, 0), NULLIF(:claim, 0), NULLIF(:recorder, 0), :text,
  :status, :at);

-- name: lock
SELECT id FROM objections WHERE id = :objection FOR UPDATE;

-- name: by_id
SELECT {{objection}}
FROM objections o {{objected}}
WHERE o.id = :objection;

-- name: mine
SELECT {{objection}}
FROM objections o FORCE INDEX (objections_user) {{objected}}
WHERE o.user_id = :user AND o.id < :before AND (:status = '' OR o.status = :status)
ORDER BY o.id DESC LIMIT :limit;

-- name: at
SELECT {{objection}}
FROM objections o {{objected}}
WHERE o.node_id IN (:nodes) AND o.id < :before AND (:status = '' OR o.status = :status)
ORDER BY o.id DESC LIMIT :limit;

-- name: save
UPDATE objections SET status = :status, answer = :answer, points = :ruled, correct_event_id = NULLIF(:pays, 0),
  decided_at = :decided_at, escalated_at = :escalated_at, version = version + 1
WHERE id = :id AND version = :version;

-- name: lock_absent
SELECT id, activity_id, user_id, status, version FROM signups WHERE id = :signup FOR UPDATE;

-- name: waiting
SELECT id FROM objections WHERE status = 'open' AND created_at <= :since AND escalated_at IS NULL
ORDER BY id LIMIT :limit;

-- What a list of tasks shows of objections.
-- name: show
SELECT o.id, u.display_name AS who FROM objections o JOIN users u ON u.id = o.user_id WHERE o.id IN (:ids);
