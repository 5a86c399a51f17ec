-- +goose Up
-- Of which record it first was the hours are that have changed their person since; a correction of them keeps it.
ALTER TABLE service_records ADD COLUMN origin_id BIGINT NULL, ADD KEY service_records_origin (origin_id, status);
