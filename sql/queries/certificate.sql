-- A certificate.
-- fragment: certificate
c.id, c.user_id, c.node_id, c.serial, c.code, c.code_sealed, c.number, c.holder_name, c.holder_label, c.name_source,
  c.issued_by, c.from_at, c.until_at, c.minutes, c.records, c.shows, c.issuer, c.handler, c.contact, c.is_connected,
  c.status, c.issued_at, c.revoked_at, c.version

-- How many of its records have changed, and the minutes of its days as they are today.
-- fragment: now
(SELECT COUNT(*) FROM certificate_items i JOIN service_records r ON r.id = i.record_id
    WHERE i.certificate_id = c.id AND r.status <> 'credited' AND NOT EXISTS (
      SELECT 1 FROM service_records x JOIN service_records o ON o.id = x.origin_id
      WHERE x.origin_id = COALESCE(r.origin_id, r.id) AND x.status = 'credited' AND x.minutes = i.minutes
        AND c.user_id IN (x.user_id, o.user_id))) AS changed,
  (SELECT CAST(COALESCE(SUM(r.minutes), 0) AS SIGNED) FROM service_records r WHERE r.user_id = c.user_id
    AND r.status = 'credited' AND r.started_at >= c.from_at AND r.started_at < c.until_at)
  + (SELECT CAST(COALESCE(SUM(r.minutes), 0) AS SIGNED) FROM service_records o JOIN service_records r
      ON r.origin_id = o.id AND r.user_id <> o.user_id AND r.status = 'credited'
    WHERE o.user_id = c.user_id AND r.started_at >= c.from_at AND r.started_at < c.until_at) AS minutes_now

-- Who they are, and the community that answers for them: of the report-in, of the home, or of the last service.
-- name: holder
SELECT u.id, COALESCE(m.id, 0) AS membership_id, m.real_name,
  m.id IS NOT NULL AND m.approval_grant_id IS NULL AS by_roster,
  COALESCE(v.number, '') AS number, COALESCE(m.node_id, u.home_node_id, (SELECT r.node_id FROM service_records r
    WHERE r.user_id = u.id ORDER BY r.id DESC LIMIT 1), 0) AS node_id
FROM users u LEFT JOIN memberships m ON m.active_user_id = u.id LEFT JOIN volunteers v ON v.user_id = u.id
WHERE u.id = :user;

-- Credited service that began in the span. A correction may say that there was none: that is on no paper.
-- name: served
SELECT r.id AS record_id, r.started_at, r.title, r.minutes, COALESCE(t.name, n.name) AS place
FROM service_records r FORCE INDEX (service_records_user) LEFT JOIN teams t ON t.id = r.team_id
  JOIN nodes n ON n.id = r.node_id
WHERE r.user_id = :user AND r.status = 'credited' AND r.started_at >= :from AND r.started_at < :until
  AND r.minutes > 0
ORDER BY r.started_at, r.id LIMIT :limit;

-- The last certificate of the span that shows the same, where its records are what was served in it still.
-- name: last
SELECT c.id, c.node_id, c.serial, c.holder_name, c.name_source, c.issued_at
FROM certificates c FORCE INDEX (certificates_user)
WHERE c.user_id = :user AND c.from_at = :from AND c.until_at = :until AND c.shows = :shows AND c.status = 'issued'
  AND c.records = (SELECT COUNT(*) FROM service_records s WHERE s.user_id = c.user_id AND s.status = 'credited'
    AND s.minutes > 0 AND s.started_at >= c.from_at AND s.started_at < c.until_at)
  AND NOT EXISTS (SELECT 1 FROM certificate_items i JOIN service_records r ON r.id = i.record_id
    WHERE i.certificate_id = c.id AND r.status <> 'credited')
ORDER BY c.id DESC LIMIT 1;

-- The node, and the nearest number at which people ask about it.
-- name: issuer
SELECT n.name, COALESCE(p.name, '') AS parent_name, COALESCE((SELECT x.service_phone FROM node_ancestors a
  JOIN nodes x ON x.id = a.ancestor_id WHERE a.node_id = n.id AND x.service_phone <> ''
  ORDER BY a.distance LIMIT 1), '') AS phone
FROM nodes n LEFT JOIN nodes p ON p.id = n.parent_id WHERE n.id = :node;

-- Who of the staff issues it, or 0 for the nearest who may decide there, the holder left out.
-- name: handler
SELECT u.display_name AS name, g.role, n.name AS place
FROM node_ancestors a JOIN grants_in_force g ON g.node_id = a.ancestor_id JOIN users u ON u.id = g.user_id
  JOIN nodes n ON n.id = g.node_id
WHERE a.node_id = :node AND g.role IN (:roles) AND g.user_id <> :user AND (:staff = 0 OR g.user_id = :staff)
  AND g.from_at <= :at
  AND (g.until_at IS NULL OR g.until_at > :at)
ORDER BY a.distance, g.id LIMIT 1;

-- name: add_volunteer
INSERT INTO volunteers (user_id, number, given_at) VALUES (:user, :number, :at);

-- name: add
INSERT INTO certificates (id, user_id, node_id, serial, code, code_sealed, number, holder_name, holder_label,
  name_source, issued_by, from_at, until_at, minutes, records, shows, issuer, handler, contact, is_connected, status,
  issued_at, version)
