-- +goose Up
-- What began before a day was announced goes on by the calendar of then.
ALTER TABLE calendar_days ADD COLUMN since DATETIME(3) NOT NULL DEFAULT '2025-01-01 00:00:00.000';
