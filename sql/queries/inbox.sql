-- name: tell
INSERT INTO inbox (user_id, event_id, part) VALUES (:user, :event, :part);

-- Staff who may decide about a node's matter and are no party to it, nor chosen by whose matter it is: those of the
-- nearest level that has any, or with level 1 those of the next.
-- name: tell_deciders
INSERT INTO inbox (user_id, event_id, part)
SELECT DISTINCT g.user_id, :event, 'decider' FROM node_ancestors a JOIN grants_in_force g ON g.node_id = a.ancestor_id
WHERE a.node_id = :node AND g.role IN (:roles) AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
  AND g.user_id NOT IN (:parties) AND g.giver_id NOT IN (:personal)
  AND :level = (SELECT COUNT(DISTINCT b.distance)
    FROM node_ancestors b JOIN grants_in_force h ON h.node_id = b.ancestor_id
    WHERE b.node_id = :node AND b.distance < a.distance AND h.role IN (:roles) AND h.from_at <= :at
      AND (h.until_at IS NULL OR h.until_at > :at) AND h.user_id NOT IN (:parties) AND h.giver_id NOT IN (:personal));

-- The same of who may ask a resident: at the node and below it the posts, too.
-- name: tell_askers
INSERT INTO inbox (user_id, event_id, part)
SELECT DISTINCT g.user_id, :event, 'decider' FROM (
    SELECT ancestor_id AS id, distance, 0 AS below FROM node_ancestors WHERE node_id = :node
    UNION ALL SELECT node_id, 0, 1 FROM node_ancestors WHERE ancestor_id = :node) a
  JOIN grants_in_force g ON g.node_id = a.id AND (g.role IN (:roles) AND NOT a.below OR g.role IN (:posts) AND a.below)
WHERE g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
  AND g.user_id NOT IN (:parties) AND g.giver_id NOT IN (:personal)
  AND NOT EXISTS (SELECT 1 FROM (
      SELECT ancestor_id AS id, distance, 0 AS below FROM node_ancestors WHERE node_id = :node
      UNION ALL SELECT node_id, 0, 1 FROM node_ancestors WHERE ancestor_id = :node) b
    JOIN grants_in_force h ON h.node_id = b.id
      AND (h.role IN (:roles) AND NOT b.below OR h.role IN (:posts) AND b.below)
    WHERE b.distance < a.distance AND h.from_at <= :at AND (h.until_at IS NULL OR h.until_at > :at)
      AND h.user_id NOT IN (:parties) AND h.giver_id NOT IN (:personal));

-- name: page
SELECT i.event_id, i.part, i.read_at, e.noun, e.name, e.reason, e.at, COALESCE(w.id, 0) AS wish_id,
  COALESCE(c.id, 0) AS claim_id, COALESCE(m.id, 0) AS membership_id, COALESCE(t.id, 0) AS team_id,
  COALESCE(a.id, 0) AS activity_id, COALESCE(k.id, 0) AS complaint_id, COALESCE(sr.id, 0) AS record_id,
  COALESCE(ob.id, 0) AS objection_id, COALESCE(tm.id, 0) AS team_member_id, COALESCE(f.id, 0) AS certificate_id,
  CASE e.noun WHEN 'signup' THEN e.subject_id ELSE 0 END AS signup_id,
  COALESCE(hj.id, 0) AS join_id, COALESCE(w.title, a.title, t.name, sr.title, f.serial, hp.display_name, '') AS title,
  COALESCE(n.name, '') AS node_name, COALESCE(r.role, '') AS role,
  CASE WHEN e.noun = 'signup' AND e.name = 'attend' THEN COALESCE((SELECT CAST(SUM(h.minutes) AS SIGNED)
    FROM service_records h WHERE h.activity_id = s.activity_id AND h.user_id = s.user_id AND h.source = 'activity'
      AND h.credited_at = e.at), 0) ELSE 0 END AS minutes
FROM inbox i JOIN events e ON e.id = i.event_id
  LEFT JOIN claims c ON e.noun = 'claim' AND c.id = e.subject_id
  LEFT JOIN memberships m ON e.noun = 'membership' AND m.id = e.subject_id
  LEFT JOIN grants_in_force r ON e.noun = 'grant' AND r.id = e.subject_id
  LEFT JOIN complaints k ON e.noun = 'complaint' AND k.id = e.subject_id
  LEFT JOIN wishes w ON w.id = CASE e.noun WHEN 'wish' THEN e.subject_id WHEN 'claim' THEN c.wish_id END
  LEFT JOIN team_members tm ON e.noun = 'team_member' AND tm.id = e.subject_id
  LEFT JOIN teams t ON t.id = CASE e.noun WHEN 'team' THEN e.subject_id WHEN 'team_member' THEN tm.team_id END
  LEFT JOIN objections ob ON e.noun = 'objection' AND ob.id = e.subject_id
  LEFT JOIN signups s ON s.id = CASE e.noun WHEN 'signup' THEN e.subject_id WHEN 'objection' THEN ob.signup_id END
  LEFT JOIN activities a ON a.id = CASE e.noun WHEN 'activity' THEN e.subject_id ELSE s.activity_id END
  LEFT JOIN certificates f ON e.noun = 'certificate' AND f.id = e.subject_id
  LEFT JOIN hour_joins hj ON e.noun = 'join' AND hj.id = e.subject_id LEFT JOIN users hp ON hp.id = hj.person_id
  LEFT JOIN service_records sr ON sr.id = CASE e.noun WHEN 'service_record' THEN e.subject_id
    WHEN 'objection' THEN ob.record_id END
  LEFT JOIN nodes n ON n.id = COALESCE(w.node_id, m.node_id, r.node_id, k.node_id, t.node_id, a.node_id, sr.node_id,
    f.node_id)
WHERE i.user_id = :user AND i.event_id < :before AND (i.read_at IS NULL OR NOT :unread)
ORDER BY i.event_id DESC LIMIT :limit;

-- name: unread
SELECT COUNT(*) FROM inbox WHERE user_id = :user AND read_at IS NULL;

-- name: read
UPDATE inbox SET read_at = :at WHERE user_id = :user AND event_id <= :up_to AND read_at IS NULL;
