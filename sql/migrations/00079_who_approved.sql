-- +goose Up
UPDATE claims SET approved_by = (SELECT e.actor_id FROM events e WHERE e.noun = 'claim' AND e.subject_id = claims.id
  AND e.name = 'approve' ORDER BY e.version DESC LIMIT 1)
WHERE decided_at IS NOT NULL;
