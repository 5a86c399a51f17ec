-- +goose Up
-- Units that help the one that leads.
CREATE TABLE project_helpers (
  project_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  since DATETIME(3) NOT NULL,
  PRIMARY KEY (project_id, unit_id),
  KEY project_helpers_unit (unit_id, project_id),
  CONSTRAINT project_helpers_project_fk FOREIGN KEY (project_id) REFERENCES projects (id),
  CONSTRAINT project_helpers_unit_fk FOREIGN KEY (unit_id) REFERENCES nodes (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
