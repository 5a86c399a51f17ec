-- +goose Up
-- A wish posted on behalf has a recorder and the consent; its owner is empty unless staff attached one.
CREATE TABLE wishes (
  id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  year SMALLINT NOT NULL,
  number INT NOT NULL,
  owner_id BIGINT NULL,
  recorder_id BIGINT NULL,
  consent VARCHAR(8) NULL,
  consent_note VARCHAR(400) NOT NULL DEFAULT '',
  category VARCHAR(20) NOT NULL,
  is_sensitive BOOLEAN NOT NULL,
  title VARCHAR(40) NOT NULL,
  description VARCHAR(600) NOT NULL,
  owner_label VARCHAR(20) NOT NULL,
  contact_name VARBINARY(255) NOT NULL,
  contact_phone VARBINARY(255) NOT NULL,
  contact_address VARBINARY(600) NOT NULL,
  points INT NULL,
  status VARCHAR(16) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  published_at DATETIME(3) NULL,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  UNIQUE KEY wishes_number (node_id, year, number),
  KEY wishes_hall (status, id),
  KEY wishes_node (node_id, id),
  KEY wishes_hall_node (node_id, status, id),
  KEY wishes_owner (owner_id, id),
  KEY wishes_recorder (recorder_id, id),
  CONSTRAINT wishes_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id),
  CONSTRAINT wishes_points CHECK (points IS NULL OR points > 0),
  CONSTRAINT wishes_status CHECK (status IN
    ('submitted', 'open', 'taken', 'fulfilled', 'rejected', 'withdrawn', 'expired')),
  CONSTRAINT wishes_consent CHECK (consent IS NULL OR consent IN ('oral', 'paper')),
  CONSTRAINT wishes_behalf CHECK ((recorder_id IS NULL) = (consent IS NULL)
    AND (owner_id IS NOT NULL OR recorder_id IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
