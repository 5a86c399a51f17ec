-- +goose Up
ALTER TABLE inbox DROP CONSTRAINT inbox_part, ADD CONSTRAINT inbox_part CHECK (part IN
  ('owner', 'recorder', 'claimant', 'invited', 'member', 'decider', 'leader', 'volunteer', 'sender', 'responder',
   'overseer', 'handler', 'follower'));
