-- name: installation_value
SELECT value FROM installation WHERE name = :name;
