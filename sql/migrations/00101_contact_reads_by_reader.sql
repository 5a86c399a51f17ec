-- +goose Up
-- How many contacts a person has read today.
ALTER TABLE contact_reads ADD KEY contact_reads_reader (reader_id, read_at);
