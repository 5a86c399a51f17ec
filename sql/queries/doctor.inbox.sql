-- That a person who has not left, and did not cause the event, was not told of it.
-- fragment: not_told
u.status = 'active' AND u.id <> COALESCE(e.actor_id, 0)
  AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.event_id = e.id AND i.user_id = u.id)

-- Events that somebody whom they concern was not told of, by what each noun says: :<noun>_<part> are its events of
-- which that part is told. Who has deleted the account is told nothing any more.
-- name: untold
SELECT d.id FROM (SELECT '' AS noun, 0 AS id FROM nodes WHERE FALSE UNION ALL {{*_untold}}) d
ORDER BY d.id LIMIT 100;

-- Decisions of staff that somebody else undid or corrected, and they were not told.
-- name: untold_deciders
SELECT e.id FROM events e JOIN events d ON d.noun = e.noun AND d.subject_id = e.subject_id AND d.version < e.version
    AND d.grant_id IS NOT NULL AND d.actor_id <> e.actor_id
  JOIN users u ON u.id = d.actor_id AND u.status = 'active'
  LEFT JOIN inbox i ON i.event_id = e.id AND i.user_id = d.actor_id
WHERE i.event_id IS NULL AND e.at >= (SELECT t.since FROM dated_rules t WHERE t.rule = 'tasks')
  AND (e.noun = 'claim' AND e.name = 'undo' AND d.name = 'confirm' AND d.version = (SELECT MAX(x.version)
      FROM events x WHERE x.noun = 'claim' AND x.subject_id = e.subject_id AND x.name = 'confirm'
        AND x.version < e.version)
    OR e.noun = 'service_record' AND e.name = 'correct' AND d.name IN ('confirm', 'credit')
      AND NOT EXISTS (SELECT 1 FROM events j WHERE j.noun = 'join' AND j.actor_id = e.actor_id AND j.at = e.at))
ORDER BY e.id LIMIT 100;

-- That a grant was in force at its event, or ended in the moment after it.
-- fragment: at_event
g.from_at <= e.at AND (g.until_at IS NULL OR g.until_at >= e.at OR (g.given_until >= e.at
  AND e.at < (SELECT t.since FROM dated_rules t WHERE t.rule = 'deciders')))

-- Messages without an event, or to people who are not what they say.
-- name: misaddressed
SELECT i.event_id FROM inbox i LEFT JOIN events e ON e.id = i.event_id
  LEFT JOIN matters m ON m.noun = e.noun AND m.id = e.subject_id
WHERE e.id IS NULL OR i.part = 'decider' AND e.name NOT IN ('escalate', 'undo', 'correct', 'revoke')
    AND e.at >= (SELECT t.since FROM dated_rules t WHERE t.rule = 'tasks')
  OR CASE i.part WHEN 'decider' THEN NOT (
    EXISTS (SELECT 1 FROM grants_in_force g JOIN node_ancestors a ON a.ancestor_id = g.node_id
      WHERE g.user_id = i.user_id AND g.role IN ('secretary', 'street', 'county') AND a.node_id = m.node_id
        AND {{at_event}})
    OR e.name IN ('undo', 'correct', 'revoke') AND EXISTS (SELECT 1 FROM events d WHERE d.noun = e.noun
      AND d.subject_id = e.subject_id AND d.version < e.version AND d.actor_id = i.user_id AND d.grant_id IS NOT NULL)
    OR e.name IN ('call_back', 'ask_again') AND EXISTS (SELECT 1
      FROM grants_in_force g JOIN node_ancestors a ON a.node_id = g.node_id
      WHERE g.user_id = i.user_id AND g.role NOT IN ('unit_liaison', 'auditor') AND a.ancestor_id = m.node_id
        AND {{at_event}}))
  ELSE NOT ({{*_recipients}}) END
ORDER BY i.event_id LIMIT 100;
