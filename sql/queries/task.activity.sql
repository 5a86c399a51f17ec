-- Whoever leads the team shows the code, and once it is over says who served how long.
-- fragment: activity_todo
WHEN t.noun = 'activity' AND t.due <= :at THEN 'settle' WHEN t.noun = 'activity' THEN 'door'

-- Where it is, only its own row tells.
-- fragment: activity_todo_place
WHEN t.noun = 'activity' THEN (SELECT x.place_name FROM activities x WHERE x.id = t.id)
