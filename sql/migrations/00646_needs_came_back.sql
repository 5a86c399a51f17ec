-- +goose Up
-- When somebody said last that it is not done, or opened it again.
ALTER TABLE needs ADD COLUMN came_back_at DATETIME(3) NULL;
