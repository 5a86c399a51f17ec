-- What waits for a person who decides, or for a call back who holds a post: matters to which the person is no party,
-- nor who chose them for a deputy, and for which no nearer level has eligible staff, or only one that has left it for
-- three days. Levels are counted from the desk: for a complaint that is above the node that it is about. a and c are
-- whose matter it is, b, d and e who worked on it (org.Parties).
-- name: waiting
SELECT DISTINCT m.kind, m.id, m.wish_id, m.title, m.who, m.node_id, n.name AS node_name, m.since,
  m.c AS claimant_id, m.earlier_id
FROM (
  SELECT 'wish' AS kind, w.id, w.id AS wish_id, 0 AS claim_id, w.title, w.owner_label AS who, w.node_id,
    w.submitted_at AS since,
    COALESCE(w.owner_id, ({{wish.whose_phone}}), 0) AS a,
    COALESCE(w.recorder_id, 0) AS b, 0 AS c, 0 AS d, 0 AS e, w.node_id AS desk_id, 0 AS complaint_id, 0 AS record_id,
    0 AS earlier_id
  FROM wishes w WHERE w.status = 'submitted' AND w.node_id IN (:deciding)
  UNION ALL
  SELECT CASE WHEN c.status = 'requested' THEN 'claim' WHEN c.disputed_at IS NOT NULL THEN 'dispute'
      ELSE 'callback' END, c.id, w.id, c.id, w.title, COALESCE(NULLIF(r.name_label, ''), u.display_name), w.node_id,
    CASE WHEN c.status = 'requested' THEN c.requested_at WHEN c.disputed_at IS NOT NULL THEN c.disputed_at
      WHEN c.asked_at IS NOT NULL THEN c.asked_at
      WHEN w.owner_id IS NULL THEN c.delivered_at ELSE DATE_ADD(c.delivered_at, INTERVAL 3 DAY) END,
    COALESCE(w.owner_id, ({{wish.whose_phone}}), 0),
    COALESCE(w.recorder_id, 0), c.claimant_id,
    CASE WHEN c.status = 'delivered' AND c.disputed_at IS NULL THEN COALESCE(c.approved_by, 0) ELSE 0 END,
    COALESCE(c.asked_by, 0), w.node_id, 0, 0, 0
  FROM claims c JOIN wishes w ON w.id = c.wish_id JOIN users u ON u.id = c.claimant_id
    LEFT JOIN memberships r ON r.id = c.membership_id
  WHERE (w.node_id IN (:deciding) OR w.node_id IN (:recording)) AND (c.status = 'requested' OR (c.status = 'delivered'
    AND (c.disputed_at IS NOT NULL OR w.owner_id IS NULL OR c.asked_at IS NOT NULL OR c.delivered_at <= :old)))
  UNION ALL
  SELECT 'membership', r.id, 0, 0, u.name, r.name_label, r.node_id, r.requested_at, r.user_id, 0, 0, 0, 0,
    r.node_id, 0, 0, COALESCE(r.earlier_id, 0)
  FROM memberships r JOIN nodes u ON u.id = r.unit_id WHERE r.status = 'requested' AND r.node_id IN (:deciding)
  UNION ALL
  SELECT 'complaint', k.id, COALESCE(k.wish_id, 0), 0, LEFT(k.text, 60), u.display_name, k.node_id, k.asked_at,
    k.author_id, 0, 0, 0, 0, k.desk_id, k.id, 0, 0
  FROM complaints k JOIN users u ON u.id = k.author_id WHERE k.status = 'open'
  UNION ALL
  SELECT 'service', s.id, 0, 0, CONCAT(s.title, ' ', DATE_FORMAT(DATE_ADD(s.started_at, INTERVAL 8 HOUR), '%c月%e日'),
      CASE WHEN s.minutes >= 60 THEN CONCAT(' ', s.minutes DIV 60, '小时') ELSE ' ' END,
      CASE WHEN s.minutes MOD 60 > 0 THEN CONCAT(s.minutes MOD 60, '分钟') ELSE '' END), u.display_name, s.node_id,
    e.at, s.user_id, s.recorder_id, 0, 0, 0, s.stage_node_id, 0, s.id, 0
  FROM service_records s JOIN users u ON u.id = s.user_id
    JOIN events e ON e.noun = 'service_record' AND e.subject_id = s.id
      AND e.version = s.version - (s.escalated_at IS NOT NULL)
  WHERE s.status IN ('recorded', 'confirmed')
  UNION ALL
  SELECT 'objection', o.id, 0, COALESCE(c.id, 0), COALESCE(r.title, x.title, w.title), u.display_name, o.node_id,
    o.created_at, CASE WHEN c.id IS NULL THEN o.user_id ELSE COALESCE(w.owner_id, 0) END,
    COALESCE(r.recorder_id, x.settled_by, v.actor_id, 0), COALESCE(c.claimant_id, 0), 0, 0, o.node_id, 0, 0, 0
  FROM objections o JOIN users u ON u.id = o.user_id LEFT JOIN service_records r ON r.id = o.record_id
    LEFT JOIN signups p ON p.id = o.signup_id LEFT JOIN activities x ON x.id = p.activity_id
    LEFT JOIN claims c ON c.id = o.claim_id LEFT JOIN wishes w ON w.id = c.wish_id
    LEFT JOIN events v ON v.noun = 'claim' AND v.subject_id = c.id AND v.name = 'confirm' AND v.grant_id IS NOT NULL
      AND v.version = (SELECT MAX(z.version) FROM events z WHERE z.noun = 'claim' AND z.subject_id = c.id
        AND z.name = 'confirm')
  WHERE o.status = 'open' AND o.node_id IN (:deciding)
) m JOIN nodes n ON n.id = m.node_id
  JOIN (
    SELECT a.node_id, MIN(a.distance) AS distance, g.giver_id, 1 AS decides
    FROM grants_in_force g JOIN node_ancestors a ON a.ancestor_id = g.node_id
    WHERE g.user_id = :me AND g.role IN (:roles) AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
    GROUP BY a.node_id, g.giver_id
    UNION ALL
    SELECT c.id, 0, g.giver_id, 0
    FROM grants_in_force g JOIN node_ancestors a ON a.node_id = g.node_id
      JOIN nodes c ON c.id = a.ancestor_id AND c.kind IN ('community', 'village')
    WHERE g.user_id = :me AND g.role IN (:posts) AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
  ) mine ON mine.node_id = m.desk_id AND (mine.decides OR m.kind = 'callback')
