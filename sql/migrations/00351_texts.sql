-- +goose Up
-- Each writing of a text that others read, and what became of its check. A held text is in the place of its noun only
-- once it is passed; the others are there from the beginning. body is empty once it is decided.
CREATE TABLE texts (
  id BIGINT NOT NULL,
  noun VARCHAR(20) NOT NULL,
  subject_id BIGINT NOT NULL,
  field VARCHAR(20) NOT NULL,
  writer_id BIGINT NULL,
  body VARCHAR(1000) NOT NULL,
  is_held BOOLEAN NOT NULL,
  is_queued BOOLEAN NOT NULL,
  verdict VARCHAR(8) NOT NULL,
  checked_by VARCHAR(8) NOT NULL DEFAULT '',
  suggest VARCHAR(8) NOT NULL DEFAULT '',
  label INT NOT NULL DEFAULT 0,
  hits VARCHAR(800) NOT NULL DEFAULT '',
  list_version VARCHAR(20) NOT NULL DEFAULT '',
  written_at DATETIME(3) NOT NULL,
  decided_at DATETIME(3) NULL,
  PRIMARY KEY (id),
  KEY texts_subject (noun, subject_id, field, id),
  KEY texts_verdict (verdict, is_queued, id),
  KEY texts_writer (writer_id, verdict, id),
  CONSTRAINT texts_verdict CHECK (verdict IN ('checking', 'waiting', 'passed', 'refused', 'replaced')),
  CONSTRAINT texts_checked_by CHECK (checked_by IN ('', 'wechat', 'local', 'staff')),
  CONSTRAINT texts_decided CHECK (verdict NOT LIKE '%ing' = (decided_at IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
