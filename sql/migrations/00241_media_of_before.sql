-- +goose Up
-- Those of an edited wish were added at different times, and are all there are since the last edit: they get its time,
-- so that the pictures of each noun are in the order of attached_at, then position.
UPDATE media m LEFT JOIN (SELECT w.wish_id, MAX(w.attached_at) AS at FROM media w WHERE w.wish_id IS NOT NULL
    GROUP BY w.wish_id) last ON last.wish_id = m.wish_id
SET m.noun = CASE WHEN m.wish_id IS NOT NULL THEN 'wish' WHEN m.claim_id IS NOT NULL THEN 'claim'
    WHEN m.service_record_id IS NOT NULL THEN 'service_record' END,
  m.subject_id = COALESCE(m.wish_id, m.claim_id, m.service_record_id),
  m.attached_at = COALESCE(last.at, m.attached_at);
