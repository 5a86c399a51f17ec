-- Check-ins of people who never had a place, of more than three times a day, written down for oneself, or open once
-- the time is confirmed.
-- name: stray_check_ins
SELECT a.id FROM attendances a WHERE NOT EXISTS (SELECT 1 FROM signups s
  WHERE s.activity_id = a.activity_id AND s.user_id = a.user_id)
ORDER BY a.id LIMIT 100;

-- name: many_check_ins
SELECT MAX(a.id) AS id FROM attendances a
GROUP BY a.activity_id, a.user_id, DATE(DATE_ADD(a.in_at, INTERVAL 8 HOUR)) HAVING COUNT(*) > 3 ORDER BY id LIMIT 100;

-- name: own_check_ins
SELECT id FROM attendances WHERE in_mode = 'list' AND recorder_id = user_id ORDER BY id LIMIT 100;

-- name: open_check_ins
SELECT a.id FROM attendances a JOIN activities x ON x.id = a.activity_id
WHERE x.status = 'settled' AND a.out_at IS NULL ORDER BY a.id LIMIT 100;

-- name: unshown_attended
SELECT s.id FROM signups s WHERE s.status = 'attended'
  AND NOT EXISTS (SELECT 1 FROM attendances a WHERE a.activity_id = s.activity_id AND a.user_id = s.user_id)
  AND NOT EXISTS (SELECT 1 FROM service_records r WHERE r.activity_id = s.activity_id AND r.user_id = s.user_id)
ORDER BY s.id LIMIT 100;

-- name: unsettled_signups
SELECT s.id FROM signups s JOIN activities x ON x.id = s.activity_id
WHERE x.status = 'settled' AND s.status IN ('confirmed', 'waitlisted') ORDER BY s.id LIMIT 100;

-- More minutes of a person on record than the activity is long.
-- name: beyond_activity
SELECT MAX(r.id) AS id FROM service_records r JOIN activities x ON x.id = r.activity_id
WHERE r.status IN ('recorded', 'confirmed', 'credited') GROUP BY r.activity_id, r.user_id, x.starts_at, x.ends_at
HAVING SUM(r.minutes) > TIMESTAMPDIFF(MINUTE, x.starts_at, x.ends_at) ORDER BY id LIMIT 100;

-- Objections decided by whom they are about, or by no decider then and there.
-- name: rulings
SELECT e.id FROM events e JOIN objections o ON o.id = e.subject_id
  LEFT JOIN grants_in_force g ON g.id = e.grant_id AND g.user_id = e.actor_id
    AND g.role IN ('secretary', 'street', 'county') AND {{in_force}}
  LEFT JOIN node_ancestors a ON a.node_id = o.node_id AND a.ancestor_id = g.node_id
WHERE e.noun = 'objection' AND e.name IN ('uphold', 'dismiss') AND (a.node_id IS NULL OR e.actor_id = o.user_id
  OR EXISTS (SELECT 1 FROM service_records r WHERE r.id = o.record_id AND r.recorder_id = e.actor_id)
  OR EXISTS (SELECT 1 FROM signups s JOIN activities x ON x.id = s.activity_id
    WHERE s.id = o.signup_id AND x.settled_by = e.actor_id)
  OR EXISTS (SELECT 1 FROM claims c JOIN wishes w ON w.id = c.wish_id WHERE c.id = o.claim_id
    AND (e.actor_id IN (c.claimant_id, w.owner_id) OR EXISTS (SELECT 1 FROM claim_participants p
      WHERE p.claim_id = c.id AND p.user_id = e.actor_id))))
ORDER BY e.id LIMIT 100;

-- Objections to points that were upheld, and whose person was not paid so in the same moment.
-- name: unpaid_rulings
SELECT o.id FROM objections o WHERE o.claim_id IS NOT NULL AND o.status = 'upheld' AND NOT EXISTS (
  SELECT 1 FROM events e JOIN points_transfers b ON b.cause_event_id = e.id AND b.kind = 'correct'
    JOIN points_accounts a ON a.id = b.cause_account_id AND a.user_id = o.user_id
    JOIN events v ON v.noun = 'claim' AND v.subject_id = o.claim_id AND v.name = 'correct' AND v.at = e.at
    JOIN points_transfers t ON t.cause_event_id = v.id AND t.kind = 'earn' AND t.cause_account_id = a.id
      AND t.amount = o.points
  WHERE e.noun = 'objection' AND e.subject_id = o.id AND e.name = 'uphold')
ORDER BY o.id LIMIT 100;

-- Settled activities in which a leader alone vouched for too many people without a phone.
-- name: unseen_people
SELECT v.id FROM activities v JOIN unseen_rules x
  ON x.since = (SELECT MAX(y.since) FROM unseen_rules y WHERE y.since <= v.settled_at)
WHERE v.status = 'settled' AND (SELECT COUNT(DISTINCT r.user_id) FROM service_records r
    JOIN users u ON u.id = r.user_id AND u.open_id IS NULL
    JOIN events e ON e.noun = 'service_record' AND e.subject_id = r.id AND e.name IN ('confirm', 'credit')
      AND e.grant_id IS NULL
    WHERE r.activity_id = v.id AND r.source = 'activity' AND NOT EXISTS (SELECT 1 FROM live_check_ins a
      WHERE a.activity_id = v.id AND a.user_id = r.user_id))
  > GREATEST(x.people, x.percent * (SELECT COUNT(*) FROM signups s WHERE s.activity_id = v.id AND s.status = 'attended')
    / 100)
ORDER BY v.id LIMIT 100;

-- Hours that waited for staff and were confirmed by who leads the team.
-- name: confirmed_by_leaders
SELECT r.id FROM service_records r JOIN events e ON e.noun = 'service_record' AND e.subject_id = r.id
  AND e.name IN ('confirm', 'credit') AND e.grant_id IS NULL AND e.at > r.recorded_at
WHERE r.recorded_at >= (SELECT MIN(x.since) FROM unseen_rules x) ORDER BY r.id LIMIT 100;

-- Own hours of a team's leader or deputy that a settlement credited without staff: by themselves, or by whom one of
-- them chose. Whose part in the team changed since is left out: it was another then.
-- name: leaders_own_hours
SELECT r.id FROM service_records r JOIN team_members m ON m.team_id = r.team_id AND m.user_id = r.user_id
    AND m.status = 'active' AND m.role IN ('leader', 'deputy')
WHERE r.source = 'activity' AND r.recorded_at >= (SELECT MIN(x.since) FROM unseen_rules x)
  AND EXISTS (SELECT 1 FROM events e WHERE e.noun = 'service_record' AND e.subject_id = r.id
    AND e.name IN ('confirm', 'credit') AND e.grant_id IS NULL)
  AND NOT EXISTS (SELECT 1 FROM events v WHERE v.noun = 'team_member' AND v.subject_id = m.id AND v.at >= r.recorded_at)
ORDER BY r.id LIMIT 100;
