-- name: add
INSERT INTO wechat_pushes (digest, received_at) VALUES (:digest, :at);

-- name: old
SELECT digest FROM wechat_pushes FORCE INDEX (wechat_pushes_received) WHERE received_at < :before
ORDER BY received_at LIMIT 200;

-- name: forget
DELETE FROM wechat_pushes WHERE digest IN (:digests);
