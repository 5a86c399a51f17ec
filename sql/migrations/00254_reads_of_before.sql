-- +goose Up
UPDATE contact_reads SET by_noun = 'claim' WHERE by_id IS NOT NULL;
