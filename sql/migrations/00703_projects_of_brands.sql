-- +goose Up
-- A project is done once; what goes on is a brand, to which it may belong.
ALTER TABLE projects
  DROP CONSTRAINT projects_kind,
  DROP COLUMN kind,
  ADD COLUMN brand_id BIGINT NULL AFTER node_id,
  ADD KEY projects_brand (brand_id, id),
  ADD CONSTRAINT projects_brand_fk FOREIGN KEY (brand_id) REFERENCES brands (id);
