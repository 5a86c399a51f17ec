-- +goose Up
-- Nobody was asked whether others may read who is old, ill or alone.
UPDATE needs SET is_public = FALSE WHERE category = 'care';
