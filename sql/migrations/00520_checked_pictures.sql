-- +goose Up
-- What became of the check of a picture before others see it; those of before were approved by a person. trace_id names
-- it to WeChat, whose result comes as a push.
ALTER TABLE media
  ADD COLUMN verdict VARCHAR(10) NOT NULL DEFAULT 'passed',
  ADD COLUMN trace_id VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN verdict_at DATETIME(3) NULL,
  ADD COLUMN suggest VARCHAR(8) NOT NULL DEFAULT '',
  ADD COLUMN label INT NOT NULL DEFAULT 0,
  ADD UNIQUE KEY media_trace (trace_id),
  ADD KEY media_verdict (verdict, status, verdict_at, id),
  ADD CONSTRAINT media_verdict CHECK (verdict IN ('unchecked', 'checking', 'waiting', 'passed'));
