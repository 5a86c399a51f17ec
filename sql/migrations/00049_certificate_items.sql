-- +goose Up
-- What was served, a line for each record.
CREATE TABLE certificate_items (
  certificate_id BIGINT NOT NULL,
  line INT NOT NULL,
  record_id BIGINT NOT NULL,
  started_at DATETIME(3) NOT NULL,
  title VARCHAR(60) NOT NULL,
  place VARCHAR(100) NOT NULL,
  minutes INT NOT NULL,
  PRIMARY KEY (certificate_id, line),
  UNIQUE KEY certificate_items_record (certificate_id, record_id),
  CONSTRAINT certificate_items_certificate_fk FOREIGN KEY (certificate_id) REFERENCES certificates (id),
  CONSTRAINT certificate_items_record_fk FOREIGN KEY (record_id) REFERENCES service_records (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
