-- +goose Up
-- Who confirmed a record, and staff by which grant: whoever did so once does not do so again.
CREATE TABLE record_reviews (
  record_id BIGINT NOT NULL,
  event_id BIGINT NOT NULL,
  reviewer_id BIGINT NOT NULL,
  grant_id BIGINT NULL,
  PRIMARY KEY (record_id, event_id),
  CONSTRAINT record_reviews_record_fk FOREIGN KEY (record_id) REFERENCES service_records (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
