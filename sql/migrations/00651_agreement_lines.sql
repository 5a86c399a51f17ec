-- +goose Up
-- The lines of an agreement: so much of what, until the end of which quarter. A line with an offer counts how often it
-- was used, one without counts hours of the unit's people in the community; nobody types whether it is kept.
CREATE TABLE agreement_lines (
  agreement_id BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  kind VARCHAR(8) NOT NULL,
  text VARCHAR(80) NOT NULL,
  quantity SMALLINT NOT NULL,
  quarter SMALLINT NOT NULL,
  offer_id BIGINT NULL,
  PRIMARY KEY (agreement_id, position),
  KEY agreement_lines_offer (offer_id),
  CONSTRAINT agreement_lines_agreement_fk FOREIGN KEY (agreement_id) REFERENCES agreements (id),
  CONSTRAINT agreement_lines_offer_fk FOREIGN KEY (offer_id) REFERENCES offers (id),
  CONSTRAINT agreement_lines_kind CHECK (kind IN ('resource', 'venue', 'skill', 'service', 'post')),
  CONSTRAINT agreement_lines_counts CHECK ((kind IN ('service', 'post')) = (offer_id IS NULL)),
  CONSTRAINT agreement_lines_quantity CHECK (quantity BETWEEN 1 AND 9999 AND quarter BETWEEN 1 AND 4)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
