-- Report-ins whose times and grant are not those of their history.
-- name: belonging
SELECT m.id FROM memberships m
  LEFT JOIN events a ON a.noun = 'membership' AND a.subject_id = m.id AND a.name = 'approve'
  LEFT JOIN events l ON l.noun = 'membership' AND l.subject_id = m.id AND l.name IN ('leave', 'end')
WHERE NOT (m.approved_at <=> a.at) OR NOT (m.approval_grant_id <=> a.grant_id) OR NOT (m.ended_at <=> l.at)
ORDER BY m.id LIMIT 100;
