-- +goose Up
-- What people complain about or suggest. node_id is what it is about, desk_id the node from which upwards it is
-- answered; the answers are the reasons of its events.
CREATE TABLE complaints (
  id BIGINT NOT NULL,
  author_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  desk_id BIGINT NOT NULL,
  kind VARCHAR(12) NOT NULL,
  wish_id BIGINT NULL,
  text VARCHAR(600) NOT NULL,
  status VARCHAR(16) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  asked_at DATETIME(3) NOT NULL,
  escalated_at DATETIME(3) NULL,
  reopened_at DATETIME(3) NULL,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  KEY complaints_author (author_id, id),
  KEY complaints_status (status, id),
  CONSTRAINT complaints_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id),
  CONSTRAINT complaints_desk_fk FOREIGN KEY (desk_id) REFERENCES nodes (id),
  CONSTRAINT complaints_wish_fk FOREIGN KEY (wish_id) REFERENCES wishes (id),
  CONSTRAINT complaints_kind CHECK (kind IN ('complaint', 'suggestion')),
  CONSTRAINT complaints_status CHECK (status IN ('open', 'answered', 'closed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
