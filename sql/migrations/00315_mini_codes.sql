-- +goose Up
-- Pictures of mini-program codes that WeChat has made, one a matter: it is not asked again as long as the scene is the
-- same. The picture is sealed, since whoever sees it has the code.
CREATE TABLE mini_codes (
  noun VARCHAR(20) NOT NULL,
  subject_id BIGINT NOT NULL,
  scene_lookup VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  picture MEDIUMBLOB NOT NULL,
  made_at DATETIME(3) NOT NULL,
  PRIMARY KEY (noun, subject_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
