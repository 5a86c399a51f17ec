-- fragment: offer
o.id, o.host_id, o.node_id, o.kind, o.name, o.place, o.seats, o.people, o.slots, o.is_for_residents, o.is_for_teams,
  o.is_for_groups, o.is_for_units, o.is_asked, o.is_on_holidays, o.created_at, o.opened_at, o.idle_at, o.closed_at,
  o.status, o.version

-- What people read of it in the place of ids.
-- fragment: offer_names
h.name AS host_name, p.name AS node_name
FROM offers o JOIN nodes h ON h.id = o.host_id JOIN nodes p ON p.id = o.node_id

-- fragment: booking
b.id, b.offer_id, b.series_id, COALESCE(b.owner_id, 0) AS owner_id, b.guest, b.audience,
  COALESCE(b.team_id, 0) AS team_id, COALESCE(b.unit_id, 0) AS unit_id, b.people, b.purpose, b.seat_no, b.starts_at,
  b.ends_at, b.created_at, b.answer_by, b.missed_at, b.instead, b.status, b.version, o.host_id

-- What people read of it in the place of ids.
-- fragment: booking_names
o.name AS offer_name, o.kind, o.place, h.name AS host_name, COALESCE(u.display_name, '') AS owner_name,
  COALESCE(t.name, '') AS team_name, COALESCE(n.name, '') AS unit_name
FROM bookings b JOIN offers o ON o.id = b.offer_id JOIN nodes h ON h.id = o.host_id
  LEFT JOIN users u ON u.id = b.owner_id LEFT JOIN teams t ON t.id = b.team_id LEFT JOIN nodes n ON n.id = b.unit_id

-- That the person answers for the host.
-- fragment: hosts
EXISTS (SELECT 1 FROM grants_in_force g WHERE g.user_id = :user AND g.node_id = o.host_id AND g.role IN (:hosting)
  AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at))

-- The community of a host, or the host itself where it is in none.
-- name: where
SELECT p.id, p.name FROM nodes n JOIN nodes p ON p.id = COALESCE((SELECT a.ancestor_id FROM node_ancestors a
  JOIN nodes c ON c.id = a.ancestor_id
  WHERE a.node_id = n.id AND c.kind IN ('community', 'village') ORDER BY a.distance LIMIT 1), n.id)
WHERE n.id = :host;

-- name: add
INSERT INTO offers (id, host_id, node_id, kind, name, place, seats, people, slots, is_for_residents, is_for_teams,
  is_for_groups, is_for_units, is_asked, is_on_holidays, created_at, status, version)
VALUES (:id, :host_id, :node_id, :kind, :name, :place, :seats, :people, :slots, :is_for_residents, :is_for_teams,
  :is_for_groups, :is_for_units, :is_asked, :is_on_holidays, :created_at, :status, :version);

-- name: add_lines
INSERT INTO offer_lines (offer_id, kind, position, text) VALUES (:offer, :kind, :position, :text);

-- name: add_stops
INSERT INTO offer_stops (offer_id, position, name, place, seen, minutes)
VALUES (:offer, :position, :name, :place, :seen, :minutes);

-- name: add_hours
INSERT INTO offer_hours (offer_id, weekday, from_minute, until_minute) VALUES (:offer, :weekday, :from, :until);

-- name: drop_hours
DELETE FROM offer_hours WHERE offer_id = :offer;

-- What is open beside its usual hours stays so until the day is closed: somebody may have booked it.
-- name: put_day
INSERT INTO offer_days (offer_id, day, kind, from_minute, until_minute)
VALUES (:offer_id, :day, :kind, :from_minute, :until_minute)
ON DUPLICATE KEY UPDATE until_minute = GREATEST(until_minute, :until_minute);

-- A day that is closed is so at the hours, too, that were open beside the usual ones.
-- name: drop_extra_hours
DELETE FROM offer_days WHERE offer_id = :offer_id AND day = :day AND kind = 'extra';

-- name: lock
SELECT {{offer}}, {{offer_names}} WHERE o.id = :offer FOR UPDATE;

-- An offer that stays as it is while somebody books it.
-- name: hold
SELECT {{offer}} FROM offers o WHERE o.id = :offer LOCK IN SHARE MODE;

-- name: use
UPDATE offers SET uses = uses + 1 WHERE id = :offer;

-- What a new booking is called.
-- name: about
SELECT o.host_id, o.name AS offer_name, o.kind, o.place, h.name AS host_name,
  COALESCE(u.display_name, '') AS owner_name,
  COALESCE(t.name, '') AS team_name, COALESCE(n.name, '') AS unit_name
