-- Whose turn it is.
-- fragment: assignment_turns
SELECT 'assignment', a.id, 'recorder', 0, NULL, a.from_id, NULL, a.reported_at, a.reported_at, NULL
FROM assignments a WHERE a.status = 'reported' AND a.origin_noun NOT IN ('duty', 'admission')
UNION ALL SELECT 'assignment', a.id, 'responder', 0, NULL, a.from_id, NULL, a.reported_at, a.reported_at, NULL
FROM assignments a WHERE a.status = 'reported' AND a.origin_noun IN ('duty', 'admission')
UNION ALL SELECT 'assignment', a.id, 'responder', 0, NULL, a.to_id, NULL, q.since, q.since, NULL
FROM assignments a JOIN (SELECT w.id, CASE w.status WHEN 'sent' THEN w.sent_at ELSE w.accepted_at END AS since
  FROM assignments w WHERE w.status IN ('sent', 'working')) q ON q.id = a.id
UNION ALL SELECT 'assignment', a.id, 'decider', 0, NULL, a.from_id, NULL, a.ended_at, a.ended_at, NULL
FROM assignments a WHERE a.status = 'refused' AND a.kind = 'lead' AND a.followed_at IS NULL AND NOT a.is_unadmitted
  AND a.origin_noun NOT IN ('duty', 'admission')

-- Who does not decide about it.
-- fragment: assignment_barred
SELECT 'assignment', a.id, a.worker_id, NULL, 0 FROM assignments a WHERE a.worker_id IS NOT NULL
UNION ALL SELECT 'assignment', a.id, a.reporter_id, NULL, 0 FROM assignments a WHERE a.reporter_id IS NOT NULL

-- That the person is what a message about it says.
-- fragment: assignment_recipients
e.noun = 'assignment' AND EXISTS (SELECT 1 FROM assignments a WHERE a.id = e.subject_id AND (
  i.part = 'sender' AND a.sender_id = i.user_id
  OR i.part = 'responder' AND EXISTS (SELECT 1 FROM grants_in_force r
    WHERE r.user_id = i.user_id AND r.node_id = a.to_id AND r.from_at <= e.at)
  OR i.part = 'overseer' AND EXISTS (SELECT 1 FROM node_ancestors o JOIN grants_in_force r ON r.node_id = o.ancestor_id
    WHERE o.node_id = a.from_id AND o.distance > 0 AND r.user_id = i.user_id AND r.from_at <= e.at)))

-- Its steps that the sender was not told of.
-- fragment: assignment_untold
SELECT 'assignment', e.id FROM events e JOIN assignments a ON a.id = e.subject_id JOIN users u ON u.id = a.sender_id
WHERE e.noun = 'assignment' AND e.name IN (:assignment_sender) AND {{not_told}}

-- That who decides about it did the work.
-- fragment: assignment_own
e.noun = 'assignment' AND e.name IN ('verify', 'return') AND EXISTS (SELECT 1 FROM assignments a
  WHERE a.id = e.subject_id AND a.reporter_id = e.actor_id)

-- name: assignment_status
SELECT a.id, a.status, a.version FROM assignments a LEFT JOIN events e
  ON e.noun = 'assignment' AND e.subject_id = a.id AND e.version = a.version
WHERE e.id IS NULL OR e.to_status <> a.status ORDER BY a.id LIMIT 100;

-- name: assignment_register
SELECT a.id FROM assignments a LEFT JOIN matters m ON m.noun = 'assignment' AND m.id = a.id
  AND m.of_noun = a.origin_noun AND m.of_id = a.origin_id AND m.number = ''
  AND m.title = LEFT(a.what, 60) AND m.node_id = a.from_id AND m.status = a.status
  AND m.desk_id <=> CASE WHEN a.origin_noun NOT IN ('duty', 'admission') THEN a.from_id END AND m.version = a.version
WHERE m.id IS NULL ORDER BY a.id LIMIT 100;

