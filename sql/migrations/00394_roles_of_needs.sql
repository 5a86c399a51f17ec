-- +goose Up
ALTER TABLE role_grants DROP CONSTRAINT role_grants_role,
  ADD CONSTRAINT role_grants_role CHECK (role IN
    ('grid_leader', 'grid_worker', 'property_worker', 'building_head', 'unit_head', 'centre_household',
     'unit_liaison', 'responder', 'area_leader', 'secretary', 'street', 'county', 'auditor'));
