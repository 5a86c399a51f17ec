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
