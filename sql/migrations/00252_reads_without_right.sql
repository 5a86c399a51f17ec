-- +goose Up
ALTER TABLE contact_reads DROP CONSTRAINT contact_reads_right;
