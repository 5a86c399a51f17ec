-- +goose Up
-- Each step that a reviewer takes, with the place of its matter. The key refuses any other place than those of the
-- review community, and with that the whole step.
CREATE TABLE review_steps (
  event_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  PRIMARY KEY (event_id),
  KEY review_steps_node (node_id),
  CONSTRAINT review_steps_node_fk FOREIGN KEY (node_id) REFERENCES review_nodes (node_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