FROM offers o JOIN nodes h ON h.id = o.host_id LEFT JOIN users u ON u.id = :user
  LEFT JOIN teams t ON t.id = :team LEFT JOIN nodes n ON n.id = :unit
WHERE o.id = :offer;

-- name: save
UPDATE offers SET is_on_holidays = :is_on_holidays, opened_at = :opened_at, idle_at = :idle_at,
  closed_at = :closed_at, status = :status, version = :version
WHERE id = :id AND version = :version - 1;

-- name: get
SELECT {{offer}}, {{offer_names}} WHERE o.id = :offer;

-- name: lines
SELECT kind, text FROM offer_lines WHERE offer_id = :offer ORDER BY kind, position;

-- name: stops
SELECT name, place, seen, minutes FROM offer_stops WHERE offer_id = :offer ORDER BY position;

-- name: hours
SELECT weekday, from_minute, until_minute FROM offer_hours WHERE offer_id = :offer ORDER BY weekday, from_minute;

-- The days from one on that differ.
-- name: days
SELECT offer_id, day, kind, from_minute, until_minute FROM offer_days WHERE offer_id = :offer AND day >= :from
ORDER BY day, from_minute LIMIT 400;

-- name: page_open
SELECT {{offer}}, {{offer_names}}
WHERE o.status = 'open' AND o.id < :before AND (:host = 0 OR o.host_id = :host)
  AND (:kind = '' OR o.kind = :kind) AND (:node = 0 OR EXISTS (
  SELECT 1 FROM node_ancestors a WHERE a.node_id = o.node_id AND a.ancestor_id = :node))
ORDER BY o.id DESC LIMIT :limit;

-- name: page_hosted
SELECT {{offer}}, {{offer_names}}
WHERE o.id < :before AND (:kind = '' OR o.kind = :kind) AND {{hosts}} ORDER BY o.id DESC LIMIT :limit;

-- How many seats are taken at each half hour of a time.
-- name: taken
SELECT starts_at, COUNT(*) AS n FROM booking_slots
WHERE offer_id = :offer AND starts_at >= :from AND starts_at < :until GROUP BY starts_at ORDER BY starts_at;

-- Which half hours are taken, of those that somebody wants.
-- name: wanted
SELECT seat_no, starts_at FROM booking_slots WHERE offer_id = :offer AND starts_at IN (:slots);

-- name: add_bookings
INSERT INTO bookings (id, offer_id, series_id, owner_id, guest, audience, team_id, unit_id, people, purpose, seat_no,
  starts_at, ends_at, created_at, answer_by, status, version)
VALUES (:id, :offer_id, :series_id, NULLIF(:owner_id, 0), :guest, :audience, NULLIF(:team_id, 0), NULLIF(:unit_id, 0),
  :people, :purpose, :seat_no, :starts_at, :ends_at, :created_at, :answer_by, :status, :version);

-- name: add_slots
INSERT INTO booking_slots (offer_id, seat_no, starts_at, booking_id, resident_id)
VALUES (:offer, :seat, :at, :booking, NULLIF(:resident, 0));

-- name: free_slots
DELETE FROM booking_slots WHERE booking_id IN (:bookings);

-- name: lock_booking
SELECT {{booking}}, {{booking_names}} WHERE b.id = :booking FOR UPDATE;

-- Bookings of an offer that are still to come.
-- name: lock_ahead
SELECT {{booking}}, {{booking_names}}
WHERE b.offer_id = :offer AND b.ends_at > :at AND b.status IN ('requested', 'confirmed') ORDER BY b.id FOR UPDATE;

-- name: save_booking
UPDATE bookings SET missed_at = :missed_at, instead = :instead, status = :status, version = :version
WHERE id = :id AND version = :version - 1;

-- name: get_booking
SELECT {{booking}}, {{booking_names}} WHERE b.id = :booking;

-- name: series
SELECT {{booking}}, {{booking_names}} WHERE b.series_id = :series AND b.id <> :booking ORDER BY b.starts_at LIMIT 10;

-- name: page_mine
SELECT {{booking}}, {{booking_names}}
WHERE b.owner_id = :user AND b.id < :before AND (:offer = 0 OR b.offer_id = :offer) AND b.starts_at >= :from
  AND b.starts_at < :until ORDER BY b.id DESC LIMIT :limit;

-- Those of the offers that the person answers for, of one of them, of one day.
-- name: page_bookings
SELECT {{booking}}, {{booking_names}}
WHERE b.id < :before AND (:offer = 0 OR b.offer_id = :offer) AND b.starts_at >= :from AND b.starts_at < :until
  AND {{hosts}} ORDER BY b.id DESC LIMIT :limit;

