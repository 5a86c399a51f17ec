-- +goose Up
-- A minute of service is a minute. A whole hour earns a member a point, at most 10 a day: 1 hour = 1 point and a daily
-- cap of 10 on one item are figures found in use.
INSERT INTO points_rules (id, event, node_id, version, points, per_minutes, cap_day, effective_from)
VALUES (1001, 'service_minutes', NULL, 1, 1, 1, NULL, '2020-01-01'),
  (1002, 'service_hours', NULL, 1, 1, 60, 10, '2020-01-01');
