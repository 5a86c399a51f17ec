-- name: setting
SELECT value FROM installation WHERE name = :name;

-- name: save_setting
INSERT INTO installation (name, value) VALUES (:name, :value) ON DUPLICATE KEY UPDATE value = VALUES(value);
