-- +goose Up
-- What residents said that a project is for.
CREATE TABLE project_needs (
  project_id BIGINT NOT NULL,
  need_id BIGINT NOT NULL,
  PRIMARY KEY (project_id, need_id),
  KEY project_needs_need (need_id),
  CONSTRAINT project_needs_project_fk FOREIGN KEY (project_id) REFERENCES projects (id),
  CONSTRAINT project_needs_need_fk FOREIGN KEY (need_id) REFERENCES needs (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
