-- That a grant was in force at its event: ten seconds of grace before the rule of deciders began.
-- fragment: in_force
g.from_at <= e.at
  AND (g.until_at IS NULL OR g.until_at > e.at OR (COALESCE(g.given_until + INTERVAL 10 SECOND, e.at) >= e.at
    AND e.at < (SELECT t.since FROM dated_rules t WHERE t.rule = 'deciders')))

-- The same of a reading.
-- fragment: in_force_at_reading
g.from_at <= r.read_at
  AND (g.until_at IS NULL OR g.until_at > r.read_at
    OR (COALESCE(g.given_until + INTERVAL 10 SECOND, r.read_at) >= r.read_at
      AND r.read_at < (SELECT t.since FROM dated_rules t WHERE t.rule = 'deciders')))

-- name: live_claims
SELECT w.id, w.status, COUNT(c.id) AS live FROM wishes w LEFT JOIN claims c ON c.live_wish_id = w.id
GROUP BY w.id, w.status
HAVING (w.status = 'taken' AND COUNT(c.id) <> 1) OR (w.status <> 'taken' AND COUNT(c.id) > 0) ORDER BY w.id LIMIT 100;

-- Certificates that say something else than their records: records of others, of other minutes or another time, never
-- credited, or that do not add up.
-- name: certificates
SELECT f.id FROM certificates f
WHERE f.minutes <> (SELECT COALESCE(SUM(i.minutes), 0) FROM certificate_items i WHERE i.certificate_id = f.id)
  OR f.records <> (SELECT COUNT(*) FROM certificate_items i WHERE i.certificate_id = f.id)
  OR EXISTS (SELECT 1 FROM certificate_items i LEFT JOIN service_records r ON r.id = i.record_id
    WHERE i.certificate_id = f.id AND (r.id IS NULL OR r.user_id <> f.user_id OR r.minutes <> i.minutes
      OR r.started_at <> i.started_at OR r.started_at < f.from_at OR r.started_at >= f.until_at
      OR r.status NOT IN ('credited', 'corrected')))
ORDER BY f.id LIMIT 100;

-- Certificates issued by neither the holder nor staff who could decide there and then, and those whose name is said to
-- come from a report-in that there was not.
-- name: issuers
SELECT f.id FROM certificates f LEFT JOIN events e ON e.noun = 'certificate' AND e.subject_id = f.id AND e.version = 1
  LEFT JOIN grants_in_force g ON g.id = e.grant_id AND g.user_id = f.issued_by
    AND g.role IN ('secretary', 'street', 'county') AND {{in_force}}
  LEFT JOIN node_ancestors a ON a.node_id = f.node_id AND a.ancestor_id = g.node_id
WHERE COALESCE(f.issued_by, f.user_id) <> COALESCE(e.actor_id, 0) OR (f.issued_by IS NOT NULL AND a.node_id IS NULL)
  OR ((f.name_source = 'roster' OR (f.name_source = 'community' AND f.issued_by IS NULL))
    AND NOT EXISTS (SELECT 1 FROM memberships m JOIN events x ON x.noun = 'membership' AND x.subject_id = m.id
      AND x.name = 'approve' WHERE m.user_id = f.user_id AND x.at <= f.issued_at
      AND (x.grant_id IS NULL) = (f.name_source = 'roster')))
ORDER BY f.id LIMIT 100;

-- Volunteers' numbers, and whether their certificates say the same.
-- name: volunteers
SELECT v.user_id, v.number, (SELECT COUNT(*) FROM certificates f WHERE f.user_id = v.user_id AND f.number <> v.number)
  AS different
FROM volunteers v
UNION ALL
SELECT f.user_id, '', 1 FROM certificates f LEFT JOIN volunteers v ON v.user_id = f.user_id WHERE v.user_id IS NULL;

-- Numbers that are given and would be given again.
-- name: numbers
SELECT g.kind, g.node_id, g.period FROM (
  SELECT 'wish' AS kind, w.node_id, w.year AS period, MAX(w.number) AS last FROM wishes w GROUP BY w.node_id, w.year
  UNION ALL SELECT 'certificate', 0, SUBSTRING(c.serial, 4, 4), MAX(SUBSTRING(c.serial, 9) + 0) FROM certificates c
  GROUP BY SUBSTRING(c.serial, 4, 4)
  UNION ALL SELECT 'volunteer', 0, LEFT(v.number, 4), MAX(SUBSTRING(v.number, 5, 6) + 0) FROM volunteers v
  GROUP BY LEFT(v.number, 4)
) g LEFT JOIN numbers n ON n.kind = g.kind AND n.node_id = g.node_id AND n.period = g.period
WHERE COALESCE(n.next_number, 1) <= g.last LIMIT 100;

