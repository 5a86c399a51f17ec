-- +goose Up
-- An activity that comes again every week or month until a day. The template is the draft as JSON; occurrences are
-- made ahead up to made_until and may each be changed.
CREATE TABLE activity_series (
  id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  every VARCHAR(8) NOT NULL,
  first_at DATETIME(3) NOT NULL,
  until_at DATETIME(3) NOT NULL,
  made_until DATETIME(3) NOT NULL,
  template TEXT NOT NULL,
  created_by BIGINT NOT NULL,
  ended_at DATETIME(3) NULL,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  KEY activity_series_due (ended_at, made_until),
  CONSTRAINT activity_series_team_fk FOREIGN KEY (team_id) REFERENCES teams (id),
  CONSTRAINT activity_series_every CHECK (every IN ('week', 'month'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
