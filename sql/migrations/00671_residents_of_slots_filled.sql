-- +goose Up
-- Who has two seats already keeps them: the first is known as theirs.
UPDATE booking_slots s JOIN (SELECT b.offer_id, b.owner_id, t.starts_at, MIN(b.id) AS booking_id
    FROM bookings b JOIN booking_slots t ON t.booking_id = b.id
    WHERE b.audience = 'resident' AND b.owner_id IS NOT NULL GROUP BY b.offer_id, b.owner_id, t.starts_at) f
  ON f.booking_id = s.booking_id AND f.starts_at = s.starts_at
SET s.resident_id = f.owner_id;
