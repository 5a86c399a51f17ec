-- +goose Up
-- Fails where a record has not as many as it counts: an event is never NULL.
INSERT INTO record_reviews (record_id, event_id, reviewer_id)
SELECT r.id, NULL, 0 FROM service_records r LEFT JOIN record_reviews v ON v.record_id = r.id
GROUP BY r.id, r.reviews HAVING COUNT(v.event_id) <> r.reviews;
