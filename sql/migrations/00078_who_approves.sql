-- +goose Up
-- Who approved the claim, and who of the staff asked the resident first, and when, where a second person asks again.
ALTER TABLE claims ADD COLUMN approved_by BIGINT NULL AFTER decided_at,
  ADD COLUMN asked_by BIGINT NULL AFTER disputed_at, ADD COLUMN asked_at DATETIME(3) NULL AFTER asked_by;
