-- +goose Up
-- What WeChat has pushed in the last day, by the hash of what it said: the same message is taken once.
CREATE TABLE wechat_pushes (
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  received_at DATETIME(3) NOT NULL,
  PRIMARY KEY (digest),
  KEY wechat_pushes_received (received_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
