-- Whose turn it is.
-- fragment: booking_turns
SELECT 'booking', b.id, 'responder', 0, NULL, o.host_id, b.owner_id, b.created_at, b.created_at, b.answer_by
FROM bookings b JOIN offers o ON o.id = b.offer_id WHERE b.status = 'requested'

-- Who does not decide about it.
-- fragment: booking_barred
SELECT 'booking', b.id, b.owner_id, NULL, 1 FROM bookings b WHERE b.status = 'requested' AND b.owner_id IS NOT NULL

-- That the person is what a message about it says.
-- fragment: booking_recipients
e.noun = 'booking' AND i.part = 'owner' AND EXISTS (SELECT 1 FROM bookings b
  WHERE b.id = e.subject_id AND b.owner_id = i.user_id)

-- Its steps that somebody whom they concern was not told of.
-- fragment: booking_untold
SELECT 'booking', e.id FROM events e JOIN bookings b ON b.id = e.subject_id JOIN users u ON u.id = b.owner_id
WHERE e.noun = 'booking' AND e.name IN (:booking_owner) AND {{not_told}}

-- That it is the own matter of who decides.
-- fragment: booking_own
e.noun = 'booking' AND e.name IN ('confirm', 'decline') AND EXISTS (SELECT 1 FROM bookings b
  WHERE b.id = e.subject_id AND b.owner_id = g.giver_id)

-- name: booking_status
SELECT b.id, b.status, b.version FROM bookings b LEFT JOIN events e
  ON e.noun = 'booking' AND e.subject_id = b.id AND e.version = b.version
WHERE e.id IS NULL OR e.to_status <> b.status ORDER BY b.id LIMIT 100;

-- name: booking_register
SELECT b.id FROM bookings b JOIN offers o ON o.id = b.offer_id
  LEFT JOIN matters m ON m.noun = 'booking' AND m.id = b.id AND m.of_noun = 'offer' AND m.of_id = b.offer_id
    AND m.number = '' AND m.title = '' AND m.node_id = o.host_id AND m.desk_id IS NULL AND m.status = b.status
    AND m.version = b.version
WHERE m.id IS NULL ORDER BY b.id LIMIT 100;

-- That a booking has its half hours to itself.
-- fragment: has_slots
b.status IN ('requested', 'confirmed', 'used', 'missed')

-- Bookings whose half hours are not those of their time, seat and person, or any where they are over.
-- name: booking_slots
SELECT b.id FROM bookings b LEFT JOIN (SELECT s.booking_id, COUNT(*) AS n, MIN(s.starts_at) AS first,
    MAX(s.starts_at) AS last, MIN(s.offer_id) AS offer, MAX(s.offer_id) AS other, MIN(s.seat_no) AS seat,
    MAX(s.seat_no) AS seat_other, MIN(s.resident_id) AS resident, MAX(s.resident_id) AS resident_other
  FROM booking_slots s GROUP BY s.booking_id) k ON k.booking_id = b.id
WHERE {{has_slots}} AND (k.n IS NULL OR k.n <> TIMESTAMPDIFF(MINUTE, b.starts_at, b.ends_at) DIV 30
    OR k.first <> b.starts_at OR k.last <> DATE_SUB(b.ends_at, INTERVAL 30 MINUTE) OR k.offer <> b.offer_id
    OR k.other <> b.offer_id OR k.seat <> b.seat_no OR k.seat_other <> b.seat_no
    OR k.resident IS NOT NULL AND (b.audience NOT IN ('resident', 'group') OR k.resident <> b.owner_id
      OR k.resident_other <> b.owner_id))
  OR NOT ({{has_slots}}) AND k.n IS NOT NULL
ORDER BY b.id LIMIT 100;

-- That it is on a day that its host has closed: what was used before that, or missed, is no fault.
-- fragment: closed_day
EXISTS (SELECT 1 FROM offer_days c WHERE c.offer_id = w.offer_id AND c.day = w.day AND c.kind = 'closed')

