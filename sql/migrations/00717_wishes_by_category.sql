-- +goose Up
-- The hall by category: one of which nothing is open is looked up, and not looked for among all that is open.
ALTER TABLE wishes
  ADD KEY wishes_hall_category (status, category, id),
  ADD KEY wishes_hall_node_category (node_id, status, category, id);
