-- name: fact
SELECT value FROM installation WHERE name = :name;

-- name: set_fact
INSERT INTO installation (name, value) VALUES (:name, :value) ON DUPLICATE KEY UPDATE value = VALUES(value);
