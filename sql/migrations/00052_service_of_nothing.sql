-- +goose Up
-- A correction may say that there was no service at all.
ALTER TABLE service_records DROP CONSTRAINT service_records_minutes,
  ADD CONSTRAINT service_records_minutes
    CHECK (minutes >= 0 AND (minutes > 0 OR source = 'correction') AND ended_at > started_at);
