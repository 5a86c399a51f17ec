-- +goose Up
-- Who uses an offer when. owner_id is who booked, NULL where somebody called and the host wrote it down: guest is then
-- the name that is said at the door. series_id is the first booking of those that were made together, one a week.
CREATE TABLE bookings (
  id BIGINT NOT NULL,
  offer_id BIGINT NOT NULL,
  series_id BIGINT NOT NULL,
  owner_id BIGINT NULL,
  guest VARCHAR(20) NOT NULL DEFAULT '',
  audience VARCHAR(8) NOT NULL,
  team_id BIGINT NULL,
  unit_id BIGINT NULL,
  people SMALLINT NOT NULL,
  purpose VARCHAR(120) NOT NULL DEFAULT '',
  seat_no SMALLINT NOT NULL,
  starts_at DATETIME(3) NOT NULL,
  ends_at DATETIME(3) NOT NULL,
  created_at DATETIME(3) NOT NULL,
  answer_by DATETIME(3) NULL,
  missed_at DATETIME(3) NULL,
  instead VARCHAR(120) NOT NULL DEFAULT '',
  status VARCHAR(16) NOT NULL,
  version INT NOT NULL DEFAULT 1,
  PRIMARY KEY (id),
  KEY bookings_offer (offer_id, starts_at, id),
  KEY bookings_owner (owner_id, id),
  KEY bookings_owner_missed (owner_id, missed_at),
  KEY bookings_status (status, ends_at, id),
  KEY bookings_answer (status, answer_by, id),
  CONSTRAINT bookings_offer_fk FOREIGN KEY (offer_id) REFERENCES offers (id),
  CONSTRAINT bookings_team_fk FOREIGN KEY (team_id) REFERENCES teams (id),
  CONSTRAINT bookings_unit_fk FOREIGN KEY (unit_id) REFERENCES nodes (id),
  CONSTRAINT bookings_audience CHECK (audience IN ('resident', 'team', 'group', 'unit')),
  CONSTRAINT bookings_status CHECK (status IN
    ('requested', 'confirmed', 'used', 'missed', 'declined', 'cancelled', 'called_off')),
  CONSTRAINT bookings_who CHECK (owner_id IS NOT NULL OR guest <> ''),
  CONSTRAINT bookings_for CHECK ((audience = 'team') = (team_id IS NOT NULL)
    AND (audience = 'unit') = (unit_id IS NOT NULL)),
  CONSTRAINT bookings_times CHECK (starts_at < ends_at),
  CONSTRAINT bookings_answer CHECK (status <> 'requested' OR answer_by IS NOT NULL),
  CONSTRAINT bookings_missed CHECK ((status = 'missed') = (missed_at IS NOT NULL)),
  CONSTRAINT bookings_instead CHECK (status <> 'called_off' OR instead <> '')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
