-- Who answers for the body says whether it is theirs, and then what they have done.
-- fragment: assignment_todo
WHEN t.noun = 'assignment' THEN CASE m.status WHEN 'sent' THEN 'order' ELSE 'fulfil' END
