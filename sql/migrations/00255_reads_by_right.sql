-- +goose Up
ALTER TABLE contact_reads
  ALTER COLUMN noun DROP DEFAULT,
  ALTER COLUMN part DROP DEFAULT,
  DROP KEY contact_reads_wish,
  ADD KEY contact_reads_subject (noun, subject_id, part, id),
  ADD CONSTRAINT contact_reads_right CHECK (by_id IS NOT NULL OR grant_id IS NOT NULL),
  ADD CONSTRAINT contact_reads_by CHECK ((by_noun IS NULL) = (by_id IS NULL));
