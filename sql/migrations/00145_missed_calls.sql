-- +goose Up
-- How often staff asked the resident of a delivered claim in vain, and when last.
ALTER TABLE claims ADD COLUMN missed_calls INT NOT NULL DEFAULT 0, ADD COLUMN missed_call_at DATETIME(3) NULL;
