-- The owner adds what the community asks for.
-- fragment: wish_todo
WHEN t.noun = 'wish' THEN 'amend'

-- fragment: wish_todo_wish
WHEN t.noun = 'wish' THEN t.id
