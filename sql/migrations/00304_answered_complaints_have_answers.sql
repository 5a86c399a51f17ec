-- +goose Up
-- What is answered has an answer: a row without stops here.
ALTER TABLE complaints ADD CONSTRAINT complaints_answer CHECK (status <> 'answered' OR answer <> '');
