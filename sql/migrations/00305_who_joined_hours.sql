-- +goose Up
-- Who joined the hours last: their decision is undone with the join.
ALTER TABLE hour_joins ADD COLUMN joined_by BIGINT NULL AFTER joined_at;
