-- +goose Up
-- Whether what a push says has been done: the row of the outbox that carries it may come again.
ALTER TABLE wechat_pushes ADD COLUMN is_done BOOLEAN NOT NULL DEFAULT FALSE;
