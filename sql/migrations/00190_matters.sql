-- +goose Up
-- The register: a row for whatever has a lifecycle, by its noun and id, as it is after its last step. of_noun and of_id
-- name what it belongs to, whose title and place are its own where it has none; desk_id is where it is decided.
CREATE TABLE matters (
  noun VARCHAR(20) NOT NULL,
  id BIGINT NOT NULL,
  of_noun VARCHAR(20) NULL,
  of_id BIGINT NULL,
  number VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  title VARCHAR(60) NOT NULL DEFAULT '',
  node_id BIGINT NULL,
  desk_id BIGINT NULL,
  status VARCHAR(16) NOT NULL,
  version INT NOT NULL,
  PRIMARY KEY (noun, id),
  CONSTRAINT matters_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id),
  CONSTRAINT matters_desk_fk FOREIGN KEY (desk_id) REFERENCES nodes (id),
  CONSTRAINT matters_of CHECK ((of_noun IS NULL) = (of_id IS NULL)),
  CONSTRAINT matters_desk CHECK (desk_id IS NULL OR node_id IS NOT NULL),
  CONSTRAINT matters_version CHECK (version > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
