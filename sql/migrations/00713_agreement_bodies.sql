-- +goose Up
-- As which of the four kinds of bodies of the alliance (城市党建联盟) each side agrees. What was agreed before is what is
-- evident: a community's party organisation with a co-building body.
ALTER TABLE agreements
  ADD COLUMN node_body VARCHAR(16) NOT NULL DEFAULT 'party',
  ADD COLUMN unit_body VARCHAR(16) NOT NULL DEFAULT 'co_building',
  ADD CONSTRAINT agreements_node_body CHECK (node_body IN ('party', 'self_governing', 'mass', 'co_building')),
  ADD CONSTRAINT agreements_unit_body CHECK (unit_body IN ('party', 'self_governing', 'mass', 'co_building'));
