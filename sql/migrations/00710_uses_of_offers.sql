-- +goose Up
-- How often the row was held while somebody booked it: on a cluster what holds it writes it, too.
ALTER TABLE offers ADD COLUMN uses INT NOT NULL DEFAULT 0;
