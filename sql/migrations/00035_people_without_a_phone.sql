-- +goose Up
-- Somebody without a phone serves, too: written down by a team's leader, recorded_by says by whom.
ALTER TABLE users MODIFY open_id VARCHAR(64) NULL, ADD COLUMN recorded_by BIGINT NULL AFTER open_id;
