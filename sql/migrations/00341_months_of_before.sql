-- +goose Up
-- The ledger has all that waits in the outbox for boards, too: that is not counted again.
INSERT INTO board_months (subject, subject_id, metric, month, node_id, unit_id, score, version)
SELECT s.subject, s.subject_id, s.metric, s.month, s.node_id, s.unit_id, s.score, 1 FROM (
  SELECT 'member' AS subject, a.user_id AS subject_id, t.unit AS metric,
    DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m') AS month, t.member_node_id AS node_id,
    COALESCE(t.unit_id, 0) AS unit_id,
    SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END) AS score
  FROM points_transfers t JOIN points_accounts a ON a.id = t.cause_account_id GROUP BY 1, 2, 3, 4, 5, 6
  UNION ALL
  SELECT 'unit' AS subject, t.unit_id AS subject_id, t.unit AS metric,
    DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m') AS month, t.member_node_id AS node_id, 0 AS unit_id,
    SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END) AS score
  FROM points_transfers t WHERE t.unit_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
  UNION ALL
  SELECT 'community' AS subject, t.node_id AS subject_id, t.unit AS metric,
    DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m') AS month, t.node_id AS node_id, 0 AS unit_id,
    SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END) AS score
  FROM points_transfers t GROUP BY 1, 2, 3, 4, 5, 6
  UNION ALL
  SELECT 'team' AS subject, t.team_id AS subject_id, t.unit AS metric,
    DATE_FORMAT(DATE_ADD(t.deed_at, INTERVAL 8 HOUR), '%Y-%m') AS month, t.node_id AS node_id, 0 AS unit_id,
    SUM(CASE WHEN t.kind = 'earn' THEN t.amount ELSE -t.amount END) AS score
  FROM points_transfers t WHERE t.team_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6
) s WHERE s.score <> 0;
