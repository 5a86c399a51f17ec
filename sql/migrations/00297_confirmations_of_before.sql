-- +goose Up
UPDATE claims c SET
  c.approval_grant_id = (SELECT e.grant_id FROM events e
    WHERE e.noun = 'claim' AND e.subject_id = c.id AND e.name = 'approve' ORDER BY e.version DESC LIMIT 1),
  c.confirm_event_id = CASE WHEN c.status = 'confirmed' THEN (SELECT e.id FROM events e
    WHERE e.noun = 'claim' AND e.subject_id = c.id AND e.name = 'confirm' ORDER BY e.version DESC LIMIT 1) END,
  c.owner_undone_at = (SELECT MAX(e.at) FROM events e
    WHERE e.noun = 'claim' AND e.subject_id = c.id AND e.name = 'undo' AND e.grant_id IS NULL)
WHERE c.status <> 'requested';
