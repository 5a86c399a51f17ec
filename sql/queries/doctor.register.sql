-- The register beside all nouns. What each noun says is in a file of its own, doctor.<noun>.sql: <noun>_status, its
-- status beside its last event; <noun>_register, the matters whose row is not there or says something else; and the
-- fragments <noun>_turns, _barred, _recipients, _untold and _own, where it has any.

-- Whose turn each matter is by what its noun says.
-- fragment: turns
SELECT '' AS noun, 0 AS id, '' AS part, 0 AS person_id, NULL AS team_id, NULL AS desk_id, NULL AS asker_id,
  NULL AS since, NULL AS opens_at, NULL AS due FROM nodes WHERE FALSE UNION ALL {{*_turns}}

-- Who does not decide each matter by what its noun says.
-- fragment: barred
SELECT '' AS noun, 0 AS id, 0 AS person_id, NULL AS phone_lookup, 0 AS is_personal FROM nodes WHERE FALSE
UNION ALL {{*_barred}}

-- Rows of matters that the history does not know like this, or does not know at all.
-- name: register_history
SELECT m.noun, m.id FROM matters m LEFT JOIN events e
  ON e.noun = m.noun AND e.subject_id = m.id AND e.version = m.version AND e.to_status = m.status
WHERE e.id IS NULL ORDER BY m.noun, m.id LIMIT 100;

-- Turns that the nouns know and the register does not, or not like this.
-- name: untaken_turns
SELECT d.noun, d.id FROM ({{turns}}) d
  LEFT JOIN matter_turns t ON t.noun = d.noun AND t.id = d.id AND t.part = d.part AND t.person_id = d.person_id
  AND COALESCE(t.team_id, 0) = COALESCE(d.team_id, 0) AND COALESCE(t.desk_id, 0) = COALESCE(d.desk_id, 0)
  AND COALESCE(t.asker_id, 0) = COALESCE(d.asker_id, 0)
  AND t.since = d.since AND t.opens_at = d.opens_at AND (t.due = d.due OR t.due IS NULL AND d.due IS NULL)
WHERE t.id IS NULL ORDER BY d.noun, d.id LIMIT 100;

-- Turns of the register that no noun knows.
-- name: idle_turns
SELECT t.noun, t.id FROM matter_turns t LEFT JOIN ({{turns}}) d
  ON t.noun = d.noun AND t.id = d.id AND t.part = d.part AND t.person_id = d.person_id
WHERE d.id IS NULL ORDER BY t.noun, t.id LIMIT 100;

-- Parties of what waits at a desk that the nouns know and the register does not, or not like this.
-- name: unbarred
SELECT d.noun, d.id FROM (
  SELECT b.noun, b.id, b.person_id, b.phone_lookup, MAX(b.is_personal) AS is_personal
  FROM ({{barred}}) b JOIN matter_turns w ON w.noun = b.noun AND w.id = b.id AND w.desk_id IS NOT NULL
  WHERE b.person_id <> 0 OR b.phone_lookup IS NOT NULL GROUP BY b.noun, b.id, b.person_id, b.phone_lookup
) d LEFT JOIN matter_parties p ON p.noun = d.noun AND p.id = d.id AND p.person_id = d.person_id
  AND p.is_personal = d.is_personal AND COALESCE(p.phone_lookup, '') = COALESCE(d.phone_lookup, '')
WHERE p.id IS NULL ORDER BY d.noun, d.id LIMIT 100;

-- Parties of the register that no noun knows, or of what waits at no desk.
-- name: strange_parties
SELECT p.noun, p.id FROM matter_parties p
  LEFT JOIN matter_turns w ON w.noun = p.noun AND w.id = p.id AND w.desk_id IS NOT NULL
  LEFT JOIN ({{barred}}) b ON b.noun = p.noun AND b.id = p.id AND b.person_id = p.person_id
WHERE w.id IS NULL OR b.id IS NULL ORDER BY p.noun, p.id LIMIT 100;

-- By which grants the list of tasks has each thing that waits decided.
-- name: eligible
SELECT t.noun, t.id, h.id AS grant_id FROM matter_turns t JOIN node_ancestors k ON k.node_id = t.desk_id
  JOIN grants_in_force h ON h.node_id = k.ancestor_id
WHERE t.part <> 'responder' AND h.role IN (:roles) AND {{task.eligible}};

-- All grants that reach a desk where something waits, whether they are in force or not.
-- name: reaching
SELECT t.noun, t.id AS matter_id, {{grant.grant}}, k.distance
FROM matter_turns t JOIN node_ancestors k ON k.node_id = t.desk_id JOIN grants_in_force g ON g.node_id = k.ancestor_id
  JOIN nodes n ON n.id = g.node_id
WHERE t.part <> 'responder';

-- Who does not decide each thing that waits, by its noun.
-- name: barred_now
SELECT b.noun, b.id AS matter_id, COALESCE(u.id, b.person_id) AS person_id, b.is_personal
FROM ({{barred}}) b JOIN matter_turns w ON w.noun = b.noun AND w.id = b.id AND w.desk_id IS NOT NULL
  LEFT JOIN users u ON u.phone_lookup = b.phone_lookup
WHERE COALESCE(u.id, b.person_id) <> 0;
