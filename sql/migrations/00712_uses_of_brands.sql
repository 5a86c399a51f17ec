-- +goose Up
-- How often the row was held while a project named it: on a cluster what holds it writes it, too.
ALTER TABLE brands ADD COLUMN uses INT NOT NULL DEFAULT 0;
