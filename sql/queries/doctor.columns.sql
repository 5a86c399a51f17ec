-- Records whose credit is not that of their history.
-- name: credits_of_records
SELECT r.id FROM service_records r
  LEFT JOIN events e ON e.noun = 'service_record' AND e.subject_id = r.id AND e.name = 'credit'
WHERE NOT (r.credit_event_id <=> e.id) ORDER BY r.id LIMIT 100;

-- Records whose reviews are not those of their history.
-- name: reviews_of_records
SELECT t.id FROM (
  SELECT e.subject_id AS id FROM events e LEFT JOIN record_reviews v ON v.record_id = e.subject_id
    AND v.event_id = e.id AND v.reviewer_id <=> e.actor_id AND v.grant_id <=> e.grant_id
  WHERE e.noun = 'service_record' AND e.name IN ('confirm', 'credit') AND v.event_id IS NULL
  UNION SELECT v.record_id FROM record_reviews v LEFT JOIN events e ON e.id = v.event_id AND e.noun = 'service_record'
    AND e.subject_id = v.record_id AND e.name IN ('confirm', 'credit')
  WHERE e.id IS NULL) t
ORDER BY t.id LIMIT 100;

-- Claims whose approval, confirmation or undoing is not that of their history.
-- name: steps_of_claims
SELECT c.id FROM claims c
  LEFT JOIN events a ON a.noun = 'claim' AND a.subject_id = c.id AND a.name = 'approve'
WHERE NOT (c.approved_by <=> a.actor_id) OR NOT (c.approval_grant_id <=> a.grant_id)
  OR NOT (c.confirm_event_id <=> CASE WHEN c.status = 'confirmed' THEN (SELECT y.id FROM events y
    WHERE y.noun = 'claim' AND y.subject_id = c.id AND y.name = 'confirm' ORDER BY y.version DESC LIMIT 1) END)
  OR NOT (c.owner_undone_at <=> (SELECT MAX(u.at) FROM events u
    WHERE u.noun = 'claim' AND u.subject_id = c.id AND u.name = 'undo' AND u.grant_id IS NULL))
ORDER BY c.id LIMIT 100;

-- Objections that name another recorder, or another payment, than history does.
-- name: steps_of_objections
SELECT o.id FROM objections o LEFT JOIN service_records r ON r.id = o.record_id
  LEFT JOIN signups s ON s.id = o.signup_id LEFT JOIN activities a ON a.id = s.activity_id
  LEFT JOIN events y ON y.noun = 'claim' AND y.subject_id = o.claim_id AND y.name = 'confirm' AND y.version = (
    SELECT MAX(x.version) FROM events x
    WHERE x.noun = 'claim' AND x.subject_id = o.claim_id AND x.name = 'confirm' AND x.id < o.id)
WHERE NOT (o.recorder_id <=> COALESCE(r.recorder_id, a.settled_by,
    CASE WHEN y.grant_id IS NOT NULL THEN y.actor_id END))
  OR NOT (o.correct_event_id <=> CASE WHEN o.status = 'upheld' THEN (SELECT e.id FROM events e WHERE e.noun = 'claim'
    AND e.subject_id = o.claim_id AND e.name = 'correct' AND e.at = o.decided_at ORDER BY e.version DESC LIMIT 1) END)
ORDER BY o.id LIMIT 100;

-- Complaints that show another answer than their history.
-- name: answers_of_complaints
SELECT k.id FROM complaints k
WHERE k.answer <> COALESCE((SELECT e.reason FROM events e
  WHERE e.noun = 'complaint' AND e.subject_id = k.id AND e.name = 'answer' ORDER BY e.version DESC LIMIT 1), '')
ORDER BY k.id LIMIT 100;

-- Joins that name somebody else than their history.
-- name: actors_of_joins
SELECT j.id FROM hour_joins j
WHERE NOT (j.joined_by <=> (SELECT e.actor_id FROM events e
  WHERE e.noun = 'join' AND e.subject_id = j.id AND e.name IN ('create', 'join') ORDER BY e.version DESC LIMIT 1))
ORDER BY j.id LIMIT 100;
