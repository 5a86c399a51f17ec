-- +goose Up
UPDATE complaints k SET k.answer = COALESCE((SELECT e.reason FROM events e
  WHERE e.noun = 'complaint' AND e.subject_id = k.id AND e.name = 'answer' ORDER BY e.version DESC LIMIT 1), '');
