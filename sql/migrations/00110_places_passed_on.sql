-- +goose Up
-- Whose turn it was on the waitlist while they had a place elsewhere at the same time: which activity that was, so that
-- they are told once. When a place was given back, which a late drop-out keeps on the roll.
ALTER TABLE signups ADD COLUMN skipped_for BIGINT NULL, ADD COLUMN cancelled_at DATETIME(3) NULL;
