-- +goose Up
INSERT INTO recorder_rules (since, people, percent) VALUES ('2000-01-01', 5, 50);
