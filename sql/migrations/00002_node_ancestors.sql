-- +goose Up
-- Every node with every ancestor and itself, so that "reaches the subtree" is one index look-up.
CREATE TABLE node_ancestors (
  node_id BIGINT NOT NULL,
  ancestor_id BIGINT NOT NULL,
  distance SMALLINT NOT NULL,
  PRIMARY KEY (node_id, ancestor_id),
  KEY node_ancestors_below (ancestor_id, node_id, distance),
  CONSTRAINT node_ancestors_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id),
  CONSTRAINT node_ancestors_ancestor_fk FOREIGN KEY (ancestor_id) REFERENCES nodes (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
