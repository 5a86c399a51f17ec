-- The numbers that the hotline gave to what is here.
-- name: hotline_numbers
SELECT hotline_number FROM needs WHERE origin = 'hotline' AND hotline_number <> '' ORDER BY id;

-- name: nodes
SELECT n.id, n.code, n.kind, n.name, COALESCE(p.code, '') AS parent_code, n.service_phone, n.version
FROM nodes n LEFT JOIN nodes p ON p.id = n.parent_id WHERE n.code IS NOT NULL;

-- name: rename
UPDATE nodes SET name = :name WHERE id = :id;

-- name: save_unit
UPDATE nodes SET name = :name, code = NULLIF(:code, '') WHERE id = :id;

-- name: add_roster
INSERT INTO roster (unit_id, name_lookup, imported_at, people) VALUES (:unit, :name, :at, :people)
ON DUPLICATE KEY UPDATE imported_at = VALUES(imported_at), people = GREATEST(people, VALUES(people));

-- name: places
SELECT n.id, COALESCE(n.code, '') AS code, n.kind, n.name, COALESCE(n.parent_id, 0) AS parent_id,
  COALESCE(p.name, '') AS parent_name
FROM nodes n LEFT JOIN nodes p ON p.id = n.parent_id ORDER BY n.id;

-- name: roster
SELECT unit_id, name_lookup, people FROM roster;

-- name: add_roster_phone
INSERT INTO roster_phones (unit_id, name_lookup, phone_lookup, imported_at)
VALUES (:unit_id, :name_lookup, :phone_lookup, :at)
ON DUPLICATE KEY UPDATE imported_at = VALUES(imported_at);

-- name: roster_phones
SELECT unit_id, name_lookup, phone_lookup FROM roster_phones;

-- Lines of the duty list that hold, with their words.
-- name: duties
SELECT d.id, d.number, d.board, d.field, d.kind, d.item, COALESCE(d.lead_id, 0) AS lead_id, d.is_community, d.from_at,
  COALESCE((SELECT GROUP_CONCAT(w.word ORDER BY w.word) FROM duty_words w WHERE w.duty_id = d.id), '')
    AS words
FROM duties d WHERE d.until_at IS NULL;

-- name: end_duty
UPDATE duties SET until_at = :at WHERE id = :id AND until_at IS NULL;

-- name: add_duty
INSERT INTO duties (id, number, board, field, kind, item, lead_id, is_community, from_at)
VALUES (:id, :number, :board, :field, :kind, :item, NULLIF(:lead_id, 0), :is_community, :from_at);

-- name: add_duty_word
INSERT INTO duty_words (duty_id, word) VALUES (:duty, :word);

-- name: calendar_days
SELECT day, kind, name FROM calendar_days;

-- name: save_calendar_day
INSERT INTO calendar_days (day, kind, name, since) VALUES (:day, :kind, :name, :since)
ON DUPLICATE KEY UPDATE kind = VALUES(kind), name = VALUES(name);

-- How much is owed by a time that was reckoned over a day.
-- name: running_past
SELECT (SELECT COUNT(*) FROM needs n WHERE n.due_at >= :day)
  + (SELECT COUNT(*) FROM assignments a WHERE a.due_at >= :day)
  + (SELECT COUNT(*) FROM admissions a WHERE a.from_at >= :day);
