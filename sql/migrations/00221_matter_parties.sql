-- +goose Up
-- Who does not decide a matter that waits at a desk: its people and who worked on it. Where it is a person's own
-- matter, their deputy does not decide it either. Somebody who is known by the phone alone has person_id 0.
CREATE TABLE matter_parties (
  noun VARCHAR(20) NOT NULL,
  id BIGINT NOT NULL,
  person_id BIGINT NOT NULL,
  phone_lookup VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
  is_personal BOOLEAN NOT NULL,
  PRIMARY KEY (noun, id, person_id),
  CONSTRAINT matter_parties_matter_fk FOREIGN KEY (noun, id) REFERENCES matters (noun, id),
  CONSTRAINT matter_parties_who CHECK ((person_id = 0) = (phone_lookup IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
