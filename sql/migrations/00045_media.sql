-- +goose Up
-- Pictures. The files carry the random name; a row is there before its files and goes after them.
CREATE TABLE media (
  id BIGINT NOT NULL,
  owner_id BIGINT NOT NULL,
  file CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(8) NOT NULL,
  wish_id BIGINT NULL,
  claim_id BIGINT NULL,
  position TINYINT NOT NULL DEFAULT 0,
  created_at DATETIME(3) NOT NULL,
  attached_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY media_file (file),
  KEY media_wish (wish_id, attached_at),
  KEY media_claim (claim_id, attached_at),
  KEY media_status (status, created_at),
  CONSTRAINT media_status CHECK (status IN ('adding', 'waiting', 'attached', 'removed')),
  CONSTRAINT media_attached CHECK ((status = 'attached') = (attached_at IS NOT NULL)
    AND (status = 'attached') = (wish_id IS NOT NULL OR claim_id IS NOT NULL)
    AND (wish_id IS NULL OR claim_id IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
