-- The rules of deeds in communities: those of communities before the county's, the newest first.
-- name: rules
SELECT id, event, node_id, version, points, per_minutes, choices, cap_day, cap_month, cap_year, effective_from
FROM points_rules WHERE event IN (:events) AND (node_id IS NULL OR node_id IN (:nodes))
ORDER BY node_id IS NULL, effective_from DESC, version DESC;

-- The count of versions makes this a write: a lock alone guards nothing on a cluster.
-- name: touch_accounts
INSERT INTO points_accounts (id, kind, user_id, unit, version) VALUES (:id, 'member', :user, :unit, 1)
ON DUPLICATE KEY UPDATE version = version + 1;

-- Each account of the events' transfers, in the order of units and people.
-- name: touch_paid
UPDATE points_accounts SET version = version + 1
WHERE id IN (SELECT t.credit_id FROM points_transfers t WHERE t.cause_event_id IN (:events)) ORDER BY unit, user_id;

-- name: paid_by
SELECT t.id, t.cause_event_id, t.unit, a.user_id, t.credit_id, t.amount, t.rule_id, t.cause_rule, t.deed_at,
  t.member_node_id,
  COALESCE(t.unit_id, 0) AS unit_id, t.node_id, COALESCE(t.team_id, 0) AS team_id
FROM points_transfers t JOIN points_accounts a ON a.id = t.credit_id
WHERE t.cause_event_id IN (:events) AND t.kind = 'earn'
  AND NOT EXISTS (SELECT 1 FROM points_transfers x WHERE x.corrects_id = t.id) ORDER BY a.unit, a.user_id, t.id;

-- name: accounts
SELECT id, user_id, unit, balance FROM points_accounts WHERE user_id IN (:users);

-- What accounts earned by a rule in the day, month and year of a deed, corrections taken off. Where no rule of the kind
-- has a cap there is nothing to look up.
-- name: earned
SELECT cause_account_id AS account_id,
  CAST(COALESCE(SUM(CASE WHEN deed_at >= :day AND deed_at < :day_end
    THEN CASE WHEN kind = 'earn' THEN amount ELSE -amount END END), 0) AS SIGNED) AS day,
  CAST(COALESCE(SUM(CASE WHEN deed_at >= :month AND deed_at < :month_end
    THEN CASE WHEN kind = 'earn' THEN amount ELSE -amount END END), 0) AS SIGNED) AS month,
  CAST(COALESCE(SUM(CASE WHEN kind = 'earn' THEN amount ELSE -amount END), 0) AS SIGNED) AS year
FROM points_transfers
WHERE EXISTS (SELECT 1 FROM points_rules r
    WHERE r.event = :rule AND COALESCE(r.cap_day, r.cap_month, r.cap_year) IS NOT NULL)
  AND cause_account_id IN (SELECT id FROM points_accounts WHERE user_id IN (:users) AND unit = :unit)
  AND cause_rule = :rule AND deed_at >= :year AND deed_at < :year_end
GROUP BY cause_account_id;

-- The accounts are there, and locked: this adds to their balances.
-- name: credit
INSERT INTO points_accounts (id, kind, user_id, unit, balance) VALUES (:id, 'member', :user, :unit, :amount)
ON DUPLICATE KEY UPDATE balance = balance + VALUES(balance);

-- name: add_transfers
INSERT INTO points_transfers (id, unit, kind, debit_id, credit_id, amount, rule_id, deed_at, member_node_id, unit_id,
  node_id, team_id, cause_event_id, cause_rule, cause_account_id, corrects_id, posted_at)
VALUES (:id, :unit, :kind, :debit_id, :credit_id, :amount, :rule_id, :deed_at, :member_node_id, NULLIF(:unit_id, 0),
  :node_id, NULLIF(:team_id, 0), :cause_event_id, :cause_rule, :cause_account_id, :corrects_id, :posted_at);

-- name: balance
SELECT COALESCE(SUM(a.balance), 0) AS balance FROM points_accounts a WHERE a.user_id = :user AND a.unit = :unit;

-- name: earned_since
SELECT CAST(COALESCE(SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END), 0) AS SIGNED)
FROM points_transfers t JOIN points_accounts a ON a.id = t.cause_account_id
WHERE a.user_id = :user AND a.unit = :unit AND t.deed_at >= :since;
