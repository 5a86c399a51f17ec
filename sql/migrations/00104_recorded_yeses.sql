-- +goose Up
-- Each yes of a resident that somebody of the staff recorded. lot is 0 to 99 and below the percentage of the day where
-- another person asks again; NULL is that other person's yes, which is not drawn again. stood tells what became of it:
-- 1, another person or the resident said the same; 0, they said otherwise, or it was undone; NULL, nobody has said.
CREATE TABLE recorded_yeses (
  event_id BIGINT NOT NULL,
  claim_id BIGINT NOT NULL,
  recorder_id BIGINT NOT NULL,
  how VARCHAR(8) NOT NULL,
  recorded_at DATETIME(3) NOT NULL,
  lot INT NULL,
  drawn BOOLEAN NOT NULL,
  stood BOOLEAN NULL,
  PRIMARY KEY (event_id),
  KEY recorded_yeses_claim (claim_id),
  KEY recorded_yeses_at (recorded_at),
  CONSTRAINT recorded_yeses_claim_fk FOREIGN KEY (claim_id) REFERENCES claims (id),
  CONSTRAINT recorded_yeses_how CHECK (how IN ('visit', 'phone')),
  CONSTRAINT recorded_yeses_lot CHECK (lot BETWEEN 0 AND 99)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
