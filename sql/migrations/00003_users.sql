-- +goose Up
-- The phone is sealed; its look-up value keeps two people from having the same, its label is what its owner sees.
CREATE TABLE users (
  id BIGINT NOT NULL,
  open_id VARCHAR(64) NOT NULL,
  display_name VARCHAR(30) NOT NULL,
  home_node_id BIGINT NULL,
  elder_view BOOLEAN NOT NULL DEFAULT FALSE,
  show_on_boards BOOLEAN NOT NULL DEFAULT FALSE,
  phone VARBINARY(255) NULL,
  phone_lookup VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
  phone_label VARCHAR(20) NOT NULL DEFAULT '',
  status VARCHAR(16) NOT NULL DEFAULT 'active',
  version INT NOT NULL DEFAULT 1,
  created_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY users_open_id (open_id),
  UNIQUE KEY users_phone (phone_lookup),
  CONSTRAINT users_status CHECK (status = 'active')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
