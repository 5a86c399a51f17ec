-- What a person who has not left was told, as what part.
-- fragment: told_member
JOIN users u ON u.id = m.user_id AND u.status = 'active'
  LEFT JOIN inbox i ON i.event_id = e.id AND i.user_id = m.user_id AND i.part =

-- Events that a party was not told of, unless it caused them. Who has deleted the account is told nothing any more.
-- name: untold
SELECT e.id FROM events e JOIN wishes w ON w.id = e.subject_id
  JOIN users u ON u.id = w.owner_id AND u.status = 'active'
  LEFT JOIN inbox i ON i.event_id = e.id AND i.user_id = w.owner_id AND i.part = 'owner'
WHERE e.noun = 'wish' AND e.name IN (:wish_owner) AND w.owner_id <> COALESCE(e.actor_id, 0) AND i.event_id IS NULL
  AND {{before_attaching}}
UNION ALL
SELECT e.id FROM events e JOIN claims c ON c.id = e.subject_id JOIN wishes w ON w.id = c.wish_id
  JOIN users u ON u.id = w.owner_id AND u.status = 'active'
  LEFT JOIN inbox i ON i.event_id = e.id AND i.user_id = w.owner_id AND i.part = 'owner'
WHERE e.noun = 'claim' AND e.name IN (:claim_owner) AND w.owner_id <> COALESCE(e.actor_id, 0) AND i.event_id IS NULL
  AND {{before_attaching}}
UNION ALL
SELECT e.id FROM events e JOIN claims c ON c.id = e.subject_id
  JOIN users u ON u.id = c.claimant_id AND u.status = 'active'
  LEFT JOIN inbox i ON i.event_id = e.id AND i.user_id = c.claimant_id AND i.part = 'claimant'
WHERE e.noun = 'claim' AND e.name IN (:claim_claimant) AND c.claimant_id <> COALESCE(e.actor_id, 0)
  AND i.event_id IS NULL
UNION ALL
SELECT e.id FROM events e JOIN memberships m ON m.id = e.subject_id
  {{told_member}} 'member'
WHERE e.noun = 'membership' AND e.name IN (:member) AND m.user_id <> COALESCE(e.actor_id, 0) AND i.event_id IS NULL
UNION ALL
SELECT e.id FROM events e JOIN grants_in_force g ON g.id = e.subject_id
  JOIN users u ON u.id = g.user_id AND u.status = 'active'
  LEFT JOIN inbox i ON i.event_id = e.id AND i.user_id = g.user_id AND i.part = 'member'
WHERE e.noun = 'grant' AND e.name IN (:holder) AND g.user_id <> COALESCE(e.actor_id, 0) AND i.event_id IS NULL
UNION ALL
SELECT e.id FROM events e JOIN complaints k ON k.id = e.subject_id
  JOIN users u ON u.id = k.author_id AND u.status = 'active'
  LEFT JOIN inbox i ON i.event_id = e.id AND i.user_id = k.author_id AND i.part = 'owner'
WHERE e.noun = 'complaint' AND e.name IN (:author) AND k.author_id <> COALESCE(e.actor_id, 0) AND i.event_id IS NULL
UNION ALL
SELECT e.id FROM events e JOIN certificates f ON f.id = e.subject_id
  JOIN users u ON u.id = f.user_id AND u.status = 'active'
  LEFT JOIN inbox i ON i.event_id = e.id AND i.user_id = f.user_id AND i.part = 'owner'
WHERE e.noun = 'certificate' AND e.name IN (:certified) AND f.user_id <> COALESCE(e.actor_id, 0) AND i.event_id IS NULL
LIMIT 100;

-- Events about service that a volunteer was not told of, unless they caused them.
-- name: untold_service
SELECT e.id FROM events e JOIN team_members m ON m.id = e.subject_id
  {{told_member}} 'volunteer'
WHERE e.noun = 'team_member' AND e.name IN (:team_member) AND m.user_id <> COALESCE(e.actor_id, 0)
  AND i.event_id IS NULL
UNION ALL
SELECT e.id FROM events e JOIN signups s ON s.id = e.subject_id
  JOIN users u ON u.id = s.user_id AND u.status = 'active'
  LEFT JOIN inbox i ON i.event_id = e.id AND i.user_id = s.user_id AND i.part = 'volunteer'
WHERE e.noun = 'signup' AND e.name IN (:signup) AND s.user_id <> COALESCE(e.actor_id, 0) AND i.event_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM objections o JOIN events t ON t.noun = 'objection' AND t.subject_id = o.id
      AND t.name = 'uphold' AND t.at = e.at JOIN inbox j ON j.event_id = t.id AND j.user_id = s.user_id
    WHERE o.signup_id = s.id)
UNION ALL
SELECT e.id FROM events e JOIN hour_joins h ON h.id = e.subject_id
  JOIN users u ON u.id = h.account_id AND u.status = 'active'
  LEFT JOIN inbox i ON i.event_id = e.id AND i.user_id = h.account_id AND i.part = 'volunteer'
WHERE e.noun = 'join' AND e.name IN (:join) AND h.account_id <> COALESCE(e.actor_id, 0) AND i.event_id IS NULL
UNION ALL
SELECT e.id FROM events e JOIN signups s ON s.activity_id = e.subject_id
  JOIN events c ON c.noun = 'signup' AND c.subject_id = s.id AND c.version = s.version AND c.at = e.at
  JOIN users u ON u.id = s.user_id AND u.status = 'active'
  LEFT JOIN inbox i ON i.event_id = e.id AND i.user_id = s.user_id AND i.part = 'volunteer'
WHERE e.noun = 'activity' AND e.name = 'cancel' AND c.name = 'cancel' AND c.actor_id IS NULL
  AND s.user_id <> COALESCE(e.actor_id, 0) AND i.event_id IS NULL
LIMIT 100;

-- Late drop-outs of which the team's leader was not told, who was it before and did not cause them.
-- name: untold_leaders
SELECT e.id FROM events e JOIN signups s ON s.id = e.subject_id JOIN activities a ON a.id = s.activity_id
  JOIN team_members m ON m.team_id = a.team_id AND m.status = 'active' AND m.role = 'leader'
    AND m.user_id <> COALESCE(e.actor_id, 0)
  {{told_member}} 'leader'
WHERE e.noun = 'signup' AND e.name IN (:signup) AND i.event_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM events v WHERE v.noun = 'team_member' AND v.subject_id = m.id AND v.at >= e.at)
ORDER BY e.id LIMIT 100;

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
