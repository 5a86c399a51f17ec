-- +goose Up
ALTER TABLE booking_slots ADD UNIQUE KEY booking_slots_resident (offer_id, resident_id, starts_at);
