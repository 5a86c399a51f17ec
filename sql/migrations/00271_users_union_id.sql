-- +goose Up
-- The person across the mini-programs and accounts of one subject, where WeChat tells it.
ALTER TABLE users ADD COLUMN union_id VARCHAR(64) NULL;
