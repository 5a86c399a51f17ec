-- name: save
INSERT INTO contacts (noun, id, part, name, phone, address, helper, phone_lookup, saved_at)
VALUES (:noun, :id, :part, :name, :phone, :address, :helper, :phone_lookup, :saved_at)
ON DUPLICATE KEY UPDATE
  spoken_how = CASE WHEN phone_lookup = VALUES(phone_lookup) THEN spoken_how END,
  spoken_grant_id = CASE WHEN phone_lookup = VALUES(phone_lookup) THEN spoken_grant_id END,
  spoken_at = CASE WHEN phone_lookup = VALUES(phone_lookup) THEN spoken_at END,
  name = VALUES(name), phone = VALUES(phone), address = VALUES(address), helper = VALUES(helper),
  phone_lookup = VALUES(phone_lookup), saved_at = VALUES(saved_at);

-- How a number is known to be right: WeChat says that it is whose contact it is, or staff has spoken to them.
-- fragment: mark
CASE
  WHEN EXISTS (SELECT 1 FROM users u WHERE u.phone_lookup = k.phone_lookup AND u.id = CASE k.noun
    WHEN 'user' THEN k.id WHEN 'wish' THEN (SELECT w.owner_id FROM wishes w WHERE w.id = k.id)
    WHEN 'need' THEN (SELECT n.owner_id FROM needs n WHERE n.id = k.id) END) THEN 'wechat'
  WHEN k.spoken_at IS NOT NULL THEN 'staff' ELSE '' END

-- name: of
SELECT k.noun, k.id, k.part, k.name, k.phone, k.address, k.helper, k.saved_at, {{mark}} AS mark FROM contacts k
WHERE k.noun = :noun AND k.id = :id AND k.part = :part;

-- name: mark
SELECT {{mark}} FROM contacts k WHERE k.noun = :noun AND k.id = :id AND k.part = :part;

-- name: speak
UPDATE contacts SET spoken_at = :at, spoken_how = :how, spoken_grant_id = :grant
WHERE noun = :noun AND id = :id AND part = :part;

-- name: forget
DELETE FROM contacts WHERE noun = :noun AND id = :id AND part = :part;

-- name: add_read
INSERT INTO contact_reads (id, noun, subject_id, part, reader_id, by_noun, by_id, grant_id, reason, read_at)
VALUES (:id, :noun, :subject, :part, :reader, NULLIF(:by_noun, ''), NULLIF(:by_id, 0), :grant, :reason, :at);

-- name: read_since
SELECT COUNT(DISTINCT r.noun, r.subject_id, r.part) FROM contact_reads r
WHERE r.reader_id = :reader AND r.read_at >= :since
  AND NOT (r.noun = :noun AND r.subject_id = :id AND r.part = :part);

-- Who read the contact, a line for each reader and business day: the latest reading, how many there were, and every
-- reason given.
-- name: reads
SELECT l.id, r.read_at, l.times, l.reason, u.display_name AS reader, COALESCE(g.role, '') AS role,
  COALESCE(n.name, '') AS place
FROM (
  SELECT MAX(d.id) AS id, COUNT(*) AS times,
    COALESCE(GROUP_CONCAT(DISTINCT NULLIF(d.reason, '') ORDER BY d.reason SEPARATOR '；'), '') AS reason
  FROM contact_reads d WHERE d.noun = :noun AND d.subject_id = :id AND d.part = :part
  GROUP BY d.reader_id, DATE(DATE_ADD(d.read_at, INTERVAL 8 HOUR)) HAVING MAX(d.id) < :before
  ORDER BY MAX(d.id) DESC LIMIT :limit
) l JOIN contact_reads r ON r.id = l.id JOIN users u ON u.id = r.reader_id
  LEFT JOIN grants_in_force g ON g.id = r.grant_id LEFT JOIN nodes n ON n.id = g.node_id
ORDER BY l.id DESC;

-- What is kept of a person, for the next matter and in their own ones.
-- name: own
SELECT noun, id, part, name, phone, address, helper, saved_at FROM contacts
WHERE noun = :noun AND id IN (:ids) AND part = 'owner' ORDER BY id;
