-- The owner says whether it is solved.
-- fragment: need_todo
WHEN t.noun = 'need' THEN 'confirm'
