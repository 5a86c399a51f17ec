-- +goose Up
-- A turn is a person's, that of whoever leads a team, or that of whoever decides at a desk or above it. At a desk the
-- part says who: 'decider', or 'recorder' for what any post there writes down, too.
ALTER TABLE matter_turns ADD COLUMN desk_id BIGINT NULL AFTER team_id,
  ADD KEY matter_turns_desk (desk_id, opens_at),
  ADD CONSTRAINT matter_turns_desk_fk FOREIGN KEY (desk_id) REFERENCES nodes (id),
  DROP CONSTRAINT matter_turns_whose, ADD CONSTRAINT matter_turns_whose CHECK (
    (person_id <> 0) + (team_id IS NOT NULL) + (desk_id IS NOT NULL) = 1);
