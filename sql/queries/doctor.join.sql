-- That the person is what a message about it says.
-- fragment: join_recipients
e.noun = 'join' AND EXISTS (SELECT 1 FROM hour_joins h
  WHERE h.id = e.subject_id AND i.part = 'volunteer' AND h.account_id = i.user_id)

-- Its steps that somebody whom they concern was not told of.
-- fragment: join_untold
SELECT 'join', e.id FROM events e JOIN hour_joins h ON h.id = e.subject_id JOIN users u ON u.id = h.account_id
WHERE e.noun = 'join' AND e.name IN (:join_volunteer) AND {{not_told}}

-- name: join_status
SELECT j.id, j.status, j.version FROM hour_joins j LEFT JOIN events e
  ON e.noun = 'join' AND e.subject_id = j.id AND e.version = j.version
WHERE e.id IS NULL OR e.to_status <> j.status ORDER BY j.id LIMIT 100;

-- name: join_register
SELECT j.id FROM hour_joins j JOIN users u ON u.id = j.person_id LEFT JOIN matters m ON m.noun = 'join'
  AND m.id = j.id AND m.of_id IS NULL AND m.number = '' AND m.title = u.display_name AND m.node_id = j.node_id
  AND m.desk_id IS NULL AND m.status = j.status AND m.version = j.version
WHERE m.id IS NULL ORDER BY j.id LIMIT 100;

-- Hours at an account to which their person's are not joined.
-- name: joined_astray
SELECT r.id FROM service_records r JOIN service_records o ON o.id = r.origin_id AND o.user_id <> r.user_id
WHERE r.status IN ('recorded', 'confirmed', 'credited') AND r.minutes > 0 AND NOT EXISTS (SELECT 1 FROM hour_joins j
  WHERE j.joined_person_id = o.user_id AND j.account_id = r.user_id) ORDER BY r.id LIMIT 100;

-- The same hours on two records that count.
-- name: joined_twice
SELECT MAX(r.id) AS id FROM service_records r WHERE r.status IN ('recorded', 'confirmed', 'credited')
  AND r.origin_id IS NOT NULL GROUP BY r.origin_id HAVING COUNT(*) > 1
UNION SELECT o.id FROM service_records r JOIN service_records o ON o.id = r.origin_id
  AND o.status IN ('recorded', 'confirmed', 'credited') ORDER BY id LIMIT 100;

-- Records that stand in the place of another person's and say something else than that one.
-- name: joined_unlike
SELECT r.id FROM service_records r LEFT JOIN service_records p ON p.id = r.corrects_id
WHERE (r.origin_id IS NOT NULL AND p.id IS NULL) OR (r.user_id <> p.user_id AND (r.origin_id IS NULL
  OR r.origin_id <> COALESCE(p.origin_id, p.id) OR r.minutes <> p.minutes OR r.started_at <> p.started_at
  OR r.ended_at <> p.ended_at OR r.node_id <> p.node_id OR COALESCE(r.activity_id, 0) <> COALESCE(p.activity_id, 0)
  OR COALESCE(r.team_id, 0) <> COALESCE(p.team_id, 0) OR r.recorder_id <> p.recorder_id
  OR p.status NOT IN ('corrected', 'rejected')))
ORDER BY r.id LIMIT 100;

-- Joins of who has an account, to who has none, or to who wrote the hours down.
-- name: join_sides
SELECT j.id FROM hour_joins j JOIN users p ON p.id = j.person_id JOIN users a ON a.id = j.account_id
WHERE p.open_id IS NOT NULL OR a.open_id IS NULL AND a.status = 'active' OR p.recorded_by = a.id
  OR EXISTS (SELECT 1 FROM service_records r WHERE r.user_id = p.id AND r.recorder_id = a.id
    AND r.recorded_at < j.joined_at)
ORDER BY j.id LIMIT 100;

-- Joins, and their ends, by no decider then and there, by the account or its deputy, or by who had written the hours
-- down; and those without an event of each of the two people.
-- name: join_deciders
SELECT e.subject_id FROM events e JOIN hour_joins j ON j.id = e.subject_id
  LEFT JOIN grants_in_force g ON g.id = e.grant_id AND g.user_id = e.actor_id
    AND g.role IN ('secretary', 'street', 'county')
  LEFT JOIN node_ancestors a ON a.node_id = j.node_id AND a.ancestor_id = g.node_id
WHERE e.noun = 'join' AND (a.node_id IS NULL OR j.account_id IN (e.actor_id, g.giver_id)
  OR EXISTS (SELECT 1 FROM users u WHERE u.id = j.person_id AND u.recorded_by = e.actor_id)
  OR EXISTS (SELECT 1 FROM service_records r WHERE r.user_id = j.person_id AND r.recorder_id = e.actor_id
    AND r.recorded_at < e.at)
  OR 2 <> (SELECT COUNT(DISTINCT x.subject_id) FROM events x
    WHERE x.noun = 'user' AND x.subject_id IN (j.person_id, j.account_id) AND x.at = e.at AND x.actor_id = e.actor_id
      AND x.name IN ('join', 'undo')))
ORDER BY e.subject_id LIMIT 100;
