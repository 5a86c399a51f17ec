-- +goose Up
-- Units that build a brand with the one that leads.
CREATE TABLE brand_helpers (
  brand_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  since DATETIME(3) NOT NULL,
  PRIMARY KEY (brand_id, unit_id),
  KEY brand_helpers_unit (unit_id, brand_id),
  CONSTRAINT brand_helpers_brand_fk FOREIGN KEY (brand_id) REFERENCES brands (id),
  CONSTRAINT brand_helpers_unit_fk FOREIGN KEY (unit_id) REFERENCES nodes (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
