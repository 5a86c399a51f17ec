-- +goose Up
CREATE TABLE users (
  id BIGINT NOT NULL,
  open_id VARCHAR(64) NOT NULL,
  display_name VARCHAR(30) NOT NULL,
  home_node_id BIGINT NULL,
  elder_view BOOLEAN NOT NULL DEFAULT FALSE,
  show_on_boards BOOLEAN NOT NULL DEFAULT FALSE,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY users_open_id (open_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