WHERE :me NOT IN (m.a, m.b, m.c, m.d, m.e) AND mine.giver_id NOT IN (m.a, m.c)
  AND NOT EXISTS (SELECT 1 FROM claim_participants p
    WHERE p.claim_id = m.claim_id AND p.user_id IN (:me, mine.giver_id))
  AND NOT EXISTS (SELECT 1 FROM complaint_parties q
    WHERE q.complaint_id = m.complaint_id AND q.user_id IN (:me, mine.giver_id))
  AND NOT EXISTS (SELECT 1 FROM events v WHERE v.noun = 'service_record' AND v.subject_id = m.record_id
    AND v.name = 'confirm' AND v.actor_id = :me)
  AND (:node = 0 OR EXISTS (SELECT 1 FROM node_ancestors s WHERE s.node_id = m.node_id AND s.ancestor_id = :node))
  AND (SELECT COUNT(DISTINCT k.distance) FROM node_ancestors k JOIN grants_in_force h ON h.node_id = k.ancestor_id
      WHERE k.node_id = m.desk_id AND k.distance < mine.distance AND (k.distance > 0 OR m.kind <> 'callback')
        AND h.role IN (:roles) AND h.from_at <= :at AND (h.until_at IS NULL OR h.until_at > :at)
        AND h.user_id NOT IN (m.a, m.b, m.c, m.d, m.e) AND h.giver_id NOT IN (m.a, m.c)
        AND NOT EXISTS (SELECT 1 FROM claim_participants p
          WHERE p.claim_id = m.claim_id AND p.user_id IN (h.user_id, h.giver_id))
        AND NOT EXISTS (SELECT 1 FROM complaint_parties q
          WHERE q.complaint_id = m.complaint_id AND q.user_id IN (h.user_id, h.giver_id))
        AND NOT EXISTS (SELECT 1 FROM events v WHERE v.noun = 'service_record' AND v.subject_id = m.record_id
          AND v.name = 'confirm' AND v.actor_id = h.user_id))
    + (m.kind = 'callback' AND mine.distance > 0 AND EXISTS (SELECT 1
      FROM node_ancestors k JOIN grants_in_force h ON h.node_id = k.node_id
      WHERE k.ancestor_id = m.desk_id AND (h.role IN (:posts) OR (h.role IN (:roles) AND k.distance = 0))
        AND h.from_at <= :at AND (h.until_at IS NULL OR h.until_at > :at)
        AND h.user_id NOT IN (m.a, m.b, m.c, m.d, m.e) AND h.giver_id NOT IN (m.a, m.c)
        AND NOT EXISTS (SELECT 1 FROM claim_participants p
          WHERE p.claim_id = m.claim_id AND p.user_id IN (h.user_id, h.giver_id))
        AND NOT EXISTS (SELECT 1 FROM complaint_parties q
          WHERE q.complaint_id = m.complaint_id AND q.user_id IN (h.user_id, h.giver_id))
        AND NOT EXISTS (SELECT 1 FROM events v WHERE v.noun = 'service_record' AND v.subject_id = m.record_id
          AND v.name = 'confirm' AND v.actor_id = h.user_id)))
    <= CASE WHEN m.since <= :old THEN 1 ELSE 0 END
