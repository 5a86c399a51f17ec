-- name: setting
SELECT value FROM installation WHERE name = :name;

-- name: save_setting
INSERT INTO installation (name, value) VALUES (:name, :value) ON DUPLICATE KEY UPDATE value = VALUES(value);

-- The columns of all tables in which a value is stored as it is given.
-- name: columns
SELECT c.table_name AS table_name, c.column_name AS column_name
FROM information_schema.columns c JOIN information_schema.tables t
  ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
WHERE c.table_schema = DATABASE() AND c.extra NOT LIKE 'STORED%' AND c.extra NOT LIKE 'VIRTUAL%'
ORDER BY c.table_name, c.ordinal_position;
