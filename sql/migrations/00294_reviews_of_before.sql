-- +goose Up
INSERT INTO record_reviews (record_id, event_id, reviewer_id, grant_id)
SELECT e.subject_id, e.id, e.actor_id, e.grant_id FROM events e
WHERE e.noun = 'service_record' AND e.name IN ('confirm', 'credit') AND e.actor_id IS NOT NULL;
