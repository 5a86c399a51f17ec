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
    COALESCE(w.owner_id, (SELECT u.id FROM users u WHERE u.phone_lookup = w.contact_phone_lookup), 0) AS a,
    COALESCE(w.recorder_id, 0) AS b, 0 AS c, 0 AS d, 0 AS e, w.node_id AS desk_id, 0 AS complaint_id, 0 AS record_id,
    0 AS earlier_id
  FROM wishes w WHERE w.status = 'submitted' AND w.node_id IN (:deciding)
  UNION ALL
  SELECT CASE WHEN c.status = 'requested' THEN 'claim' WHEN c.disputed_at IS NOT NULL THEN 'dispute'
      ELSE 'callback' END, c.id, w.id, c.id, w.title, COALESCE(NULLIF(r.name_label, ''), u.display_name), w.node_id,
    CASE WHEN c.status = 'requested' THEN c.requested_at WHEN c.disputed_at IS NOT NULL THEN c.disputed_at
      WHEN c.asked_at IS NOT NULL THEN c.asked_at
      WHEN w.owner_id IS NULL THEN c.delivered_at ELSE DATE_ADD(c.delivered_at, INTERVAL 3 DAY) END,
    COALESCE(w.owner_id, (SELECT u.id FROM users u WHERE u.phone_lookup = w.contact_phone_lookup), 0),
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

-- All that is a person's turn beside what waits for staff: as who leads a team, as owner, as member, as guest.
-- name: todos
SELECT t.turn, t.id, t.wish_id, t.title, t.who, t.since, t.priority FROM (
  SELECT CASE WHEN x.ends_at <= :at THEN 'settle' ELSE 'door' END AS turn, x.id, 0 AS wish_id, x.title,
    x.place_name AS who, x.starts_at AS since, CASE WHEN x.ends_at <= :at THEN 2 ELSE 1 END AS priority
  FROM team_members l JOIN activities x ON x.team_id = l.team_id
  WHERE l.user_id = :me AND l.status = 'active' AND l.role IN ('leader', 'deputy') AND x.status = 'published'
    AND x.starts_at <= :soon AND x.ends_at > :since
  UNION ALL
  SELECT 'confirm', c.id, w.id, w.title, u.display_name, c.delivered_at, 3
  FROM wishes w JOIN claims c ON c.live_wish_id = w.id JOIN users u ON u.id = c.claimant_id
  WHERE w.owner_id = :me AND w.status = 'taken' AND c.status = 'delivered' AND c.disputed_at IS NULL
  UNION ALL
  SELECT 'amend', w.id, w.id, w.title, n.name, w.submitted_at, 4
  FROM wishes w JOIN nodes n ON n.id = w.node_id WHERE w.owner_id = :me AND w.status = 'rejected'
  UNION ALL
  SELECT 'fulfil', c.id, w.id, w.title, n.name, COALESCE(c.decided_at, c.requested_at), 5
  FROM claims c JOIN wishes w ON w.id = c.wish_id JOIN nodes n ON n.id = w.node_id
  WHERE c.claimant_id = :me AND c.status = 'approved'
  UNION ALL
  SELECT 'join', c.id, w.id, w.title, u.display_name, c.requested_at, 6
  FROM claim_participants p JOIN claims c ON c.id = p.claim_id JOIN wishes w ON w.id = c.wish_id
    JOIN users u ON u.id = c.claimant_id
  WHERE p.user_id = :me AND p.accepted_at IS NULL AND c.status IN ('requested', 'approved')
  UNION ALL
  SELECT 'team', x.id, 0, x.name, u.display_name, m.requested_at, 7
  FROM team_members m JOIN teams x ON x.id = m.team_id JOIN users u ON u.id = m.inviter_id
  WHERE m.user_id = :me AND m.status = 'invited' AND x.status = 'active'
) t ORDER BY t.priority, t.since, t.id LIMIT :limit;
