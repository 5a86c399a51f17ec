-- +goose Up
-- The rules of an offer in sentences, and the matters that a desk can do.
CREATE TABLE offer_lines (
  offer_id BIGINT NOT NULL,
  kind VARCHAR(8) NOT NULL,
  position SMALLINT NOT NULL,
  text VARCHAR(80) NOT NULL,
  PRIMARY KEY (offer_id, kind, position),
  CONSTRAINT offer_lines_offer_fk FOREIGN KEY (offer_id) REFERENCES offers (id),
  CONSTRAINT offer_lines_kind CHECK (kind IN ('rule', 'matter'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
