-- Who answers for the host says yes or no.
-- fragment: booking_todo
WHEN t.noun = 'booking' THEN 'booking'
