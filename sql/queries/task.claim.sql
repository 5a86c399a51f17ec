-- The owner says whether it is done, the claimant does it, who is invited answers.
-- fragment: claim_todo
WHEN t.noun = 'claim' AND t.part = 'owner' THEN 'confirm' WHEN t.noun = 'claim' AND t.part = 'claimant' THEN 'fulfil'
WHEN t.noun = 'claim' THEN 'join'

-- fragment: claim_todo_wish
WHEN t.noun = 'claim' THEN m.of_id
