-- +goose Up
-- people is how many of the name the unit's list has.
ALTER TABLE roster ADD COLUMN people SMALLINT NOT NULL DEFAULT 1;
