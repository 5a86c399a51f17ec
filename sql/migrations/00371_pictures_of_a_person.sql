-- +goose Up
-- The pictures that a person has added are found for what they take along, and when the account goes.
ALTER TABLE media ADD KEY media_owner (owner_id, id);
