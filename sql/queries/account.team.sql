-- What an account has of teams (internal/account/team.go).

-- name: live_teams
SELECT team_id FROM team_members WHERE user_id = :user AND status IN ('requested', 'invited', 'active') ORDER BY id;

-- name: sheet_teams
SELECT m.id, t.name AS team, m.role, m.status, m.requested_at, m.decided_at
FROM team_members m JOIN teams t ON t.id = m.team_id WHERE m.user_id IN (:people) ORDER BY m.id;
