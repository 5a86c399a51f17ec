-- +goose Up
-- Who works on them, and decides nothing about them.
INSERT INTO matter_parties (noun, id, person_id, phone_lookup, is_personal)
SELECT 'assignment', a.id, a.worker_id, NULL, 0 FROM assignments a
WHERE a.status = 'working' AND a.worker_id IS NOT NULL;
