-- +goose Up
-- The leaderboards' truth beside the ledger: Redis is filled from here, and read in its place when it is not ready.
CREATE TABLE board_totals (
  board VARCHAR(80) NOT NULL,
  subject_id BIGINT NOT NULL,
  score BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (board, subject_id),
  KEY board_totals_order (board, score, subject_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
