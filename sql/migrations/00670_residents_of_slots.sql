-- +goose Up
-- For whom a half hour is, where a person booked it for themselves: nobody has two seats of an offer at one time.
ALTER TABLE booking_slots ADD COLUMN resident_id BIGINT NULL;
