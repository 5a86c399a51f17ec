-- +goose Up
-- Each log-in of a reviewer, which is their session as well: it lives as long as its code.
CREATE TABLE review_log_ins (
  id BIGINT NOT NULL,
  code_id BIGINT NOT NULL,
  token_lookup VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  at DATETIME(3) NOT NULL,
  ended_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY review_log_ins_token (token_lookup),
  KEY review_log_ins_code (code_id),
  CONSTRAINT review_log_ins_code_fk FOREIGN KEY (code_id) REFERENCES review_codes (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
