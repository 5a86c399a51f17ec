-- +goose Up
-- The people as whom reviewers log in, one a kind of account. WeChat knows none of them.
CREATE TABLE review_people (
  user_id BIGINT NOT NULL,
  account VARCHAR(16) NOT NULL,
  PRIMARY KEY (user_id),
  UNIQUE KEY review_people_account (account),
  CONSTRAINT review_people_user_fk FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
