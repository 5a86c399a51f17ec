-- +goose Up
-- Whom a complaint may be about, as of its writing: they neither see nor answer it.
CREATE TABLE complaint_parties (
  complaint_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  PRIMARY KEY (complaint_id, user_id),
  CONSTRAINT complaint_parties_fk FOREIGN KEY (complaint_id) REFERENCES complaints (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
