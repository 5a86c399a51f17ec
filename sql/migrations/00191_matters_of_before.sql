-- +goose Up
-- What is there before the register was. What only a running server writes comes with its own step.
INSERT INTO matters (noun, id, of_noun, of_id, number, title, node_id, desk_id, status, version)
SELECT 'wish', w.id, NULL, NULL, CONCAT(w.year, '-', CASE WHEN w.number < 10000 THEN LPAD(w.number, 4, '0')
    ELSE w.number END), w.title, w.node_id, w.node_id, w.status, w.version FROM wishes w
UNION ALL SELECT 'claim', c.id, 'wish', c.wish_id, '', '', w.node_id, w.node_id, c.status, c.version
  FROM claims c JOIN wishes w ON w.id = c.wish_id
UNION ALL SELECT 'membership', m.id, NULL, NULL, '', '', m.node_id, m.node_id, m.status, m.version FROM memberships m
UNION ALL SELECT 'grant', g.id, NULL, NULL, '', g.role, g.node_id, NULL, g.status, g.version FROM role_grants g
UNION ALL SELECT 'user', u.id, NULL, NULL, '', '', NULL, NULL, u.status, u.version FROM users u
UNION ALL SELECT 'node', n.id, NULL, NULL, '', '', n.id, NULL, 'active', n.version FROM nodes n WHERE n.version > 1
UNION ALL SELECT 'complaint', k.id, NULL, NULL, '', '', k.node_id, k.desk_id, k.status, k.version FROM complaints k
UNION ALL SELECT 'team', t.id, NULL, NULL, '', t.name, t.node_id, NULL, t.status, t.version FROM teams t
UNION ALL SELECT 'team_member', m.id, 'team', m.team_id, '', '', t.node_id, NULL, m.status, m.version
  FROM team_members m JOIN teams t ON t.id = m.team_id
UNION ALL SELECT 'activity', a.id, NULL, NULL, '', a.title, a.node_id, NULL, a.status, a.version FROM activities a
UNION ALL SELECT 'signup', s.id, 'activity', s.activity_id, '', '', NULL, NULL, s.status, s.version FROM signups s
UNION ALL SELECT 'service_record', r.id, NULL, NULL, '', r.title, r.node_id, r.stage_node_id, r.status, r.version
  FROM service_records r
UNION ALL SELECT 'objection', o.id, CASE WHEN o.record_id IS NULL THEN 'activity' ELSE 'service_record' END,
    COALESCE(o.record_id, s.activity_id), '', '', o.node_id, o.node_id, o.status, o.version
  FROM objections o LEFT JOIN signups s ON s.id = o.signup_id
UNION ALL SELECT 'join', j.id, NULL, NULL, '', u.display_name, j.node_id, NULL, j.status, j.version
  FROM hour_joins j JOIN users u ON u.id = j.person_id
UNION ALL SELECT 'certificate', c.id, NULL, NULL, c.serial, c.serial, c.node_id, NULL, c.status, c.version
  FROM certificates c;
