-- +goose Up
-- A picture belongs to a matter of any noun.
ALTER TABLE media
  ADD COLUMN noun VARCHAR(20) NULL AFTER status,
  ADD COLUMN subject_id BIGINT NULL AFTER noun;
