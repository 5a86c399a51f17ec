-- +goose Up
-- A need that is one person's wish goes on as one.
ALTER TABLE needs
  DROP CONSTRAINT needs_status,
  ADD CONSTRAINT needs_status CHECK (status IN ('submitted', 'handling', 'waiting', 'answered', 'closed', 'unsolved',
    'rejected', 'merged', 'withdrawn', 'handed'));
