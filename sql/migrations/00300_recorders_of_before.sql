-- +goose Up
-- A confirmation that staff recorded is the last one before the objection.
UPDATE objections o LEFT JOIN service_records r ON r.id = o.record_id LEFT JOIN signups s ON s.id = o.signup_id
  LEFT JOIN activities a ON a.id = s.activity_id
SET o.recorder_id = COALESCE(r.recorder_id, a.settled_by, (SELECT CASE WHEN e.grant_id IS NULL THEN NULL ELSE e.actor_id
    END FROM events e WHERE e.noun = 'claim' AND e.subject_id = o.claim_id AND e.name = 'confirm' AND e.id < o.id
    ORDER BY e.version DESC LIMIT 1)),
  o.correct_event_id = CASE WHEN o.status = 'upheld' THEN (SELECT e.id FROM events e WHERE e.noun = 'claim'
    AND e.subject_id = o.claim_id AND e.name = 'correct' AND e.at = o.decided_at ORDER BY e.version DESC LIMIT 1) END;
