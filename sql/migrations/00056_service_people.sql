-- +goose Up
-- Who serves as somebody of a community, for its staff.
ALTER TABLE service_records ADD KEY service_records_people (member_node_id, user_id);