-- Half hours on which the offer is not open: neither on its day of the week, nor beside it, or on a day that is closed.
-- Who books knows the holidays of that day only. Who had come when the hours were changed was of those before.
-- Shanghai is eight hours ahead.
-- name: booking_openings
SELECT DISTINCT w.booking_id FROM (
  SELECT s.booking_id, s.offer_id, DATE(s.starts_at + INTERVAL 8 HOUR) AS day,
    WEEKDAY(s.starts_at + INTERVAL 8 HOUR) + 1 AS weekday,
    HOUR(s.starts_at + INTERVAL 8 HOUR) * 60 + MINUTE(s.starts_at) AS minute
  FROM booking_slots s) w
JOIN bookings b ON b.id = w.booking_id JOIN offers o ON o.id = w.offer_id
WHERE b.status IN ('requested', 'confirmed', 'used', 'missed')
  AND NOT EXISTS (SELECT 1 FROM events e WHERE e.noun = 'offer' AND e.subject_id = b.offer_id AND e.name = 'replace'
    AND e.at >= CASE b.status WHEN 'used' THEN b.starts_at - INTERVAL 30 MINUTE ELSE b.ends_at END)
  AND NOT EXISTS (SELECT 1 FROM offer_days x WHERE x.offer_id = w.offer_id AND x.day = w.day AND x.kind = 'extra'
    AND x.from_minute <= w.minute AND w.minute < x.until_minute)
  AND NOT ((b.status IN ('used', 'missed') OR b.ends_at <= :at) AND {{closed_day}})
  AND (NOT EXISTS (SELECT 1 FROM offer_hours h WHERE h.offer_id = w.offer_id AND h.weekday = w.weekday
      AND h.from_minute <= w.minute AND w.minute < h.until_minute)
    OR {{closed_day}}
    OR NOT o.is_on_holidays AND EXISTS (SELECT 1 FROM calendar_days d WHERE d.day = w.day AND d.kind = 'holiday'
      AND d.since <= b.created_at))
ORDER BY w.booking_id LIMIT 100;

-- Bookings that were made while the offer was not open, or that are still to come of one that is closed.
-- name: booking_offers
SELECT b.id FROM bookings b JOIN offers o ON o.id = b.offer_id
WHERE o.status = 'closed' AND b.status IN ('requested', 'confirmed') AND b.ends_at > :at
  OR NOT EXISTS (SELECT 1 FROM events e LEFT JOIN events f ON f.noun = 'offer' AND f.subject_id = e.subject_id
      AND f.version = e.version + 1
    WHERE e.noun = 'offer' AND e.subject_id = b.offer_id AND e.name IN ('open', 'resume', 'edit', 'remind',
      'replace')
      AND e.at <= b.created_at
      AND (f.id IS NULL OR f.at >= b.created_at))
ORDER BY b.id LIMIT 100;

-- Bookings that somebody let in, answered or called off who does not answer for the host, or wrote down for somebody.
-- name: booking_hosts
SELECT b.id FROM bookings b JOIN offers o ON o.id = b.offer_id
  JOIN events e ON e.noun = 'booking' AND e.subject_id = b.id
    AND (e.name IN ('confirm', 'decline', 'attend', 'correct', 'call_off') OR e.name = 'create' AND b.owner_id IS NULL)
  LEFT JOIN grants_in_force g ON g.id = e.grant_id AND g.user_id = e.actor_id
WHERE g.id IS NULL OR NOT (g.node_id = o.host_id AND g.role IN (:hosting) OR e.name = 'call_off' AND g.role IN (:roles)
  AND EXISTS (SELECT 1 FROM node_ancestors a WHERE a.node_id = o.host_id AND a.ancestor_id = g.node_id))
ORDER BY b.id LIMIT 100;

-- Bookings that wait though their time to be answered, or to be used, has been over for a day.
-- name: booking_ends
SELECT b.id FROM bookings b WHERE b.status = 'requested' AND b.answer_by < DATE_SUB(:at, INTERVAL 1 DAY)
  OR b.status = 'confirmed' AND b.ends_at < DATE_SUB(:at, INTERVAL 2 DAY) ORDER BY b.id LIMIT 100;