-- What was booked of an offer in a time, but for what was declined or taken back.
-- name: month
SELECT {{booking}}, {{booking_names}}
WHERE b.offer_id = :offer AND b.starts_at >= :from AND b.starts_at < :until
  AND b.status NOT IN ('declined', 'cancelled') ORDER BY b.starts_at, b.id LIMIT :limit;

-- Who may come through the door of an offer at a time.
-- name: at_door
SELECT b.id, b.status FROM bookings b WHERE b.offer_id = :offer AND b.starts_at >= :from AND b.starts_at < :until
  AND b.status IN ('confirmed', 'used', 'missed') ORDER BY b.starts_at, b.id;

-- Bookings that somebody missed.
-- name: missed
SELECT missed_at FROM bookings WHERE owner_id = :user AND status = 'missed' AND missed_at > :since
ORDER BY missed_at;

-- How many half hours of the offer the person has that have not begun.
-- name: ahead
SELECT COUNT(*) FROM bookings b JOIN booking_slots s ON s.booking_id = b.id
WHERE b.owner_id = :user AND b.offer_id = :offer AND b.status IN ('requested', 'confirmed') AND s.starts_at > :at;

-- That the person leads the team.
-- name: leads
SELECT COUNT(*) FROM team_members m JOIN teams t ON t.id = m.team_id AND t.status = 'active'
WHERE m.team_id = :team AND m.user_id = :user AND m.status = 'active' AND m.role IN ('leader', 'deputy');

-- name: unanswered
SELECT id FROM bookings WHERE status = 'requested' AND (answer_by <= :at OR starts_at <= :at) ORDER BY id LIMIT :limit;

-- name: to_miss
SELECT id FROM bookings WHERE status = 'confirmed' AND ends_at <= :since ORDER BY id LIMIT :limit;

-- Desks that have been open for a time in which nobody has come, and of which nobody was told in that time.
-- name: idle_desks
SELECT o.id FROM offers o WHERE o.status = 'open' AND o.kind = 'desk' AND o.opened_at <= :since
  AND (o.idle_at IS NULL OR o.idle_at <= :since)
  AND NOT EXISTS (SELECT 1 FROM booking_slots s WHERE s.offer_id = o.id AND s.starts_at >= :since)
ORDER BY o.id LIMIT :limit;

-- The open desks at and below a node; idle: the street was told that nobody came in so many days, and nobody has since.
-- name: desks
SELECT {{offer}}, o.idle_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM booking_slots s
  WHERE s.offer_id = o.id AND s.starts_at >= DATE_SUB(o.idle_at, INTERVAL :idle DAY)) AS is_idle, {{offer_names}}
  JOIN node_ancestors a ON a.node_id = o.node_id
WHERE a.ancestor_id = :node AND o.status = 'open' AND o.kind = 'desk' ORDER BY p.name, o.node_id, o.id LIMIT :limit;

-- name: desk_matters
SELECT offer_id, text FROM offer_lines WHERE offer_id IN (:offers) AND kind = 'matter' ORDER BY offer_id, position;

-- name: desk_hours
SELECT offer_id, weekday, from_minute, until_minute FROM offer_hours WHERE offer_id IN (:offers);

-- name: desk_days
SELECT offer_id, day, kind, from_minute, until_minute FROM offer_days
WHERE offer_id IN (:offers) AND day BETWEEN :first AND :last;

-- name: desk_bookings
SELECT offer_id, starts_at, status = 'used' AS is_used FROM bookings
WHERE offer_id IN (:offers) AND starts_at >= :from AND starts_at < :until
  AND status IN ('requested', 'confirmed', 'used', 'missed');

-- Who decides at the street of a host.
-- name: streets
SELECT DISTINCT g.user_id FROM node_ancestors a JOIN nodes s ON s.id = a.ancestor_id AND s.kind = 'street'
  JOIN grants_in_force g ON g.node_id = s.id
WHERE a.node_id = :host AND g.role = 'street' AND g.from_at <= :at AND (g.until_at IS NULL OR g.until_at > :at)
ORDER BY g.user_id;

-- name: lock_guests
SELECT id FROM bookings WHERE owner_id IS NULL AND ends_at < :since AND guest <> :guest ORDER BY id
LIMIT :limit FOR UPDATE;

-- name: forget_guests
UPDATE bookings SET guest = :guest WHERE id IN (:bookings);
