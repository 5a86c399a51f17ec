-- +goose Up
-- Whose contact was read, and by what part in which matter.
ALTER TABLE contact_reads
  CHANGE COLUMN wish_id subject_id BIGINT NOT NULL,
  CHANGE COLUMN claim_id by_id BIGINT NULL,
  ADD COLUMN noun VARCHAR(20) NOT NULL DEFAULT 'wish' AFTER id,
  ADD COLUMN part VARCHAR(12) NOT NULL DEFAULT 'owner' AFTER subject_id,
  ADD COLUMN by_noun VARCHAR(20) NULL AFTER reader_id;