-- What an assignment stands on as it held when it was sent: a line of the duty list that names the receiver for such a
-- thing, or an admission of the department's that reaches it.
-- fragment: assignment_line
EXISTS (SELECT 1 FROM duties l WHERE l.id = a.duty_id AND l.from_at <= a.sent_at
    AND (l.until_at IS NULL OR l.until_at > a.sent_at) AND (t.kind = 'street' OR l.is_community)
    AND (l.kind = 'own' AND f.kind <> 'unit'
      OR l.kind = 'assist' AND a.kind = 'help' AND (f.kind <> 'unit' OR l.lead_id = f.id)))

-- fragment: assignment_admission
EXISTS (SELECT 1 FROM admissions l JOIN node_ancestors x ON x.ancestor_id = l.node_id AND x.node_id = a.to_id
    WHERE l.id = a.admission_id AND l.unit_id = a.from_id AND l.status IN ('admitted', 'ended')
      AND l.decided_at <= a.sent_at AND l.from_at <= a.sent_at AND l.until_at > a.sent_at
      AND (l.ended_at IS NULL OR l.ended_at >= a.sent_at))

-- Assignments that no direction allows, without a duty or an admission of that day.
-- name: assignment_directions
SELECT a.id FROM assignments a JOIN nodes f ON f.id = a.from_id JOIN nodes t ON t.id = a.to_id
WHERE a.from_id = a.to_id OR (a.origin_noun IN ('duty', 'admission')) <> (f.kind = 'unit')
  OR NOT CASE f.kind
    WHEN 'unit' THEN t.kind IN ('community', 'village', 'street') AND ({{assignment_line}} OR {{assignment_admission}})
      OR t.kind = 'unit' AND a.kind = 'help'
    WHEN 'county' THEN t.kind IN ('unit', 'group') OR t.kind = 'street' AND {{assignment_line}}
    WHEN 'street' THEN t.kind IN ('unit', 'group') OR t.kind = 'county' AND a.kind = 'help'
      OR t.kind IN ('community', 'village') AND {{assignment_line}}
    ELSE f.kind IN ('community', 'village') AND (t.kind IN ('unit', 'group') OR t.kind = 'street' AND a.kind = 'help')
    END
ORDER BY a.id LIMIT 100;

-- Rows of lead sendings with more than two refusals, or that count their refusals wrongly, or refused a bound one.
-- name: assignment_chains
SELECT a.id FROM assignments a
WHERE a.refusals <> (SELECT COUNT(*) FROM assignments b WHERE b.chain_id = a.chain_id AND b.id < a.id
    AND b.status = 'refused' AND NOT b.is_unadmitted)
  OR a.status = 'refused' AND NOT a.is_unadmitted AND (a.refusals >= 2 OR a.is_bound)
  OR a.refusals >= 2 AND NOT a.is_bound
ORDER BY a.id LIMIT 100;

-- Work that was verified by who reported it, or by whom nothing entitled.
-- name: assignment_verifiers
SELECT a.id FROM assignments a LEFT JOIN events e ON e.noun = 'assignment' AND e.subject_id = a.id AND e.name = 'verify'
  AND e.version = (SELECT MAX(v.version) FROM events v
    WHERE v.noun = 'assignment' AND v.subject_id = a.id AND v.name = 'verify')
WHERE a.status = 'verified' AND (e.id IS NULL OR e.actor_id <> a.verifier_id OR a.verifier_id = a.reporter_id
  OR a.verifier_id = a.worker_id)
ORDER BY a.id LIMIT 100;

-- Assignments whose time was over for a day, and nobody was told.
-- name: assignment_overdue
SELECT a.id FROM assignments a WHERE a.status IN ('sent', 'working') AND a.due_at < DATE_SUB(:at, INTERVAL 1 DAY)
  AND NOT EXISTS (SELECT 1 FROM events e JOIN inbox i ON i.event_id = e.id
    WHERE e.noun = 'assignment' AND e.subject_id = a.id AND e.name = 'escalate')
ORDER BY a.id LIMIT 100;

-- The time of each assignment.
-- name: assignment_terms
SELECT a.id, a.term_code AS code, a.sent_at AS since, 100 AS share, a.due_at
FROM assignments a WHERE a.id > :after AND NOT a.is_extended ORDER BY a.id LIMIT :limit;
