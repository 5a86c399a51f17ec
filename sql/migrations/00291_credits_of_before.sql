-- +goose Up
UPDATE service_records r SET r.credit_event_id = (SELECT MAX(e.id) FROM events e
  WHERE e.noun = 'service_record' AND e.subject_id = r.id AND e.name = 'credit')
WHERE r.status IN ('credited', 'corrected');
