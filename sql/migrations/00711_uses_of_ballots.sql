-- +goose Up
-- How often the row was held while somebody voted in it: on a cluster what holds it writes it, too.
ALTER TABLE ballots ADD COLUMN uses INT NOT NULL DEFAULT 0;
