-- The rule in force for a deed: the community's own before the county's, the newest first.
-- name: rule
SELECT id, event, node_id, version, points, choices, cap_day, cap_month, cap_year, effective_from FROM points_rules
WHERE event = :event AND (node_id IS NULL OR node_id = :node) AND effective_from <= :at
ORDER BY node_id IS NULL, effective_from DESC, version DESC LIMIT 1;

-- The count of versions makes this a write: a lock alone guards nothing on a cluster.
-- name: touch_account
INSERT INTO points_accounts (id, kind, user_id, unit, version) VALUES (:id, 'member', :user, :unit, 1)
ON DUPLICATE KEY UPDATE version = version + 1;

-- Each account of an event's transfers, in the order of their people.
-- name: touch_accounts
UPDATE points_accounts SET version = version + 1
WHERE id IN (SELECT t.credit_id FROM points_transfers t WHERE t.cause_event_id = :event) ORDER BY user_id;

-- name: paid_by
SELECT t.id, a.user_id, t.credit_id, t.amount, t.rule_id, t.cause_rule, t.deed_at, t.member_node_id, t.unit_id,
  t.node_id
FROM points_transfers t JOIN points_accounts a ON a.id = t.credit_id
WHERE t.cause_event_id = :event AND t.kind = 'earn' ORDER BY a.user_id;

-- name: accounts
SELECT id, user_id, balance FROM points_accounts WHERE user_id IN (:users) AND unit = :unit;

-- What accounts earned by a rule in the day, month and year of a deed, corrections taken off.
-- name: earned
SELECT cause_account_id AS account_id,
  CAST(COALESCE(SUM(CASE WHEN deed_at >= :day AND deed_at < :day_end
    THEN CASE WHEN kind = 'earn' THEN amount ELSE -amount END END), 0) AS SIGNED) AS day,
  CAST(COALESCE(SUM(CASE WHEN deed_at >= :month AND deed_at < :month_end
    THEN CASE WHEN kind = 'earn' THEN amount ELSE -amount END END), 0) AS SIGNED) AS month,
  CAST(COALESCE(SUM(CASE WHEN kind = 'earn' THEN amount ELSE -amount END), 0) AS SIGNED) AS year
FROM points_transfers
WHERE cause_account_id IN (SELECT id FROM points_accounts WHERE user_id IN (:users) AND unit = :unit)
  AND cause_rule = :rule AND deed_at >= :year AND deed_at < :year_end
GROUP BY cause_account_id;

-- name: credit
UPDATE points_accounts SET balance = balance + :amount WHERE id = :id;

-- name: add_transfer
INSERT INTO points_transfers (id, unit, kind, debit_id, credit_id, amount, rule_id, deed_at, member_node_id, unit_id,
  node_id, cause_event_id, cause_rule, cause_account_id, corrects_id, posted_at)
VALUES (:id, :unit, :kind, :debit_id, :credit_id, :amount, :rule_id, :deed_at, :member_node_id, :unit_id,
  :node_id, :cause_event_id, :cause_rule, :cause_account_id, :corrects_id, :posted_at);

-- name: balance
SELECT COALESCE(SUM(a.balance), 0) AS balance FROM points_accounts a WHERE a.user_id = :user AND a.unit = :unit;

-- name: earned_since
SELECT CAST(COALESCE(SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END), 0) AS SIGNED)
FROM points_transfers t JOIN points_accounts a ON a.id = t.cause_account_id
WHERE a.user_id = :user AND a.unit = :unit AND t.deed_at >= :since;
