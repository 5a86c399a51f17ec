-- +goose Up
-- Who has no report-in has no unit. team_id is the team of the activity.
ALTER TABLE points_transfers DROP CONSTRAINT points_transfers_unit,
  ADD CONSTRAINT points_transfers_unit CHECK (unit IN ('points', 'minutes')),
  MODIFY unit_id BIGINT NULL,
  ADD COLUMN team_id BIGINT NULL AFTER node_id;
