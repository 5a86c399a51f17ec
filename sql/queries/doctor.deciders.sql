-- What was done by a grant that was not the actor's, or not in force then. The sweep and people themselves need none.
-- name: rights
SELECT e.id FROM events e LEFT JOIN grants_in_force g ON g.id = e.grant_id AND g.user_id = e.actor_id
  AND {{in_force}}
WHERE e.grant_id IS NOT NULL AND g.id IS NULL ORDER BY e.id LIMIT 100;

-- Decisions by a party, or by a deputy of whose own matter it is.
-- name: decided_by_parties
SELECT e.id FROM events e JOIN grants_in_force g ON g.id = e.grant_id
WHERE e.at >= (SELECT t.since FROM dated_rules t WHERE t.rule = 'deciders')
  AND e.name <> 'create' AND e.name <> 'attach' AND ({{*_own}})
ORDER BY e.id LIMIT 100;

-- Claims made, or joined, by who had published the wish or approved a claim of it.
-- name: worked_on_it
SELECT DISTINCT c.id FROM (
  SELECT d.id, d.actor_id, d.at, d.subject_id AS wish_id FROM events d WHERE d.noun = 'wish' AND d.name = 'publish'
  UNION ALL
  SELECT d.id, d.actor_id, d.at, x.wish_id FROM events d JOIN claims x ON x.id = d.subject_id
  WHERE d.noun = 'claim' AND d.name = 'approve'
) e JOIN claims c ON c.wish_id = e.wish_id
WHERE c.requested_at >= (SELECT t.since FROM dated_rules t WHERE t.rule = 'deciders')
  AND (e.actor_id = c.claimant_id AND e.at <= c.requested_at OR EXISTS (SELECT 1 FROM claim_participants p
    JOIN events a ON a.noun = 'claim' AND a.subject_id = c.id AND a.name = 'accept' AND a.actor_id = p.user_id
    WHERE p.claim_id = c.id AND p.user_id = e.actor_id AND (e.at < a.at OR e.at = a.at AND e.id < a.id)))
ORDER BY c.id LIMIT 100;

-- A resident's yes that was recorded by who recorded the wish or approved the claim.
-- name: written_down
SELECT e.id FROM events e JOIN claims c ON c.id = e.subject_id JOIN wishes w ON w.id = c.wish_id
WHERE e.noun = 'claim' AND e.name IN ('confirm', 'ask_again') AND e.grant_id IS NOT NULL
  AND e.at >= (SELECT t.since FROM dated_rules t WHERE t.rule = 'deciders')
  AND (e.actor_id = w.recorder_id OR EXISTS (SELECT 1 FROM events a WHERE a.noun = 'claim' AND a.subject_id = c.id
      AND a.name = 'approve' AND a.version < e.version AND a.actor_id = e.actor_id))
ORDER BY e.id LIMIT 100;

-- Recorded yeses that are not kept as such, or that were asked again, or not, against the rule of their day.
-- name: yeses
SELECT e.id FROM events e LEFT JOIN recorded_yeses y ON y.event_id = e.id
WHERE e.noun = 'claim' AND e.name IN ('confirm', 'ask_again') AND e.grant_id IS NOT NULL
  AND e.at >= (SELECT MIN(r.since) FROM yes_rules r)
  AND (y.event_id IS NULL OR y.claim_id <> e.subject_id OR y.recorder_id <> e.actor_id OR y.recorded_at <> e.at
    OR y.drawn <> (e.name = 'ask_again') OR (y.lot IS NULL AND y.drawn)
    OR y.drawn <> (y.lot < (SELECT r.percent FROM yes_rules r WHERE r.since <= e.at ORDER BY r.since DESC LIMIT 1)))
ORDER BY e.id LIMIT 100;

