-- How many of a hundred recorded yeses are asked again, on the day.
-- name: yes_rules
SELECT since, percent FROM yes_rules ORDER BY since DESC;

-- name: add_yes_rule
INSERT INTO yes_rules (since, percent) VALUES (:since, :percent) ON DUPLICATE KEY UPDATE percent = VALUES(percent);

-- name: add_yes
INSERT INTO recorded_yeses (event_id, claim_id, recorder_id, how, recorded_at, lot, drawn)
VALUES (:event, :claim, :recorder, :how, :at, :lot, :drawn);

-- What the second asking, or the resident, says of a yes that was drawn.
-- name: answer_yes
UPDATE recorded_yeses SET stood = :stood WHERE claim_id = :claim AND drawn AND stood IS NULL;

-- A confirmation that is undone was no yes.
-- name: undo_yes
UPDATE recorded_yeses SET stood = FALSE WHERE event_id = :event;

-- Who recorded the yeses about which another person is to ask again.
-- name: recorded
SELECT y.claim_id, u.display_name, g.role, y.recorded_at FROM recorded_yeses y JOIN users u ON u.id = y.recorder_id
  JOIN events e ON e.id = y.event_id JOIN grants_in_force g ON g.id = e.grant_id
WHERE y.claim_id IN (:claims) AND y.drawn AND y.stood IS NULL;
