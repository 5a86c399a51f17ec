-- +goose Up
-- Fails where a matter is not in the register, or stands elsewhere in it: a version is never 0.
INSERT INTO matters (noun, id, status, version)
SELECT x.noun, 0, 'missing', 0 FROM (
  SELECT 'wish' AS noun, w.id, w.status, w.version FROM wishes w
  UNION ALL SELECT 'claim', c.id, c.status, c.version FROM claims c
  UNION ALL SELECT 'membership', m.id, m.status, m.version FROM memberships m
  UNION ALL SELECT 'grant', g.id, g.status, g.version FROM role_grants g
  UNION ALL SELECT 'user', u.id, u.status, u.version FROM users u
  UNION ALL SELECT 'node', n.id, 'active', n.version FROM nodes n WHERE n.version > 1
  UNION ALL SELECT 'complaint', k.id, k.status, k.version FROM complaints k
  UNION ALL SELECT 'team', t.id, t.status, t.version FROM teams t
  UNION ALL SELECT 'team_member', m.id, m.status, m.version FROM team_members m
  UNION ALL SELECT 'activity', a.id, a.status, a.version FROM activities a
  UNION ALL SELECT 'signup', s.id, s.status, s.version FROM signups s
  UNION ALL SELECT 'service_record', r.id, r.status, r.version FROM service_records r
  UNION ALL SELECT 'objection', o.id, o.status, o.version FROM objections o
  UNION ALL SELECT 'join', j.id, j.status, j.version FROM hour_joins j
  UNION ALL SELECT 'certificate', c.id, c.status, c.version FROM certificates c
) x LEFT JOIN matters m ON m.noun = x.noun AND m.id = x.id AND m.status = x.status AND m.version = x.version
WHERE m.id IS NULL;
