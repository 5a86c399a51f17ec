-- +goose Up
-- Somebody joined them: a row without stops here.
ALTER TABLE hour_joins MODIFY COLUMN joined_by BIGINT NOT NULL;
