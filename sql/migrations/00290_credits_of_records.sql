-- +goose Up
-- Which event credited a record, so that what it paid is found without asking its history.
ALTER TABLE service_records ADD COLUMN credit_event_id BIGINT NULL AFTER credited_at;
