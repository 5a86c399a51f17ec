-- +goose Up
-- Whose turn a matter is now: a person's, or with person_id 0 that of whoever leads the team. A matter can wait for
-- several. asker_id is who asks them; a turn opens at its time without a job, and due is when it is late.
CREATE TABLE matter_turns (
  noun VARCHAR(20) NOT NULL,
  id BIGINT NOT NULL,
  part VARCHAR(12) NOT NULL,
  person_id BIGINT NOT NULL,
  team_id BIGINT NULL,
  asker_id BIGINT NULL,
  since DATETIME(3) NOT NULL,
  opens_at DATETIME(3) NOT NULL,
  due DATETIME(3) NULL,
  PRIMARY KEY (noun, id, part, person_id),
  KEY matter_turns_person (person_id, opens_at),
  KEY matter_turns_team (team_id, opens_at),
  CONSTRAINT matter_turns_matter_fk FOREIGN KEY (noun, id) REFERENCES matters (noun, id),
  CONSTRAINT matter_turns_team_fk FOREIGN KEY (team_id) REFERENCES teams (id),
  CONSTRAINT matter_turns_whose CHECK ((person_id = 0) = (team_id IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
