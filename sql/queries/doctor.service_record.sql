-- Whose turn it is.
-- fragment: service_record_turns
SELECT 'service_record', r.id, 'decider', 0, NULL, r.stage_node_id, NULL, e.at, e.at, NULL
FROM service_records r JOIN events e ON e.noun = 'service_record' AND e.subject_id = r.id
  AND e.version = r.version - (r.escalated_at IS NOT NULL)
WHERE r.status IN ('recorded', 'confirmed')

-- Who does not decide about it.
-- fragment: service_record_barred
SELECT 'service_record', r.id, r.user_id, NULL, 1 FROM service_records r
UNION ALL SELECT 'service_record', r.id, r.recorder_id, NULL, 0 FROM service_records r
UNION ALL SELECT 'service_record', e.subject_id, e.actor_id, NULL, 0 FROM events e
  WHERE e.noun = 'service_record' AND e.name = 'confirm'

-- That the person is what a message about it says.
-- fragment: service_record_recipients
e.noun = 'service_record' AND EXISTS (SELECT 1 FROM service_records r
  WHERE r.id = e.subject_id AND CASE i.part WHEN 'volunteer' THEN r.user_id = i.user_id
    WHEN 'leader' THEN EXISTS (SELECT 1 FROM team_members x WHERE x.team_id = r.team_id AND x.user_id = i.user_id) END)

-- That it is the own matter of who decides, or of who chose them.
-- fragment: service_record_own
e.noun = 'service_record' AND EXISTS (SELECT 1 FROM service_records r
  WHERE r.id = e.subject_id AND r.user_id IN (e.actor_id, g.giver_id))

-- Credited, rejected and corrected service of which the volunteer was not told: by its own message, or by that of what
-- it came from in the same moment, such as the end of the activity.
-- fragment: service_record_untold
SELECT 'service_record', e.id FROM events e JOIN service_records r ON r.id = e.subject_id
  JOIN users u ON u.id = r.user_id
WHERE e.noun = 'service_record' AND e.name IN (:service_record_volunteer) AND {{not_told}}
  AND NOT EXISTS (SELECT 1 FROM signups s JOIN events t ON t.noun = 'signup' AND t.subject_id = s.id
      AND t.name = 'attend' AND t.at = e.at JOIN inbox j ON j.event_id = t.id AND j.user_id = r.user_id
    WHERE s.activity_id = r.activity_id AND s.live_signup_user_id = r.user_id)
  AND NOT EXISTS (SELECT 1 FROM events t JOIN inbox j ON j.event_id = t.id AND j.user_id = r.user_id
    WHERE t.noun = 'service_record' AND t.subject_id = r.corrects_id AND t.name = 'correct' AND t.at = e.at)
  AND NOT EXISTS (SELECT 1 FROM objections o JOIN events t ON t.noun = 'objection' AND t.subject_id = o.id
      AND t.name = 'uphold' AND t.at = e.at JOIN inbox j ON j.event_id = t.id AND j.user_id = r.user_id
    WHERE o.user_id = r.user_id AND (o.record_id IN (r.id, r.corrects_id) OR o.signup_id IN (SELECT x.id FROM signups x
      WHERE x.activity_id = r.activity_id AND x.user_id = r.user_id)))
  AND NOT EXISTS (SELECT 1 FROM hour_joins h JOIN events t ON t.noun = 'join' AND t.subject_id = h.id AND t.at = e.at
      JOIN inbox j ON j.event_id = t.id AND j.user_id = h.account_id
    WHERE h.person_id = r.user_id OR h.account_id = r.user_id)

-- name: untold_records
SELECT d.id FROM (SELECT '' AS noun, 0 AS id FROM nodes WHERE FALSE UNION ALL {{service_record_untold}}) d
ORDER BY d.id LIMIT 100;

-- name: service_record_status
SELECT r.id, r.status, r.version FROM service_records r LEFT JOIN events e
  ON e.noun = 'service_record' AND e.subject_id = r.id AND e.version = r.version
WHERE e.id IS NULL OR e.to_status <> r.status ORDER BY r.id LIMIT 100;

-- name: service_record_register
SELECT r.id FROM service_records r LEFT JOIN matters m ON m.noun = 'service_record' AND m.id = r.id
  AND m.of_id IS NULL AND m.number = '' AND m.title = r.title AND m.node_id = r.node_id
  AND m.desk_id = r.stage_node_id AND m.status = r.status AND m.version = r.version
WHERE m.id IS NULL ORDER BY r.id LIMIT 100;

