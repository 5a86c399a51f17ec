-- +goose Up
-- The first rule set: a fulfilled wish earns 10 points, or 5 or 20 where the secretary says so when publishing,
-- at most 60 a day. Source of the figures: domain.md of the founding notes, "points found in use".
INSERT INTO points_rules (id, event, node_id, version, points, choices, cap_day, effective_from)
VALUES (1, 'wish_fulfilled', NULL, 1, 10, '5,10,20', 60, '2020-01-01');
