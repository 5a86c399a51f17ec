-- +goose Up
UPDATE signups s JOIN events e ON e.noun = 'signup' AND e.subject_id = s.id AND e.version = s.version
SET s.cancelled_at = e.at WHERE s.status = 'cancelled';
