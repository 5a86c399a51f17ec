-- +goose Up
-- A person who is invited to a team has a place in it as soon as they accept. inviter_id is who asked them. The live
-- place holds an open invitation, too, so that nobody is invited twice at once.
ALTER TABLE team_members ADD COLUMN inviter_id BIGINT NULL,
  DROP CONSTRAINT team_members_status,
  ADD CONSTRAINT team_members_status CHECK (status IN ('requested', 'invited', 'active', 'left', 'rejected')),
  ADD CONSTRAINT team_members_inviter CHECK (status <> 'invited' OR inviter_id IS NOT NULL);
