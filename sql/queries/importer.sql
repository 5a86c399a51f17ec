-- name: nodes
SELECT n.id, n.code, n.kind, n.name, COALESCE(p.code, '') AS parent_code, n.service_phone, n.version
FROM nodes n LEFT JOIN nodes p ON p.id = n.parent_id WHERE n.code IS NOT NULL;

-- name: rename
UPDATE nodes SET name = :name WHERE id = :id;

-- name: save_unit
UPDATE nodes SET name = :name, code = NULLIF(:code, '') WHERE id = :id;

-- name: add_roster
INSERT INTO roster (unit_id, name_lookup, imported_at, people) VALUES (:unit, :name, :at, :people)
ON DUPLICATE KEY UPDATE imported_at = VALUES(imported_at), people = GREATEST(people, VALUES(people));

-- name: places
SELECT n.id, COALESCE(n.code, '') AS code, n.kind, n.name, COALESCE(n.parent_id, 0) AS parent_id,
  COALESCE(p.name, '') AS parent_name
FROM nodes n LEFT JOIN nodes p ON p.id = n.parent_id ORDER BY n.id;

-- name: roster
SELECT unit_id, name_lookup, people FROM roster;

-- name: add_roster_phone
INSERT INTO roster_phones (unit_id, name_lookup, phone_lookup, imported_at)
VALUES (:unit_id, :name_lookup, :phone_lookup, :at)
ON DUPLICATE KEY UPDATE imported_at = VALUES(imported_at);

-- name: roster_phones
SELECT unit_id, name_lookup, phone_lookup FROM roster_phones;
