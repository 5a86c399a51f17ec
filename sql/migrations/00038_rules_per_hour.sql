-- +goose Up
-- NULL: points for the deed; otherwise for each so many whole minutes of it.
ALTER TABLE points_rules ADD COLUMN per_minutes INT NULL AFTER points;
