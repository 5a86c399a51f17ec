-- +goose Up
-- What people on the roll say, each once. What stands on paper is entered by one person and counts once another one has
-- entered the same.
CREATE TABLE ballot_voices (
  ballot_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  choice VARCHAR(4) NOT NULL,
  recorder_id BIGINT NULL,
  confirmer_id BIGINT NULL,
  at DATETIME(3) NOT NULL,
  PRIMARY KEY (ballot_id, user_id),
  CONSTRAINT ballot_voices_roll_fk FOREIGN KEY (ballot_id, user_id) REFERENCES ballot_roll (ballot_id, user_id),
  CONSTRAINT ballot_voices_choice CHECK (choice IN ('yes', 'no')),
  CONSTRAINT ballot_voices_second CHECK (confirmer_id IS NULL
    OR recorder_id IS NOT NULL AND confirmer_id <> recorder_id),
  CONSTRAINT ballot_voices_own CHECK ((recorder_id IS NULL OR recorder_id <> user_id)
    AND (confirmer_id IS NULL OR confirmer_id <> user_id))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
