-- What an account has of records of service (internal/account/record.go).

-- name: records
SELECT id FROM service_records WHERE user_id IN (:people);

-- name: erase_records
UPDATE service_records SET note = '', title = CASE source WHEN 'self' THEN :title ELSE title END WHERE id IN (:ids);

-- name: erase_items
UPDATE certificate_items i JOIN service_records r ON r.id = i.record_id SET i.title = r.title
WHERE i.record_id IN (:ids);

-- name: sheet_records
SELECT r.id, r.title, n.name AS node, r.started_at, r.ended_at, r.minutes, r.note, r.source, r.status, r.recorded_at,
  r.credited_at
FROM service_records r JOIN nodes n ON n.id = r.node_id WHERE r.user_id IN (:people) ORDER BY r.id;
