-- +goose Up
-- The words of wishes, for search: two characters of Chinese at a time, whole words of other scripts.
CREATE TABLE wish_words (
  word VARCHAR(16) NOT NULL,
  wish_id BIGINT NOT NULL,
  PRIMARY KEY (word, wish_id),
  KEY wish_words_wish (wish_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
