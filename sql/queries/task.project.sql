-- Who speaks for the unit that leads does what is next.
-- fragment: project_todo
WHEN t.noun = 'project' THEN 'project'
