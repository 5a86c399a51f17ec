-- +goose Up
DROP TABLE wish_numbers;
