-- +goose Up
-- Who read the contact data of a wish, when and by what right. The owner can open it.
CREATE TABLE contact_reads (
  id BIGINT NOT NULL,
  wish_id BIGINT NOT NULL,
  reader_id BIGINT NOT NULL,
  claim_id BIGINT NULL,
  grant_id BIGINT NULL,
  reason VARCHAR(300) NOT NULL DEFAULT '',
  read_at DATETIME(3) NOT NULL,
  PRIMARY KEY (id),
  KEY contact_reads_wish (wish_id, id),
  CONSTRAINT contact_reads_right CHECK (claim_id IS NOT NULL OR grant_id IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
