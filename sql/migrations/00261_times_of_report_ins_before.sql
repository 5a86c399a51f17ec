-- +goose Up
UPDATE memberships m SET
  m.approved_at = (SELECT MAX(e.at) FROM events e
    WHERE e.noun = 'membership' AND e.subject_id = m.id AND e.name = 'approve'),
  m.approval_grant_id = (SELECT MAX(e.grant_id) FROM events e
    WHERE e.noun = 'membership' AND e.subject_id = m.id AND e.name = 'approve'),
  m.ended_at = (SELECT MAX(e.at) FROM events e
    WHERE e.noun = 'membership' AND e.subject_id = m.id AND e.name IN ('leave', 'end'))
WHERE m.status IN ('active', 'left');
