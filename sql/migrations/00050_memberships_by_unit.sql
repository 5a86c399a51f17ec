-- +goose Up
-- A unit's members, for its quarterly card.
ALTER TABLE memberships ADD KEY memberships_unit (unit_id, id);
