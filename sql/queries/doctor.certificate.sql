-- That the person is what a message about it says.
-- fragment: certificate_recipients
e.noun = 'certificate' AND EXISTS (SELECT 1 FROM certificates f
  WHERE f.id = e.subject_id AND i.part = 'owner' AND f.user_id = i.user_id)

-- Its steps that somebody whom they concern was not told of.
-- fragment: certificate_untold
SELECT 'certificate', e.id FROM events e JOIN certificates f ON f.id = e.subject_id JOIN users u ON u.id = f.user_id
WHERE e.noun = 'certificate' AND e.name IN (:certificate_owner) AND {{not_told}}

-- That it is the own matter of who decides, or of who chose them.
-- fragment: certificate_own
e.noun = 'certificate' AND EXISTS (SELECT 1 FROM certificates f
  WHERE f.id = e.subject_id AND f.user_id IN (e.actor_id, g.giver_id))

-- name: certificate_status
SELECT f.id, f.status, f.version FROM certificates f LEFT JOIN events e
  ON e.noun = 'certificate' AND e.subject_id = f.id AND e.version = f.version
WHERE e.id IS NULL OR e.to_status <> f.status ORDER BY f.id LIMIT 100;

-- name: certificate_register
SELECT c.id FROM certificates c LEFT JOIN matters m ON m.noun = 'certificate' AND m.id = c.id AND m.of_id IS NULL
  AND m.number = c.serial AND m.title = c.serial AND m.node_id = c.node_id AND m.desk_id IS NULL
  AND m.status = c.status AND m.version = c.version
WHERE m.id IS NULL ORDER BY c.id LIMIT 100;
