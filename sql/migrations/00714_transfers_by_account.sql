-- +goose Up
-- Caps and the rebuild of boards read what an account earned from this index alone, without the rows.
ALTER TABLE points_transfers
  ADD KEY points_transfers_earned (cause_account_id, cause_rule, deed_at, kind, amount, unit, member_node_id, unit_id,
    node_id, team_id),
  DROP KEY points_transfers_caps;
