-- Invitations to teams that the invited was not told of.
-- name: untold_guests
SELECT e.id FROM events e JOIN team_members m ON m.id = e.subject_id
  LEFT JOIN inbox i ON i.event_id = e.id AND i.user_id = m.user_id AND i.part = 'invited'
WHERE e.noun = 'team_member' AND e.version = 1 AND m.inviter_id IS NOT NULL AND i.event_id IS NULL
ORDER BY e.id LIMIT 100;

-- Who was invited to a team and is in it though they did not accept themself, except a leader whom staff named.
-- name: forced_guests
SELECT m.id FROM team_members m WHERE m.inviter_id IS NOT NULL AND (m.status = 'active' OR m.inviter_id = m.user_id)
  AND NOT EXISTS (SELECT 1 FROM events e WHERE e.noun = 'team_member' AND e.subject_id = m.id
    AND m.inviter_id <> m.user_id
    AND (e.name = 'accept' AND e.actor_id = m.user_id OR e.name = 'approve' AND e.grant_id IS NOT NULL))
ORDER BY m.id LIMIT 100;
