-- Who answers for the body says whether it is theirs, and then what they have done; who answers for the department that
-- has asked for it says whether it is done.
-- fragment: assignment_todo
WHEN t.noun = 'assignment' THEN CASE m.status WHEN 'sent' THEN 'order' WHEN 'reported' THEN 'confirm' ELSE 'fulfil' END
