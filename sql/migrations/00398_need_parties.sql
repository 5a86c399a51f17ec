-- +goose Up
-- Whom a need may be about, as of its writing: they neither see nor decide it.
CREATE TABLE need_parties (
  need_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  PRIMARY KEY (need_id, user_id),
  CONSTRAINT need_parties_fk FOREIGN KEY (need_id) REFERENCES needs (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
