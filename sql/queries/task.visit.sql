-- Who is asked to come says when, and who came writes down what was heard.
-- fragment: visit_todo
WHEN t.noun = 'visit' THEN CASE m.status WHEN 'invited' THEN 'invitation' ELSE 'notebook' END
