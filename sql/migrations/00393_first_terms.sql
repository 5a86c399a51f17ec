-- +goose Up
INSERT INTO terms (code, from_at, accept_amount, accept_unit, work_amount, work_unit) VALUES
  ('urgent', '2025-01-01 00:00:00.000', 1, 'hour', 2, 'hour'),
  ('utility', '2025-01-01 00:00:00.000', 2, 'hour', 24, 'hour'),
  ('ordinary', '2025-01-01 00:00:00.000', 1, 'workday', 7, 'day'),
  ('complex', '2025-01-01 00:00:00.000', 1, 'workday', 15, 'day');
