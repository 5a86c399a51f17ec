-- What an account has of bookings that the person makes (internal/account/booking.go).

-- name: live_bookings
SELECT id FROM bookings WHERE owner_id = :user AND status IN ('requested', 'confirmed') AND starts_at > :at ORDER BY id;

-- name: bookings
SELECT id FROM bookings WHERE owner_id = :user;

-- name: erase_bookings
UPDATE bookings SET purpose = '' WHERE id IN (:ids);

-- name: sheet_bookings
SELECT b.id, h.name AS node, o.name AS offer, o.place, COALESCE(t.name, u.name, '') AS booked_for, b.people,
  b.purpose, b.starts_at, b.ends_at, b.status, b.instead, b.created_at
FROM bookings b JOIN offers o ON o.id = b.offer_id JOIN nodes h ON h.id = o.host_id
  LEFT JOIN teams t ON t.id = b.team_id LEFT JOIN nodes u ON u.id = b.unit_id
WHERE b.owner_id = :user ORDER BY b.id;
