-- +goose Up
-- What is done of a project by which day, and which unit does it. due_at is when that day begins.
CREATE TABLE project_milestones (
  project_id BIGINT NOT NULL,
  position SMALLINT NOT NULL,
  unit_id BIGINT NOT NULL,
  text VARCHAR(80) NOT NULL,
  due_at DATETIME(3) NOT NULL,
  done_at DATETIME(3) NULL,
  PRIMARY KEY (project_id, position),
  KEY project_milestones_unit (unit_id),
  CONSTRAINT project_milestones_project_fk FOREIGN KEY (project_id) REFERENCES projects (id),
  CONSTRAINT project_milestones_unit_fk FOREIGN KEY (unit_id) REFERENCES nodes (id),
  CONSTRAINT project_milestones_position CHECK (position BETWEEN 0 AND 4)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
