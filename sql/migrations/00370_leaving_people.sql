-- +goose Up
-- Who deletes the account is leaving at once, without a name and a way in, until all that goes is gone; left_at is when
-- that began. What stays of them is the number.
ALTER TABLE users ADD COLUMN left_at DATETIME(3) NULL, ADD KEY users_left (left_at),
  DROP CONSTRAINT users_status,
  ADD CONSTRAINT users_status CHECK (status IN ('active', 'leaving', 'deleted')),
  ADD CONSTRAINT users_left CHECK ((status = 'leaving') = (left_at IS NOT NULL));
