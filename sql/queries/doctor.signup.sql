-- That the person is what a message about it says.
-- fragment: signup_recipients
e.noun = 'signup' AND EXISTS (SELECT 1 FROM signups s JOIN activities a ON a.id = s.activity_id
  WHERE s.id = e.subject_id AND CASE i.part WHEN 'volunteer' THEN s.user_id = i.user_id
    WHEN 'leader' THEN EXISTS (SELECT 1 FROM team_members x WHERE x.team_id = a.team_id AND x.user_id = i.user_id) END)

-- Its steps that somebody whom they concern was not told of.
-- fragment: signup_untold
SELECT 'signup', e.id FROM events e JOIN signups s ON s.id = e.subject_id JOIN users u ON u.id = s.user_id
WHERE e.noun = 'signup' AND e.name IN (:signup_volunteer) AND {{not_told}}
  AND NOT EXISTS (SELECT 1 FROM objections o JOIN events t ON t.noun = 'objection' AND t.subject_id = o.id
      AND t.name = 'uphold' AND t.at = e.at JOIN inbox j ON j.event_id = t.id AND j.user_id = s.user_id
    WHERE o.signup_id = s.id)
UNION ALL SELECT 'signup', e.id FROM events e JOIN signups s ON s.id = e.subject_id
  JOIN activities a ON a.id = s.activity_id
  JOIN team_members m ON m.team_id = a.team_id AND m.status = 'active' AND m.role = 'leader'
  JOIN users u ON u.id = m.user_id
WHERE e.noun = 'signup' AND e.name IN (:signup_leader) AND {{not_told}}
  AND NOT EXISTS (SELECT 1 FROM events v WHERE v.noun = 'team_member' AND v.subject_id = m.id AND v.at >= e.at)

-- name: signup_status
SELECT s.id, s.status, s.version FROM signups s LEFT JOIN events e
  ON e.noun = 'signup' AND e.subject_id = s.id AND e.version = s.version
WHERE e.id IS NULL OR e.to_status <> s.status ORDER BY s.id LIMIT 100;

-- name: signup_register
SELECT s.id FROM signups s LEFT JOIN matters m ON m.noun = 'signup' AND m.id = s.id AND m.of_noun = 'activity'
  AND m.of_id = s.activity_id AND m.number = '' AND m.title = '' AND m.node_id IS NULL AND m.status = s.status
  AND m.version = s.version
WHERE m.id IS NULL ORDER BY s.id LIMIT 100;

-- Activities whose counters are not those of their sign-ups, or that leave a place empty while somebody waits who was
-- not told of a place elsewhere.
-- name: signup_counters
SELECT a.id FROM activities a LEFT JOIN signups s ON s.activity_id = a.id
GROUP BY a.id, a.confirmed, a.waiting, a.quota, a.last_place, a.status
HAVING a.confirmed <> SUM(CASE WHEN s.status IN ('confirmed', 'attended', 'absent') THEN 1 ELSE 0 END)
  OR a.waiting <> SUM(CASE WHEN s.status = 'waitlisted' THEN 1 ELSE 0 END)
  OR a.confirmed > a.quota OR a.last_place <> COALESCE(MAX(s.place), 0)
  OR (a.confirmed < a.quota AND SUM(CASE WHEN s.status = 'waitlisted' AND s.skipped_for IS NULL THEN 1 ELSE 0 END) > 0)
  OR (a.waiting > 0 AND a.status <> 'published')
ORDER BY a.id LIMIT 100;

-- Who waits although somebody who came later has a place that no leader gave, and was not passed over for a place
-- elsewhere.
-- name: overtaken
SELECT w.id FROM signups w WHERE w.status = 'waitlisted' AND w.skipped_for IS NULL AND EXISTS (SELECT 1 FROM signups c
  WHERE c.activity_id = w.activity_id AND c.status IN ('confirmed', 'attended', 'absent') AND c.place > w.place
    AND c.recorder_id IS NULL)
ORDER BY w.id LIMIT 100;

-- Who was passed over for an activity in which they have never had a place, or for their own.
-- name: skipped
SELECT w.id FROM signups w WHERE w.skipped_for IS NOT NULL AND (w.skipped_for = w.activity_id OR NOT EXISTS (SELECT 1
  FROM signups s JOIN events e ON e.noun = 'signup' AND e.subject_id = s.id AND e.to_status = 'confirmed'
  WHERE s.activity_id = w.skipped_for AND s.user_id = w.user_id))
ORDER BY w.id LIMIT 100;

-- Who moved up while they had, a minute before and a minute after, a place elsewhere at the same time. Activities that
-- were changed since are left out: their times were others.
-- name: moved_into_overlap
SELECT e.id FROM events e JOIN signups p ON p.id = e.subject_id JOIN activities a ON a.id = p.activity_id
  JOIN signups s ON s.user_id = p.user_id AND s.activity_id <> a.id
  JOIN activities b ON b.id = s.activity_id AND b.starts_at < a.ends_at AND b.ends_at > a.starts_at
  JOIN events h ON h.noun = 'signup' AND h.subject_id = s.id AND h.to_status = 'confirmed'
    AND h.at < e.at - INTERVAL 1 MINUTE
  LEFT JOIN events n ON n.noun = 'signup' AND n.subject_id = s.id AND n.version = h.version + 1
WHERE e.noun = 'signup' AND e.name = 'promote' AND e.at >= (SELECT d.since FROM dated_rules d WHERE d.rule = 'overlaps')
  AND (n.id IS NULL OR n.at > e.at + INTERVAL 1 MINUTE)
  AND NOT EXISTS (SELECT 1 FROM events c WHERE c.noun = 'activity' AND c.subject_id IN (a.id, b.id) AND c.name = 'edit'
    AND c.at > e.at - INTERVAL 1 MINUTE)
ORDER BY e.id LIMIT 100;

-- Places given back without their time, or called late without the event.
-- name: given_back
SELECT s.id FROM signups s LEFT JOIN events e ON e.noun = 'signup' AND e.subject_id = s.id AND e.version = s.version
WHERE (s.status = 'cancelled') <> (s.cancelled_at IS NOT NULL) OR s.cancelled_at <> e.at
  OR (s.is_late = 1) <> (COALESCE(e.name, '') = 'drop_out')
    AND s.cancelled_at >= (SELECT d.since FROM dated_rules d WHERE d.rule = 'overlaps')
ORDER BY s.id LIMIT 100;
