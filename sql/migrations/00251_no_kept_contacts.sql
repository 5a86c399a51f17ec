-- +goose Up
DROP TABLE kept_contacts;
