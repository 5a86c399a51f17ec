-- +goose Up
-- The need that became the wish.
ALTER TABLE wishes
  ADD COLUMN need_id BIGINT NULL,
  ADD UNIQUE KEY wishes_need (need_id),
  ADD CONSTRAINT wishes_need_fk FOREIGN KEY (need_id) REFERENCES needs (id);