-- Yeses that count as a second asking, and are of nobody else than the first, or of no first one.
-- name: second_askings
SELECT y.event_id FROM recorded_yeses y JOIN events e ON e.id = y.event_id
WHERE y.lot IS NULL AND NOT EXISTS (SELECT 1 FROM events a WHERE a.noun = 'claim' AND a.subject_id = y.claim_id
  AND a.name = 'ask_again' AND a.version < e.version AND a.actor_id <> e.actor_id AND NOT EXISTS (
    SELECT 1 FROM events b WHERE b.noun = 'claim' AND b.subject_id = y.claim_id AND b.version > a.version
      AND b.version < e.version AND b.name NOT IN ('call_back', 'escalate')))
ORDER BY y.event_id LIMIT 100;

-- Claims that wait for a second asking without a recorded yes, and yeses that wait for one that no claim awaits.
-- name: awaited_askings
SELECT c.id FROM claims c LEFT JOIN recorded_yeses y ON y.claim_id = c.id AND y.drawn AND y.stood IS NULL
WHERE (c.asked_at IS NULL) <> (y.event_id IS NULL)
  OR (y.event_id IS NOT NULL AND (c.status <> 'delivered' OR COALESCE(c.asked_by, 0) <> y.recorder_id
    OR c.asked_at <> y.recorded_at))
ORDER BY c.id LIMIT 100;

-- Contacts read by posts of whom no answer was due: the claim was not delivered then, the reader no post there, or one
-- of those who do not ask.
-- name: asking_reads
SELECT r.id FROM contact_reads r JOIN wishes w ON r.noun = 'wish' AND w.id = r.subject_id
  LEFT JOIN claims c ON r.by_noun = 'claim' AND c.id = r.by_id AND c.wish_id = w.id
  LEFT JOIN grants_in_force g ON g.id = r.grant_id AND g.user_id = r.reader_id
    AND g.role NOT IN ('unit_liaison', 'auditor') AND g.from_at <= r.read_at
    AND (g.until_at IS NULL OR g.until_at > r.read_at)
  LEFT JOIN node_ancestors a ON (a.node_id = w.node_id AND a.ancestor_id = g.node_id)
    OR (a.node_id = g.node_id AND a.ancestor_id = w.node_id)
WHERE r.by_id IS NOT NULL AND r.grant_id IS NOT NULL AND (c.id IS NULL OR a.node_id IS NULL
  OR r.reader_id IN (c.claimant_id, COALESCE(w.recorder_id, 0))
  OR EXISTS (SELECT 1 FROM events p WHERE p.noun = 'claim' AND p.subject_id = c.id AND p.name = 'approve'
    AND p.at <= r.read_at AND p.actor_id = r.reader_id)
  OR NOT EXISTS (SELECT 1 FROM events d WHERE d.noun = 'claim' AND d.subject_id = c.id AND d.at <= r.read_at
    AND d.to_status = 'delivered' AND NOT EXISTS (SELECT 1 FROM events l WHERE l.noun = 'claim'
      AND l.subject_id = c.id AND l.version > d.version AND l.at < r.read_at AND l.to_status <> 'delivered')))
ORDER BY r.id LIMIT 100;

-- People who joined a claim without an active report-in in the claimant's unit or community at that moment.
-- name: joined
SELECT p.claim_id FROM claim_participants p JOIN claims c ON c.id = p.claim_id
WHERE p.accepted_at >= (SELECT t.since FROM dated_rules t WHERE t.rule = 'deciders') AND NOT EXISTS (
  SELECT 1 FROM memberships m JOIN events a ON a.noun = 'membership' AND a.subject_id = m.id AND a.name = 'approve'
    LEFT JOIN events l ON l.noun = 'membership' AND l.subject_id = m.id AND l.name IN ('leave', 'end')
  WHERE m.user_id = p.user_id AND (m.unit_id = c.unit_id OR m.node_id = c.member_node_id)
    AND a.at <= p.accepted_at AND (l.at IS NULL OR l.at >= p.accepted_at))
ORDER BY p.claim_id LIMIT 100;
