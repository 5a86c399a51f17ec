-- +goose Up
-- From when on staff are told of nothing that merely waits. After all that was told already; in a new installation from
-- the beginning.
INSERT INTO dated_rules (rule, since) SELECT 'tasks',
  COALESCE((SELECT DATE_ADD(e.at, INTERVAL 1000 MICROSECOND) FROM events e ORDER BY e.id DESC LIMIT 1), '2000-01-01');