-- Answers by nobody who could: no decider then and there, the author, whom it is about, or for a complaint somebody of
-- the place that it is about.
-- name: answers
SELECT e.id FROM events e JOIN complaints k ON k.id = e.subject_id
  LEFT JOIN grants_in_force g ON g.id = e.grant_id AND g.user_id = e.actor_id
    AND g.role IN ('secretary', 'street', 'county') AND {{in_force}}
  LEFT JOIN node_ancestors a ON a.node_id = k.node_id AND a.ancestor_id = g.node_id
WHERE e.noun = 'complaint' AND e.name = 'answer' AND (a.node_id IS NULL OR e.actor_id = k.author_id
  OR EXISTS (SELECT 1 FROM complaint_parties p WHERE p.complaint_id = k.id AND p.user_id = e.actor_id)
  OR (k.kind = 'complaint' AND a.distance = 0 AND EXISTS (SELECT 1 FROM nodes n
    WHERE n.id = k.node_id AND n.parent_id IS NOT NULL)))
ORDER BY e.id LIMIT 100;

-- Places whose changes are not all in their history.
-- name: places
SELECT n.id FROM nodes n LEFT JOIN events e ON e.noun = 'node' AND e.subject_id = n.id
GROUP BY n.id, n.version
HAVING COUNT(e.id) <> n.version - 1 OR COALESCE(MAX(e.version), 1) <> n.version ORDER BY n.id LIMIT 100;

-- name: leaders
SELECT t.id FROM teams t LEFT JOIN team_members m ON m.team_id = t.id AND m.status = 'active' AND m.role = 'leader'
GROUP BY t.id HAVING COUNT(m.id) <> 1 ORDER BY t.id LIMIT 100;

-- name: events
SELECT subject_id, version, name, from_status, to_status FROM events FORCE INDEX (events_subject)
WHERE noun = :noun AND subject_id >= :subject AND (subject_id > :subject OR version > :version)
ORDER BY subject_id, version LIMIT :limit;

-- name: balances
SELECT a.id, a.balance, COALESCE(s.amount, 0) AS amount FROM points_accounts a LEFT JOIN (
    SELECT account_id, SUM(amount) AS amount FROM (
      SELECT credit_id AS account_id, amount FROM points_transfers
      UNION ALL SELECT debit_id, -amount FROM points_transfers) both_sides
    GROUP BY account_id) s ON s.account_id = a.id
WHERE a.kind = 'member' AND a.balance <> COALESCE(s.amount, 0) ORDER BY a.id LIMIT 100;

-- name: causes
SELECT t.id FROM points_transfers t LEFT JOIN events e ON e.id = t.cause_event_id
WHERE e.id IS NULL
  OR (t.kind = 'earn' AND t.cause_rule = 'wish_fulfilled'
    AND (e.noun <> 'claim' OR e.name NOT IN ('confirm', 'correct')))
  OR (t.kind = 'earn' AND t.cause_rule LIKE 'service%' AND (e.noun <> 'service_record' OR e.name <> 'credit'))
  OR (t.kind = 'correct' AND t.cause_rule = 'wish_fulfilled' AND (e.noun <> 'claim' OR e.name <> 'undo')
    AND (e.noun <> 'objection' OR e.name <> 'uphold'))
  OR (t.kind = 'correct' AND t.cause_rule LIKE 'service%' AND (e.noun <> 'service_record' OR e.name <> 'correct'))
  OR e.noun IN ('need', 'assignment', 'admission', 'visit')
  OR (t.cause_rule = 'service_minutes') <> (t.unit = 'minutes')
ORDER BY t.id LIMIT 100;

-- Wishes of a sensitive kind that show an estate.
-- name: shown_estates
SELECT id FROM wishes WHERE is_sensitive AND estate <> '' ORDER BY id LIMIT 100;

-- Claims whose missed calls are not those of their history, in number and time.
-- name: missed_calls
SELECT c.id FROM claims c LEFT JOIN events e ON e.noun = 'claim' AND e.subject_id = c.id AND e.name = 'miss_call'
GROUP BY c.id, c.missed_calls, c.missed_call_at
HAVING COUNT(e.id) <> c.missed_calls OR NOT (MAX(e.at) <=> c.missed_call_at)
ORDER BY c.id LIMIT 100;

-- Undoings by nobody's grant that are not the owner's own yes taken back, once and within a day.
-- name: undos
SELECT u.id FROM events u JOIN claims c ON c.id = u.subject_id JOIN wishes w ON w.id = c.wish_id
  LEFT JOIN events y ON y.noun = 'claim' AND y.subject_id = u.subject_id AND y.version = (
    SELECT MAX(x.version) FROM events x WHERE x.noun = 'claim' AND x.subject_id = u.subject_id AND x.name = 'confirm'
      AND x.version < u.version)
