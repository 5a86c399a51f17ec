-- +goose Up
-- Whom a need concerns, too: they are told how it ended.
CREATE TABLE need_followers (
  need_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  since DATETIME(3) NOT NULL,
  PRIMARY KEY (need_id, user_id),
  CONSTRAINT need_followers_fk FOREIGN KEY (need_id) REFERENCES needs (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
