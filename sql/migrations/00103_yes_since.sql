-- +goose Up
-- After all that is answered already; in a new installation from the beginning.
INSERT INTO yes_rules (since, percent) SELECT
  COALESCE((SELECT DATE_ADD(e.at, INTERVAL 1000 MICROSECOND) FROM events e ORDER BY e.id DESC LIMIT 1), '2000-01-01'),
  10;
