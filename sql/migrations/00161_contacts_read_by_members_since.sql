-- +goose Up
-- After all that was read already; in a new installation from the beginning.
INSERT INTO dated_rules (rule, since) SELECT 'reading_members',
  COALESCE((SELECT DATE_ADD(r.read_at, INTERVAL 1000 MICROSECOND) FROM contact_reads r ORDER BY r.id DESC LIMIT 1),
    '2000-01-01');
