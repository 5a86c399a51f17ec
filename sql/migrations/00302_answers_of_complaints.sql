-- +goose Up
-- The last answer, as its author reads it.
ALTER TABLE complaints ADD COLUMN answer VARCHAR(400) NOT NULL DEFAULT '' AFTER text;
