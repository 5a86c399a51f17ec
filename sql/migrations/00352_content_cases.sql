-- +goose Up
-- What staff decides about: a text that was not passed, or what somebody has reported.
CREATE TABLE content_cases (
  id BIGINT NOT NULL,
  kind VARCHAR(8) NOT NULL,
  noun VARCHAR(20) NOT NULL,
  subject_id BIGINT NOT NULL,
  text_id BIGINT NULL,
  writer_id BIGINT NULL,
  node_id BIGINT NOT NULL,
  desk_id BIGINT NOT NULL,
  status VARCHAR(16) NOT NULL,
  reason VARCHAR(400) NOT NULL DEFAULT '',
  created_at DATETIME(3) NOT NULL,
  decided_at DATETIME(3) NULL,
  escalated_at DATETIME(3) NULL,
  version INT NOT NULL DEFAULT 1,
  open_report VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin
    GENERATED ALWAYS AS (CASE WHEN status = 'open' AND kind = 'report' THEN CONCAT(noun, ':', subject_id) END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY content_cases_text (text_id),
  UNIQUE KEY content_cases_report (open_report),
  KEY content_cases_status (status, created_at, id),
  KEY content_cases_subject (noun, subject_id),
  CONSTRAINT content_cases_node_fk FOREIGN KEY (node_id) REFERENCES nodes (id),
  CONSTRAINT content_cases_desk_fk FOREIGN KEY (desk_id) REFERENCES nodes (id),
  CONSTRAINT content_cases_text_fk FOREIGN KEY (text_id) REFERENCES texts (id),
  CONSTRAINT content_cases_kind CHECK (kind IN ('text', 'report')),
  CONSTRAINT content_cases_status CHECK (status IN ('open', 'kept', 'removed', 'replaced')),
  CONSTRAINT content_cases_what CHECK ((kind = 'text') = (text_id IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
