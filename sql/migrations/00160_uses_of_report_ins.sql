-- +goose Up
-- How often something was done by virtue of the report-in: what rests on it writes it, so that on a cluster, too, it
-- comes before the end or after.
ALTER TABLE memberships ADD COLUMN uses INT NOT NULL DEFAULT 0;