VALUES (:id, :user_id, :node_id, :serial, :code, :code_sealed, :number, :holder_name, :holder_label,
  :name_source, :issued_by, :from_at, :until_at, :minutes, :records, :shows, :issuer, :handler, :contact,
  :is_connected, :status, :issued_at,
  :version);

-- name: add_item
INSERT INTO certificate_items (certificate_id, line, record_id, started_at, title, place, minutes)
VALUES (:certificate, :line, :record_id, :started_at, :title, :place, :minutes);

-- A certificate, how many of its records no longer stand as they were, and the hours of its span as they are now. Hours
-- that were joined to the holder's account since stand.
-- name: by_id
SELECT {{certificate}}, {{now}}
FROM certificates c WHERE c.id = :certificate;

-- name: by_code
SELECT {{certificate}}, {{now}}
FROM certificates c WHERE c.code IN (:codes);

-- name: lock
SELECT {{certificate}}
FROM certificates c WHERE c.id = :certificate FOR UPDATE;

-- name: items
SELECT i.record_id, i.started_at, i.title, i.place, i.minutes FROM certificate_items i
WHERE i.certificate_id = :certificate ORDER BY i.line;

-- name: items_of_code
SELECT i.record_id, i.started_at, i.title, i.place, i.minutes
FROM certificates c JOIN certificate_items i ON i.certificate_id = c.id WHERE c.code IN (:codes) ORDER BY i.line;

-- name: mine
SELECT {{certificate}}, {{now}}
FROM certificates c FORCE INDEX (certificates_user)
WHERE c.user_id = :user AND c.id < :before ORDER BY c.id DESC LIMIT :limit;

-- name: at
SELECT {{certificate}}, {{now}}
FROM certificates c FORCE INDEX (certificates_node)
WHERE c.node_id IN (:nodes) AND c.id < :before ORDER BY c.id DESC LIMIT :limit;

-- name: save
UPDATE certificates SET status = :status, revoked_at = :revoked_at, version = version + 1
WHERE id = :id AND version = :version;

-- Who has served as somebody of a community, which answers for them now, too: the page's people first, each by their
-- latest record there, then their sums. Records are looked up one by one: after EXISTS all are read at once.
-- name: people
SELECT p.user_id, p.name, p.is_written_down, p.is_reported_in, p.unit_name, p.number, COUNT(*) AS records,
  CAST(SUM(s.minutes) AS SIGNED) AS minutes, MIN(s.started_at) AS first_at, MAX(s.started_at) AS last_at
FROM (SELECT r.user_id, u.display_name AS name, u.open_id IS NULL AS is_written_down,
    m.id IS NOT NULL AS is_reported_in, COALESCE(k.name, '') AS unit_name, COALESCE(v.number, '') AS number
  FROM service_records r FORCE INDEX (service_records_people) STRAIGHT_JOIN users u ON u.id = r.user_id
    LEFT JOIN memberships m ON m.active_user_id = r.user_id
    LEFT JOIN nodes k ON k.id = m.unit_id LEFT JOIN volunteers v ON v.user_id = r.user_id
  WHERE r.member_node_id = :node AND r.user_id < :before
    AND r.id = (SELECT MAX(y.id) FROM service_records y FORCE INDEX (service_records_people)
      WHERE y.member_node_id = :node AND y.user_id = r.user_id)
    AND COALESCE(m.node_id, u.home_node_id, (SELECT x.node_id FROM service_records x FORCE INDEX (service_records_mine)
      WHERE x.user_id = r.user_id ORDER BY x.id DESC LIMIT 1)) = :node
    AND (:words = '' OR LOCATE(:words, u.display_name) > 0 OR v.number = :number)
    AND (SELECT c.id FROM service_records c FORCE INDEX (service_records_user)
      WHERE c.user_id = r.user_id AND c.status = 'credited' LIMIT 1) IS NOT NULL
  ORDER BY r.user_id DESC LIMIT :limit) p
  STRAIGHT_JOIN service_records s FORCE INDEX (service_records_user) ON s.user_id = p.user_id AND s.status = 'credited'
GROUP BY p.user_id, p.name, p.is_written_down, p.is_reported_in, p.unit_name, p.number ORDER BY p.user_id DESC;

-- A person's credited service by business years.
-- name: years
SELECT CAST(YEAR(DATE_ADD(r.started_at, INTERVAL 8 HOUR)) AS SIGNED) AS year, COUNT(*) AS records,
  CAST(SUM(r.minutes) AS SIGNED) AS minutes
FROM service_records r FORCE INDEX (service_records_user) WHERE r.user_id = :user AND r.status = 'credited'
GROUP BY YEAR(DATE_ADD(r.started_at, INTERVAL 8 HOUR)) ORDER BY year DESC;

-- name: teams
SELECT t.id, t.name, m.role FROM team_members m JOIN teams t ON t.id = m.team_id
WHERE m.user_id = :user AND m.status = 'active' AND t.status = 'active' ORDER BY t.name, t.id LIMIT 50;

-- name: number
SELECT number FROM volunteers WHERE user_id = :user;

-- Codes from before they were sealed.
-- name: plain_codes
SELECT id, code FROM certificates WHERE code_sealed IS NULL ORDER BY id LIMIT 200;

-- name: seal_code
UPDATE certificates SET code = :code, code_sealed = :sealed WHERE id = :id AND code_sealed IS NULL;
