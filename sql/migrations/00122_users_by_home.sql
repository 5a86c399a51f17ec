-- +goose Up
CREATE INDEX users_home ON users (home_node_id, id);
