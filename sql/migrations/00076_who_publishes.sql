-- +goose Up
-- Who published the wish: they neither claim it nor join its claim.
ALTER TABLE wishes ADD COLUMN published_by BIGINT NULL AFTER published_at;
