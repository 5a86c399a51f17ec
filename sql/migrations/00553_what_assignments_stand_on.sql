-- +goose Up
-- What an assignment stands on, where the direction alone does not allow it, and whether it was refused because it
-- stands on nothing.
ALTER TABLE assignments
  ADD COLUMN duty_id BIGINT NULL,
  ADD COLUMN admission_id BIGINT NULL,
  ADD COLUMN is_unadmitted BOOLEAN NOT NULL DEFAULT FALSE,
  ADD CONSTRAINT assignments_duty_fk FOREIGN KEY (duty_id) REFERENCES duties (id),
  ADD CONSTRAINT assignments_admission_fk FOREIGN KEY (admission_id) REFERENCES admissions (id);
