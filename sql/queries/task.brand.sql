-- Who speaks for the unit that shall lead says yes.
-- fragment: brand_todo
WHEN t.noun = 'brand' THEN 'brand'
