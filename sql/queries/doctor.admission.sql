-- Whose turn it is.
-- fragment: admission_turns
SELECT 'admission', a.id, 'decider', 0, NULL, a.desk_id, NULL, a.asked_at, a.asked_at, NULL
FROM admissions a WHERE a.status = 'asked'

-- Who does not decide about it.
-- fragment: admission_barred
SELECT 'admission', a.id, a.asker_id, NULL, 0 FROM admissions a

-- That the person is what a message about it says.
-- fragment: admission_recipients
e.noun = 'admission' AND EXISTS (SELECT 1 FROM admissions a WHERE a.id = e.subject_id AND (
  i.part = 'sender' AND a.asker_id = i.user_id
  OR i.part = 'responder' AND EXISTS (SELECT 1 FROM grants_in_force r
    WHERE r.user_id = i.user_id AND r.node_id = a.node_id AND r.from_at <= e.at)))

-- Its steps that who asked for it was not told of.
-- fragment: admission_untold
SELECT 'admission', e.id FROM events e JOIN admissions a ON a.id = e.subject_id JOIN users u ON u.id = a.asker_id
WHERE e.noun = 'admission' AND e.name IN (:admission_sender) AND {{not_told}}

-- That who decides about it asked for it.
-- fragment: admission_own
e.noun = 'admission' AND e.name IN ('approve', 'refuse') AND EXISTS (SELECT 1 FROM admissions a
  WHERE a.id = e.subject_id AND a.asker_id = e.actor_id)

-- name: admission_status
SELECT a.id, a.status, a.version FROM admissions a LEFT JOIN events e
  ON e.noun = 'admission' AND e.subject_id = a.id AND e.version = a.version
WHERE e.id IS NULL OR e.to_status <> a.status ORDER BY a.id LIMIT 100;

-- name: admission_register
SELECT a.id FROM admissions a LEFT JOIN matters m ON m.noun = 'admission' AND m.id = a.id AND m.of_id IS NULL
  AND m.number = '' AND m.title = LEFT(a.what, 60) AND m.node_id = a.node_id AND m.desk_id = a.desk_id
  AND m.status = a.status AND m.version = a.version
WHERE m.id IS NULL ORDER BY a.id LIMIT 100;

-- Admissions that the county did not decide, that were asked for by who did not answer for the unit, or that nobody
-- decided about and that did not lapse for a day.
-- name: admission_decisions
SELECT a.id FROM admissions a JOIN nodes u ON u.id = a.unit_id JOIN nodes d ON d.id = a.desk_id
WHERE u.kind <> 'unit' OR d.kind <> 'county'
  OR a.status IN ('admitted', 'ended', 'refused') AND NOT EXISTS (SELECT 1 FROM events e
    JOIN grants_in_force g ON g.id = e.grant_id JOIN nodes c ON c.id = g.node_id
    WHERE e.noun = 'admission' AND e.subject_id = a.id AND e.name IN ('approve', 'refuse') AND c.kind = 'county'
      AND e.at < a.lapse_at + INTERVAL 1 DAY)
  OR a.status = 'asked' AND a.lapse_at < DATE_SUB(:at, INTERVAL 1 DAY)
  OR NOT EXISTS (SELECT 1 FROM events e JOIN grants_in_force g ON g.id = e.grant_id
    WHERE e.noun = 'admission' AND e.subject_id = a.id AND e.name = 'create' AND g.role = 'responder'
      AND g.node_id = a.unit_id)
ORDER BY a.id LIMIT 100;

-- When each admission was asked for, begins, and is refused by silence.
-- name: admission_days
SELECT a.id, a.asked_at, a.from_at, a.lapse_at FROM admissions a WHERE a.id > :after ORDER BY a.id LIMIT :limit;

-- Lines of the duty list that hold together with another of their number.
-- name: duty_lines
SELECT d.id FROM duties d JOIN duties o ON o.number = d.number AND o.id > d.id
  AND (d.until_at IS NULL OR o.from_at < d.until_at) AND (o.until_at IS NULL OR d.from_at < o.until_at)
ORDER BY d.id LIMIT 100;
