-- Who is invited answers.
-- fragment: team_member_todo
WHEN t.noun = 'team_member' THEN 'team'

-- The page is the team's.
-- fragment: team_member_todo_page
WHEN t.noun = 'team_member' THEN m.of_id

-- A team that has ended waits for nobody.
-- fragment: team_member_todo_over
t.noun = 'team_member' AND o.status <> 'active'
