-- +goose Up
-- The places of the review community: a tree of its own, which nobody but WeChat's reviewers sees.
CREATE TABLE review_nodes (
  node_id BIGINT NOT NULL,
  since DATETIME(3) NOT NULL,
  PRIMARY KEY (node_id),
  CONSTRAINT review_nodes_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
