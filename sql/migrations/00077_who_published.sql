-- +goose Up
UPDATE wishes SET published_by = (SELECT e.actor_id FROM events e WHERE e.noun = 'wish' AND e.subject_id = wishes.id
  AND e.name = 'publish' ORDER BY e.version DESC LIMIT 1)
WHERE published_at IS NOT NULL;
