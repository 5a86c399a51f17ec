-- +goose Up
-- Whoever is active was approved, and whoever has left has left at a time: a row without stops here.
ALTER TABLE memberships ADD CONSTRAINT memberships_times CHECK (
  (status <> 'active' OR (approved_at IS NOT NULL AND ended_at IS NULL))
  AND (status <> 'left' OR ended_at IS NOT NULL)
  AND (status NOT IN ('requested', 'rejected') OR (approved_at IS NULL AND ended_at IS NULL)));
