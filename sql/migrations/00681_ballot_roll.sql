-- +goose Up
-- Who may vote, as it was computed when the vote was opened. It does not change afterwards.
CREATE TABLE ballot_roll (
  ballot_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  PRIMARY KEY (ballot_id, user_id),
  KEY ballot_roll_user (user_id, ballot_id),
  CONSTRAINT ballot_roll_ballot_fk FOREIGN KEY (ballot_id) REFERENCES ballots (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
