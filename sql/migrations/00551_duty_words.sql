-- +goose Up
-- By which words of residents a line of the duty list is found.
CREATE TABLE duty_words (
  duty_id BIGINT NOT NULL,
  word VARCHAR(20) NOT NULL,
  PRIMARY KEY (duty_id, word),
  CONSTRAINT duty_words_duty_fk FOREIGN KEY (duty_id) REFERENCES duties (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
