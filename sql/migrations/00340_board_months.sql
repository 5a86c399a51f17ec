-- +goose Up
-- What a member, unit, community or team has of a month where it counts. Boards of longer periods and of what lies
-- above are sums of these rows. Versions rise with each change.
CREATE TABLE board_months (
  subject VARCHAR(10) NOT NULL,
  subject_id BIGINT NOT NULL,
  metric VARCHAR(10) NOT NULL,
  month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  node_id BIGINT NOT NULL,
  unit_id BIGINT NOT NULL,
  score BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (subject_id, subject, metric, month, node_id, unit_id),
  KEY board_months_node (node_id, subject, metric, month),
  KEY board_months_unit (unit_id, subject, metric, month)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