ORDER BY m.id LIMIT :limit;

-- Who asks to fulfil what waits: their unit, what they have in hand and what they have fulfilled.
-- name: claimants
SELECT u.id, COALESCE(n.name, '') AS unit_name,
  (SELECT COUNT(*) FROM claims c WHERE c.claimant_id = u.id AND c.status IN ('approved', 'delivered')) AS in_hand,
  (SELECT COUNT(*) FROM claims c WHERE c.claimant_id = u.id AND c.status = 'confirmed') AS fulfilled
FROM users u LEFT JOIN memberships r ON r.active_user_id = u.id LEFT JOIN nodes n ON n.id = r.unit_id
WHERE u.id IN (:people);

-- The claims whose residents were asked in vain.
-- name: missed
SELECT id, missed_calls, missed_call_at FROM claims WHERE id IN (:claims) AND missed_call_at IS NOT NULL;

-- Why wishes and records are looked at before they are decided.
-- name: cautions
SELECT w.id, 'sensitive' AS caution FROM wishes w WHERE w.id IN (:wishes) AND w.is_sensitive
UNION ALL
SELECT r.id, CASE WHEN r.is_unseen THEN 'unseen' WHEN r.is_sample THEN 'sample' ELSE 'long_report' END
FROM service_records r
WHERE r.id IN (:records) AND (r.is_unseen OR r.is_sample OR (r.source = 'self' AND r.minutes > :long));

-- Records of unseen people, with the activity in which they are decided about together.
-- name: unseen
SELECT id, activity_id FROM service_records WHERE id IN (:records) AND is_unseen = 1 AND activity_id IS NOT NULL;

-- All that is a person's turn beside what waits for staff: their own turns and those of the teams that they lead. Where
-- an activity is, only its own row tells.
-- name: todos
SELECT d.turn, d.id, d.wish_id, d.title, d.who, d.since FROM (
  SELECT CASE t.noun WHEN 'activity' THEN CASE WHEN t.due <= :at THEN 'settle' ELSE 'door' END WHEN 'wish' THEN 'amend'
      WHEN 'team_member' THEN 'team'
      ELSE CASE t.part WHEN 'owner' THEN 'confirm' WHEN 'claimant' THEN 'fulfil' ELSE 'join' END END AS turn,
    CASE t.noun WHEN 'team_member' THEN m.of_id ELSE t.id END AS id,
    CASE t.noun WHEN 'claim' THEN m.of_id WHEN 'wish' THEN t.id ELSE 0 END AS wish_id,
    CASE m.title WHEN '' THEN o.title ELSE m.title END AS title, COALESCE(u.display_name, x.place_name, n.name) AS who,
    t.since
  FROM (
    SELECT p.noun, p.id, p.part, p.asker_id, p.since, p.opens_at, p.due FROM matter_turns p WHERE p.person_id = :me
    UNION ALL
    SELECT p.noun, p.id, p.part, p.asker_id, p.since, p.opens_at, p.due
    FROM team_members l JOIN matter_turns p ON p.team_id = l.team_id
    WHERE l.user_id = :me AND l.status = 'active' AND l.role IN ('leader', 'deputy')
  ) t JOIN matters m ON m.noun = t.noun AND m.id = t.id LEFT JOIN matters o ON o.noun = m.of_noun AND o.id = m.of_id
    JOIN nodes n ON n.id = m.node_id LEFT JOIN users u ON u.id = t.asker_id
    LEFT JOIN activities x ON t.noun = 'activity' AND x.id = t.id
  WHERE t.opens_at <= :at AND (t.due IS NULL OR t.due > :since) AND (t.noun <> 'team_member' OR o.status = 'active')
) d ORDER BY CASE d.turn WHEN 'door' THEN 1 WHEN 'settle' THEN 2 WHEN 'confirm' THEN 3 WHEN 'amend' THEN 4
  WHEN 'fulfil' THEN 5 WHEN 'join' THEN 6 ELSE 7 END, d.since, d.id LIMIT :limit;
