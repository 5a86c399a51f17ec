-- +goose Up
-- Counting goes on where it was.
INSERT INTO numbers (kind, node_id, period, next_number)
SELECT 'wish', node_id, year, last_number + 1 FROM wish_numbers
UNION ALL SELECT kind, 0, year, last_number + 1 FROM paper_numbers;
