-- +goose Up
-- Each Chinese character is a word of its own, not only those that end a row: the first of each pair. Pairs are what
-- has two characters of three bytes or more.
INSERT IGNORE INTO wish_words (word, wish_id)
SELECT DISTINCT LEFT(word, 1), wish_id FROM wish_words WHERE CHAR_LENGTH(word) = 2 AND LENGTH(word) >= 6;
