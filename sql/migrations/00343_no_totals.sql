-- +goose Up
DROP TABLE board_totals;
