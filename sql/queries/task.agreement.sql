-- Who answers for the unit signs, or says what is to be changed.
-- fragment: agreement_todo
WHEN t.noun = 'agreement' THEN 'agreement'
