-- What an account has of bookings that the person makes (internal/account/booking.go).

-- name: live_bookings
SELECT id FROM bookings WHERE owner_id = :user AND status IN ('requested', 'confirmed') AND starts_at > :at ORDER BY id;

-- name: bookings
SELECT id FROM bookings WHERE owner_id = :user;

-- name: erase_bookings
UPDATE bookings SET purpose = '' WHERE id IN (:ids);

-- name: sheet_bookings
SELECT b.id, h.name AS node, o.name AS offer, o.place, b.purpose, b.starts_at, b.ends_at, b.status, b.created_at
FROM bookings b JOIN offers o ON o.id = b.offer_id JOIN nodes h ON h.id = o.host_id
WHERE b.owner_id = :user ORDER BY b.id;
