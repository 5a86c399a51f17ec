-- +goose Up
UPDATE hour_joins j SET j.joined_by = (SELECT e.actor_id FROM events e
  WHERE e.noun = 'join' AND e.subject_id = j.id AND e.name IN ('create', 'join') ORDER BY e.version DESC LIMIT 1);
