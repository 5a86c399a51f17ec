-- +goose Up
-- What is credited, or was, names the event that did it: a row without stops here.
ALTER TABLE service_records ADD CONSTRAINT service_records_credit CHECK (
  status NOT IN ('credited', 'corrected') OR credit_event_id IS NOT NULL);