WHERE u.noun = 'claim' AND u.name = 'undo' AND u.grant_id IS NULL AND (
  u.actor_id IS NULL OR u.actor_id <> w.owner_id OR y.id IS NULL OR y.grant_id IS NOT NULL OR y.actor_id <> u.actor_id
  OR u.at >= y.at + INTERVAL 24 HOUR OR EXISTS (SELECT 1 FROM events z WHERE z.noun = 'claim'
    AND z.subject_id = u.subject_id AND z.name = 'undo' AND z.grant_id IS NULL AND z.version < u.version))
ORDER BY u.id LIMIT 100;

-- Confirmed claims whose transfers are not simply what the wish promised: shares and caps may explain it. A row for
-- each transfer, or one without.
-- name: unlike_promised
SELECT c.id, COALESCE(w.points, 0) AS promised, COALESCE(t.amount, -1) AS paid, COALESCE(t.id, 0) AS transfer_id,
  COALESCE(t.cause_account_id, 0) AS account_id, COALESCE(t.rule_id, 0) AS rule_id, t.deed_at,
  1 + (SELECT COUNT(*) FROM claim_participants p WHERE p.claim_id = c.id AND p.accepted_at IS NOT NULL) AS people
FROM claims c JOIN wishes w ON w.id = c.wish_id
  JOIN events e ON e.noun = 'claim' AND e.subject_id = c.id AND e.version = c.version AND e.name = 'confirm'
  LEFT JOIN points_transfers t ON t.cause_event_id = e.id
  LEFT JOIN points_accounts a ON a.id = t.cause_account_id
WHERE c.status = 'confirmed' AND (t.id IS NULL OR t.amount <> w.points
  OR (SELECT COUNT(*) FROM points_transfers x WHERE x.cause_event_id = e.id) > 1
  OR EXISTS (SELECT 1 FROM claim_participants p WHERE p.claim_id = c.id AND p.accepted_at IS NOT NULL))
ORDER BY c.id, a.user_id <> c.claimant_id, a.user_id;

-- name: rule
SELECT id, event, node_id, version, points, per_minutes, choices, cap_day, cap_month, cap_year, effective_from
FROM points_rules WHERE id = :id;

-- name: earned_before
SELECT CAST(COALESCE(SUM(CASE WHEN kind = 'earn' THEN amount ELSE -amount END), 0) AS SIGNED) FROM points_transfers
WHERE cause_account_id = :account AND cause_rule = :rule
  AND deed_at >= :since AND deed_at < :until AND id < :id;

-- Active report-ins that a roster is said to have approved, and that stand for nobody whom it lists.
-- name: unlisted
SELECT m.id, m.name_lookup IS NULL AS unnamed FROM memberships m
  JOIN events e ON e.noun = 'membership' AND e.subject_id = m.id AND e.name = 'approve'
  LEFT JOIN roster r ON r.unit_id = m.unit_id AND r.name_lookup = m.name_lookup
WHERE m.status = 'active' AND e.grant_id IS NULL
  AND (m.roster_slot IS NULL OR r.unit_id IS NULL OR m.roster_slot NOT BETWEEN 1 AND r.people)
ORDER BY m.id LIMIT 100;

-- Readings of real names by nobody who decided then, where the report-in is or about the claim that was made with it.
-- name: name_reads
SELECT r.id FROM name_reads r JOIN memberships m ON m.id = r.membership_id
  LEFT JOIN claims c ON c.id = r.claim_id LEFT JOIN wishes w ON w.id = c.wish_id
  LEFT JOIN grants_in_force g ON g.id = r.grant_id AND g.user_id = r.reader_id
    AND g.role IN ('secretary', 'street', 'county') AND {{in_force_at_reading}}
  LEFT JOIN node_ancestors a ON a.node_id = COALESCE(w.node_id, m.node_id) AND a.ancestor_id = g.node_id
WHERE g.id IS NULL OR a.node_id IS NULL OR m.user_id = r.reader_id
  OR (r.claim_id IS NOT NULL AND COALESCE(c.membership_id, 0) <> r.membership_id)
ORDER BY r.id LIMIT 100;

-- name: untold_messages
SELECT m.id FROM subscription_messages m LEFT JOIN inbox i ON i.user_id = m.user_id AND i.event_id = m.event_id
WHERE m.event_id IS NOT NULL AND i.event_id IS NULL ORDER BY m.id LIMIT 100;

-- Messages under way that no row of the outbox carries; a moment after it was done, one is still being written down.
-- name: stuck_messages
SELECT m.id FROM subscription_messages m LEFT JOIN outbox o ON o.topic = 'send' AND o.payload = CONCAT('"', m.id, '"')
WHERE m.status IN ('queued', 'sending') AND m.changed_at < :before AND o.id IS NULL ORDER BY m.id LIMIT 100;
