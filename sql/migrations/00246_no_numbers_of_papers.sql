-- +goose Up
DROP TABLE paper_numbers;