-- Records that share time with an earlier one of the same person.
-- name: overlapping_service
SELECT t.id FROM (
  SELECT r.id, r.started_at, MAX(r.ended_at) OVER (PARTITION BY r.user_id ORDER BY r.started_at, r.id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_until
  FROM service_records r WHERE r.status IN ('confirmed', 'credited') AND r.minutes > 0) t
WHERE t.before_until > t.started_at ORDER BY t.id LIMIT 100;

-- Records with more minutes than their time, outside one business day, or outside their activity. A minute that
-- midnight cuts in two is in the day in which it ends.
-- name: service_times
SELECT r.id FROM service_records r LEFT JOIN activities a ON a.id = r.activity_id
WHERE r.minutes > TIMESTAMPDIFF(MINUTE, r.started_at, DATE_ADD(r.ended_at, INTERVAL IF(
    DATE_ADD(r.started_at, INTERVAL 8 HOUR) = DATE(DATE_ADD(r.started_at, INTERVAL 8 HOUR)), 59999000, 0) MICROSECOND))
  OR DATE(DATE_ADD(r.started_at, INTERVAL 8 HOUR))
    <> DATE(DATE_SUB(DATE_ADD(r.ended_at, INTERVAL 8 HOUR), INTERVAL 1 SECOND))
  OR r.started_at < a.starts_at OR r.ended_at > a.ends_at ORDER BY r.id LIMIT 100;

-- Records reviewed too little, twice by one person, or by who served; and records whose recorder served and that
-- nobody else has looked at.
-- name: service_reviews
SELECT r.id FROM service_records r LEFT JOIN (
    SELECT e.subject_id, COUNT(*) AS n, COUNT(DISTINCT e.actor_id) AS people FROM events e
    WHERE e.noun = 'service_record' AND e.name IN ('confirm', 'credit') GROUP BY e.subject_id) d ON d.subject_id = r.id
WHERE r.reviews <> COALESCE(d.n, 0) OR COALESCE(d.n <> d.people, 0) OR (r.status = 'credited' AND r.reviews < r.due)
  OR EXISTS (SELECT 1 FROM events e WHERE e.noun = 'service_record' AND e.subject_id = r.id
    AND e.name IN ('confirm', 'credit') AND e.actor_id = r.user_id) ORDER BY r.id LIMIT 100;

-- Days of a person with more credited minutes than their reviews allow.
-- name: service_days
SELECT MAX(r.id) AS id FROM service_records r WHERE r.status = 'credited'
GROUP BY r.user_id, DATE(DATE_ADD(r.started_at, INTERVAL 8 HOUR))
HAVING MAX(r.due) < LEAST((SELECT COUNT(*) FROM node_ancestors a WHERE a.node_id = MAX(r.node_id)),
  CASE WHEN SUM(r.minutes) > 720 THEN 3 WHEN SUM(r.minutes) > 480 THEN 2 ELSE 1 END)
ORDER BY id LIMIT 100;

-- Credited records that did not simply earn their minutes, and a member's the points of their whole hours.
-- name: unlike_served
SELECT r.id, r.minutes, r.unit_id IS NOT NULL AS is_member, COALESCE(m.amount, -1) AS minutes_paid,
  COALESCE(h.amount, -1) AS paid, COALESCE(h.id, 0) AS transfer_id, COALESCE(h.cause_account_id, 0) AS account_id,
  COALESCE(h.rule_id, 0) AS rule_id, h.deed_at
FROM service_records r
  LEFT JOIN events e ON e.noun = 'service_record' AND e.subject_id = r.id AND e.version = r.version
    AND e.name = 'credit'
  LEFT JOIN points_transfers m ON m.cause_event_id = e.id AND m.cause_rule = 'service_minutes' AND m.kind = 'earn'
    AND m.deed_at = r.started_at
  LEFT JOIN points_accounts a ON a.id = m.cause_account_id
  LEFT JOIN points_transfers h ON h.cause_event_id = e.id AND h.cause_rule = 'service_hours' AND h.kind = 'earn'
    AND h.deed_at = r.started_at
  LEFT JOIN points_rules s ON s.id = h.rule_id
WHERE r.status = 'credited' AND (m.id IS NULL OR m.amount <> r.minutes OR a.user_id <> r.user_id
  OR (h.id IS NULL) <> (r.unit_id IS NULL)
  OR h.amount <> COALESCE(r.minutes DIV s.per_minutes * s.points, r.minutes))
ORDER BY r.id LIMIT 2000;

-- Transfers of records that are not credited now and that nothing took back.
-- name: unreturned
SELECT t.id FROM service_records r
  JOIN events e ON e.noun = 'service_record' AND e.subject_id = r.id AND e.name = 'credit'
  JOIN points_transfers t ON t.cause_event_id = e.id LEFT JOIN points_transfers c ON c.corrects_id = t.id
WHERE (r.status = 'credited') <> (c.id IS NULL) OR c.amount <> t.amount ORDER BY t.id LIMIT 100;
