-- +goose Up
-- Who does not decide about a case: whom the matter behind it is about, and who has reported it.
CREATE TABLE case_parties (
  case_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL,
  reason VARCHAR(12) NULL,
  reported_at DATETIME(3) NULL,
  PRIMARY KEY (case_id, user_id),
  KEY case_parties_user (user_id, reported_at),
  CONSTRAINT case_parties_case_fk FOREIGN KEY (case_id) REFERENCES content_cases (id),
  CONSTRAINT case_parties_user_fk FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT case_parties_reason CHECK (reason IN ('politics', 'porn', 'gambling', 'fraud', 'ads', 'abuse',
    'privacy', 'other')),
  CONSTRAINT case_parties_reported CHECK ((reason IS NULL) = (reported_at IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
