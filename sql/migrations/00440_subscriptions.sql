-- +goose Up
-- How many subscription messages a person has accepted of a template and not got yet. ahead is by how many answers of
-- the phone WeChat's own pushes lag behind, or lead where it is below zero: each tap comes both ways, counts once.
CREATE TABLE subscriptions (
  user_id BIGINT NOT NULL,
  template VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  accepts INT NOT NULL,
  ahead INT NOT NULL,
  since DATETIME(3) NOT NULL,
  PRIMARY KEY (user_id, template),
  KEY subscriptions_accepted (template, accepts, user_id),
  CONSTRAINT subscriptions_user_fk FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT subscriptions_accepts CHECK (accepts >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
