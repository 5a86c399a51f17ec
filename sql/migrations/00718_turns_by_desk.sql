-- +goose Up
-- What waits at a desk is read in the order in which it is listed, and no more of it than that.
ALTER TABLE matter_turns DROP KEY matter_turns_desk, ADD KEY matter_turns_desk (desk_id, id, opens_at);
