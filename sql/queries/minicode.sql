-- name: kept
SELECT scene_lookup, picture FROM mini_codes WHERE noun = :noun AND subject_id = :id;

-- name: keep
INSERT INTO mini_codes (noun, subject_id, scene_lookup, picture, made_at) VALUES (:noun, :id, :lookup, :picture, :at)
ON DUPLICATE KEY UPDATE scene_lookup = VALUES(scene_lookup), picture = VALUES(picture), made_at = VALUES(made_at);
