-- +goose Up
DELETE FROM outbox WHERE topic = 'board';
