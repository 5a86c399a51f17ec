-- +goose Up
-- What waits at a desk is listed by how long it has waited there, which is not the order in which matters began.
ALTER TABLE matter_turns DROP KEY matter_turns_desk, ADD KEY matter_turns_desk (desk_id, since, id, opens_at);
