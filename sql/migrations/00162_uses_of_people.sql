-- +goose Up
-- How often the row was held for something that happens to a person one at a time: what holds it writes it, so that
-- this is so on a cluster, too.
ALTER TABLE users ADD COLUMN uses INT NOT NULL DEFAULT 0;
