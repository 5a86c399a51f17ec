-- +goose Up
-- What a visit brought, in the order in which it was written down, and what the leader promised about it.
CREATE TABLE visit_needs (
  visit_id BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  need_id BIGINT NOT NULL,
  promise VARCHAR(120) NOT NULL DEFAULT '',
  PRIMARY KEY (visit_id, position),
  UNIQUE KEY visit_needs_need (need_id),
  CONSTRAINT visit_needs_visit_fk FOREIGN KEY (visit_id) REFERENCES visits (id),
  CONSTRAINT visit_needs_need_fk FOREIGN KEY (need_id) REFERENCES needs (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
