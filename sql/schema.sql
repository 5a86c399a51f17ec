-- The schema that all migrations make together, as MariaDB tells it: to read, not to run.
-- Written by: go generate ./internal/tidy

CREATE TABLE `activities` (
  `id` bigint(20) NOT NULL,
  `team_id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `series_id` bigint(20) DEFAULT NULL,
  `title` varchar(40) NOT NULL,
  `description` varchar(1000) NOT NULL,
  `place_name` varchar(60) NOT NULL,
  `lat` double DEFAULT NULL,
  `lng` double DEFAULT NULL,
  `radius_meters` int(11) DEFAULT NULL,
  `starts_at` datetime(3) NOT NULL,
  `ends_at` datetime(3) NOT NULL,
  `signup_until` datetime(3) NOT NULL,
  `quota` int(11) NOT NULL,
  `skills` varchar(100) NOT NULL DEFAULT '',
  `health` varchar(100) NOT NULL DEFAULT '',
  `is_insured` tinyint(1) NOT NULL DEFAULT 0,
  `status` varchar(16) NOT NULL,
  `confirmed` int(11) NOT NULL DEFAULT 0,
  `waiting` int(11) NOT NULL DEFAULT 0,
  `last_place` int(11) NOT NULL DEFAULT 0,
  `created_by` bigint(20) NOT NULL,
  `created_at` datetime(3) NOT NULL,
  `published_at` datetime(3) DEFAULT NULL,
  `settled_at` datetime(3) DEFAULT NULL,
  `settled_by` bigint(20) DEFAULT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `activities_hall` (`status`,`starts_at`,`id`),
  KEY `activities_node` (`node_id`,`status`,`starts_at`,`id`),
  KEY `activities_team` (`team_id`,`starts_at`,`id`),
  KEY `activities_series` (`series_id`,`starts_at`),
  CONSTRAINT `activities_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `activities_team_fk` FOREIGN KEY (`team_id`) REFERENCES `teams` (`id`),
  CONSTRAINT `activities_span` CHECK (`ends_at` > `starts_at` and `signup_until` <= `starts_at`),
  CONSTRAINT `activities_quota` CHECK (`quota` > 0 and `confirmed` >= 0 and `waiting` >= 0),
  CONSTRAINT `activities_status` CHECK (`status` in ('draft','published','settled','cancelled'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `activity_series` (
  `id` bigint(20) NOT NULL,
  `team_id` bigint(20) NOT NULL,
  `every` varchar(8) NOT NULL,
  `first_at` datetime(3) NOT NULL,
  `until_at` datetime(3) NOT NULL,
  `made_until` datetime(3) NOT NULL,
  `template` text NOT NULL,
  `created_by` bigint(20) NOT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `activity_series_due` (`ended_at`,`made_until`),
  KEY `activity_series_team_fk` (`team_id`),
  CONSTRAINT `activity_series_team_fk` FOREIGN KEY (`team_id`) REFERENCES `teams` (`id`),
  CONSTRAINT `activity_series_every` CHECK (`every` in ('week','month'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `admissions` (
  `id` bigint(20) NOT NULL,
  `unit_id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `desk_id` bigint(20) NOT NULL,
  `asker_id` bigint(20) NOT NULL,
  `what` varchar(240) NOT NULL,
  `helpers` smallint(6) NOT NULL,
  `money` int(11) NOT NULL,
  `from_at` datetime(3) NOT NULL,
  `until_at` datetime(3) NOT NULL,
  `asked_at` datetime(3) NOT NULL,
  `lapse_at` datetime(3) NOT NULL,
  `decided_at` datetime(3) DEFAULT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `admissions_unit` (`unit_id`,`id`),
  KEY `admissions_status` (`status`,`lapse_at`),
  KEY `admissions_node_fk` (`node_id`),
  CONSTRAINT `admissions_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `admissions_unit_fk` FOREIGN KEY (`unit_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `admissions_status` CHECK (`status` in ('asked','admitted','refused','lapsed','withdrawn','ended')),
  CONSTRAINT `admissions_gives` CHECK (`helpers` >= 0 and `money` >= 0),
  CONSTRAINT `admissions_days` CHECK (`until_at` > `from_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `agreements` (
  `id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `unit_id` bigint(20) NOT NULL,
  `year` smallint(6) NOT NULL,
  `sender_id` bigint(20) DEFAULT NULL,
  `sender_grant_id` bigint(20) DEFAULT NULL,
  `signer_id` bigint(20) DEFAULT NULL,
  `signer_grant_id` bigint(20) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL,
  `offered_at` datetime(3) DEFAULT NULL,
  `signed_at` datetime(3) DEFAULT NULL,
  `since_at` datetime(3) DEFAULT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `signed_unit_id` bigint(20) GENERATED ALWAYS AS (case when `status` = 'signed' then `unit_id` end) STORED,
  `node_body` varchar(16) NOT NULL DEFAULT 'party',
  `unit_body` varchar(16) NOT NULL DEFAULT 'co_building',
  PRIMARY KEY (`id`),
  UNIQUE KEY `agreements_signed` (`signed_unit_id`,`node_id`,`year`),
  KEY `agreements_node` (`node_id`,`status`,`id`),
  KEY `agreements_unit` (`unit_id`,`status`,`id`),
  CONSTRAINT `agreements_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `agreements_unit_fk` FOREIGN KEY (`unit_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `agreements_status` CHECK (`status` in ('draft','offered','signed','ended')),
  CONSTRAINT `agreements_offered` CHECK (`status` not in ('offered','signed') or `sender_id` is not null and `sender_grant_id` is not null and `offered_at` is not null),
  CONSTRAINT `agreements_sides` CHECK (`status` <> 'signed' or `signer_id` is not null and `signer_grant_id` is not null and `signed_at` is not null and `since_at` is not null and `signer_id` <> `sender_id` and `signer_grant_id` <> `sender_grant_id`),
  CONSTRAINT `agreements_ended` CHECK (`status` = 'ended' = (`ended_at` is not null)),
  CONSTRAINT `agreements_node_body` CHECK (`node_body` in ('party','self_governing','mass','co_building')),
  CONSTRAINT `agreements_unit_body` CHECK (`unit_body` in ('party','self_governing','mass','co_building'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `agreement_lines` (
  `agreement_id` bigint(20) NOT NULL,
  `position` smallint(6) NOT NULL,
  `kind` varchar(8) NOT NULL,
  `text` varchar(80) NOT NULL,
  `quantity` smallint(6) NOT NULL,
  `quarter` smallint(6) NOT NULL,
  `offer_id` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`agreement_id`,`position`),
  KEY `agreement_lines_offer` (`offer_id`),
  CONSTRAINT `agreement_lines_agreement_fk` FOREIGN KEY (`agreement_id`) REFERENCES `agreements` (`id`),
  CONSTRAINT `agreement_lines_offer_fk` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`),
  CONSTRAINT `agreement_lines_kind` CHECK (`kind` in ('resource','venue','skill','service','post')),
  CONSTRAINT `agreement_lines_counts` CHECK (`kind` in ('service','post') = (`offer_id` is null)),
  CONSTRAINT `agreement_lines_quantity` CHECK (`quantity` between 1 and 9999 and `quarter` between 1 and 4)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `assignments` (
  `id` bigint(20) NOT NULL,
  `origin_noun` varchar(20) NOT NULL,
  `origin_id` bigint(20) NOT NULL,
  `kind` varchar(8) NOT NULL,
  `from_id` bigint(20) NOT NULL,
  `to_id` bigint(20) NOT NULL,
  `what` varchar(240) NOT NULL,
  `clause` varchar(120) NOT NULL DEFAULT '',
  `term_code` varchar(12) NOT NULL,
  `sender_id` bigint(20) NOT NULL,
  `worker_id` bigint(20) DEFAULT NULL,
  `reporter_id` bigint(20) DEFAULT NULL,
  `verifier_id` bigint(20) DEFAULT NULL,
  `chain_id` bigint(20) NOT NULL,
  `refusals` smallint(6) NOT NULL DEFAULT 0,
  `followed_at` datetime(3) DEFAULT NULL,
  `is_bound` tinyint(1) NOT NULL DEFAULT 0,
  `returns` smallint(6) NOT NULL DEFAULT 0,
  `is_extended` tinyint(1) NOT NULL DEFAULT 0,
  `stage` smallint(6) NOT NULL DEFAULT 0,
  `sent_at` datetime(3) NOT NULL,
  `accept_by` datetime(3) NOT NULL,
  `soon_at` datetime(3) NOT NULL,
  `due_at` datetime(3) NOT NULL,
  `twice_at` datetime(3) NOT NULL,
  `accepted_at` datetime(3) DEFAULT NULL,
  `reported_at` datetime(3) DEFAULT NULL,
  `verified_at` datetime(3) DEFAULT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  `answer` varchar(700) NOT NULL DEFAULT '',
  `status` varchar(16) NOT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `live_lead` bigint(20) GENERATED ALWAYS AS (case when `kind` = 'lead' and `status` in ('sent','working','reported') then `to_id` end) STORED,
  `duty_id` bigint(20) DEFAULT NULL,
  `admission_id` bigint(20) DEFAULT NULL,
  `is_unadmitted` tinyint(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `assignments_live_lead` (`origin_noun`,`origin_id`,`live_lead`),
  KEY `assignments_origin` (`origin_noun`,`origin_id`,`id`),
  KEY `assignments_to` (`to_id`,`status`,`id`),
  KEY `assignments_from` (`from_id`,`status`,`id`),
  KEY `assignments_stage` (`status`,`stage`,`id`),
  KEY `assignments_duty_fk` (`duty_id`),
  KEY `assignments_admission_fk` (`admission_id`),
  CONSTRAINT `assignments_admission_fk` FOREIGN KEY (`admission_id`) REFERENCES `admissions` (`id`),
  CONSTRAINT `assignments_duty_fk` FOREIGN KEY (`duty_id`) REFERENCES `duties` (`id`),
  CONSTRAINT `assignments_from_fk` FOREIGN KEY (`from_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `assignments_to_fk` FOREIGN KEY (`to_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `assignments_kind` CHECK (`kind` in ('lead','help')),
  CONSTRAINT `assignments_term_code` CHECK (`term_code` in ('urgent','utility','ordinary','complex')),
  CONSTRAINT `assignments_status` CHECK (`status` in ('sent','working','reported','verified','refused','cancelled')),
  CONSTRAINT `assignments_refusals` CHECK (`refusals` between 0 and 2),
  CONSTRAINT `assignments_verifier` CHECK (`verifier_id` is null or `verifier_id` <> `reporter_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `attendances` (
  `id` bigint(20) NOT NULL,
  `activity_id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `in_at` datetime(3) NOT NULL,
  `in_mode` varchar(8) NOT NULL,
  `in_received_at` datetime(3) NOT NULL,
  `in_distance` int(11) DEFAULT NULL,
  `in_accuracy` int(11) DEFAULT NULL,
  `out_at` datetime(3) DEFAULT NULL,
  `out_mode` varchar(8) DEFAULT NULL,
  `out_received_at` datetime(3) DEFAULT NULL,
  `out_distance` int(11) DEFAULT NULL,
  `out_accuracy` int(11) DEFAULT NULL,
  `recorder_id` bigint(20) DEFAULT NULL,
  `open_user_id` bigint(20) GENERATED ALWAYS AS (case when `out_at` is null then `user_id` end) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `attendances_open` (`activity_id`,`open_user_id`),
  KEY `attendances_person` (`activity_id`,`user_id`,`in_at`),
  KEY `attendances_user` (`user_id`,`id`),
  CONSTRAINT `attendances_activity_fk` FOREIGN KEY (`activity_id`) REFERENCES `activities` (`id`),
  CONSTRAINT `attendances_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
  CONSTRAINT `attendances_in_mode` CHECK (`in_mode` in ('live','offline','list')),
  CONSTRAINT `attendances_out_mode` CHECK (`out_mode` is null or `out_mode` in ('live','offline','list')),
  CONSTRAINT `attendances_out` CHECK (`out_at` is null = (`out_mode` is null) and (`out_at` is null or `out_at` >= `in_at`))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `ballots` (
  `id` bigint(20) NOT NULL,
  `noun` varchar(20) NOT NULL,
  `subject_id` bigint(20) NOT NULL,
  `on_roll` int(11) NOT NULL,
  `opened_at` datetime(3) NOT NULL,
  `closes_at` datetime(3) NOT NULL,
  `counted_at` datetime(3) DEFAULT NULL,
  `yes` int(11) DEFAULT NULL,
  `no` int(11) DEFAULT NULL,
  `open_subject` bigint(20) GENERATED ALWAYS AS (case when `counted_at` is null then `subject_id` end) STORED,
  `uses` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `ballots_open` (`noun`,`open_subject`),
  KEY `ballots_subject` (`noun`,`subject_id`,`id`),
  KEY `ballots_due` (`counted_at`,`closes_at`,`id`),
  CONSTRAINT `ballots_roll` CHECK (`on_roll` >= 5),
  CONSTRAINT `ballots_counted` CHECK (`counted_at` is null = (`yes` is null) and `counted_at` is null = (`no` is null) and (`counted_at` is null or `counted_at` >= `closes_at`))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `ballot_roll` (
  `ballot_id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  PRIMARY KEY (`ballot_id`,`user_id`),
  KEY `ballot_roll_user` (`user_id`,`ballot_id`),
  CONSTRAINT `ballot_roll_ballot_fk` FOREIGN KEY (`ballot_id`) REFERENCES `ballots` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `ballot_voices` (
  `ballot_id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `choice` varchar(4) NOT NULL,
  `recorder_id` bigint(20) DEFAULT NULL,
  `confirmer_id` bigint(20) DEFAULT NULL,
  `at` datetime(3) NOT NULL,
  PRIMARY KEY (`ballot_id`,`user_id`),
  CONSTRAINT `ballot_voices_roll_fk` FOREIGN KEY (`ballot_id`, `user_id`) REFERENCES `ballot_roll` (`ballot_id`, `user_id`),
  CONSTRAINT `ballot_voices_choice` CHECK (`choice` in ('yes','no')),
  CONSTRAINT `ballot_voices_second` CHECK (`confirmer_id` is null or `recorder_id` is not null and `confirmer_id` <> `recorder_id`),
  CONSTRAINT `ballot_voices_own` CHECK ((`recorder_id` is null or `recorder_id` <> `user_id`) and (`confirmer_id` is null or `confirmer_id` <> `user_id`))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `board_months` (
  `subject` varchar(10) NOT NULL,
  `subject_id` bigint(20) NOT NULL,
  `metric` varchar(10) NOT NULL,
  `month` char(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `unit_id` bigint(20) NOT NULL,
  `score` bigint(20) NOT NULL,
  `version` bigint(20) NOT NULL,
  PRIMARY KEY (`subject_id`,`subject`,`metric`,`month`,`node_id`,`unit_id`),
  KEY `board_months_node` (`node_id`,`subject`,`metric`,`month`),
  KEY `board_months_unit` (`unit_id`,`subject`,`metric`,`month`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `bookings` (
  `id` bigint(20) NOT NULL,
  `offer_id` bigint(20) NOT NULL,
  `series_id` bigint(20) NOT NULL,
  `owner_id` bigint(20) DEFAULT NULL,
  `guest` varchar(20) NOT NULL DEFAULT '',
  `audience` varchar(8) NOT NULL,
  `team_id` bigint(20) DEFAULT NULL,
  `unit_id` bigint(20) DEFAULT NULL,
  `people` smallint(6) NOT NULL,
  `purpose` varchar(120) NOT NULL DEFAULT '',
  `seat_no` smallint(6) NOT NULL,
  `starts_at` datetime(3) NOT NULL,
  `ends_at` datetime(3) NOT NULL,
  `created_at` datetime(3) NOT NULL,
  `answer_by` datetime(3) DEFAULT NULL,
  `missed_at` datetime(3) DEFAULT NULL,
  `instead` varchar(120) NOT NULL DEFAULT '',
  `status` varchar(16) NOT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `bookings_offer` (`offer_id`,`starts_at`,`id`),
  KEY `bookings_owner` (`owner_id`,`id`),
  KEY `bookings_owner_missed` (`owner_id`,`missed_at`),
  KEY `bookings_status` (`status`,`ends_at`,`id`),
  KEY `bookings_answer` (`status`,`answer_by`,`id`),
  KEY `bookings_team_fk` (`team_id`),
  KEY `bookings_unit_fk` (`unit_id`),
  CONSTRAINT `bookings_offer_fk` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`),
  CONSTRAINT `bookings_team_fk` FOREIGN KEY (`team_id`) REFERENCES `teams` (`id`),
  CONSTRAINT `bookings_unit_fk` FOREIGN KEY (`unit_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `bookings_audience` CHECK (`audience` in ('resident','team','group','unit')),
  CONSTRAINT `bookings_status` CHECK (`status` in ('requested','confirmed','used','missed','declined','cancelled','called_off')),
  CONSTRAINT `bookings_who` CHECK (`owner_id` is not null or `guest` <> ''),
  CONSTRAINT `bookings_for` CHECK (`audience` = 'team' = (`team_id` is not null) and `audience` = 'unit' = (`unit_id` is not null)),
  CONSTRAINT `bookings_times` CHECK (`starts_at` < `ends_at`),
  CONSTRAINT `bookings_answer` CHECK (`status` <> 'requested' or `answer_by` is not null),
  CONSTRAINT `bookings_missed` CHECK (`status` = 'missed' = (`missed_at` is not null)),
  CONSTRAINT `bookings_instead` CHECK (`status` <> 'called_off' or `instead` <> '')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `booking_slots` (
  `offer_id` bigint(20) NOT NULL,
  `seat_no` smallint(6) NOT NULL,
  `starts_at` datetime(3) NOT NULL,
  `booking_id` bigint(20) NOT NULL,
  `resident_id` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`offer_id`,`seat_no`,`starts_at`),
  UNIQUE KEY `booking_slots_resident` (`offer_id`,`resident_id`,`starts_at`),
  KEY `booking_slots_booking` (`booking_id`,`starts_at`),
  CONSTRAINT `booking_slots_booking_fk` FOREIGN KEY (`booking_id`) REFERENCES `bookings` (`id`),
  CONSTRAINT `booking_slots_offer_fk` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `brands` (
  `id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `unit_id` bigint(20) NOT NULL,
  `name` varchar(40) NOT NULL,
  `text` varchar(120) NOT NULL,
  `for_whom` varchar(60) NOT NULL,
  `sender_id` bigint(20) NOT NULL,
  `is_by_unit` tinyint(1) NOT NULL,
  `agreed_by` bigint(20) DEFAULT NULL,
  `ballot_id` bigint(20) DEFAULT NULL,
  `vote_until` datetime(3) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL,
  `since_at` datetime(3) DEFAULT NULL,
  `renewed_at` datetime(3) DEFAULT NULL,
  `due_at` datetime(3) DEFAULT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `uses` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  KEY `brands_node` (`node_id`,`status`,`id`),
  KEY `brands_unit` (`unit_id`,`status`,`id`),
  KEY `brands_due` (`status`,`due_at`,`id`),
  KEY `brands_ballot_fk` (`ballot_id`),
  CONSTRAINT `brands_ballot_fk` FOREIGN KEY (`ballot_id`) REFERENCES `ballots` (`id`),
  CONSTRAINT `brands_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `brands_unit_fk` FOREIGN KEY (`unit_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `brands_status` CHECK (`status` in ('proposed','active','asleep','stopped')),
  CONSTRAINT `brands_agreed` CHECK (`agreed_by` is null = (`since_at` is null) and `renewed_at` is null = (`since_at` is null) and `due_at` is null = (`since_at` is null) and (`status` <> 'proposed' or `since_at` is null) and (`status` not in ('active','asleep') or `since_at` is not null)),
  CONSTRAINT `brands_year` CHECK (`since_at` is null or `created_at` <= `since_at` and `since_at` <= `renewed_at` and `renewed_at` < `due_at`),
  CONSTRAINT `brands_vote` CHECK (`ballot_id` is null = (`vote_until` is null) and (`ballot_id` is null or `status` not in ('proposed','stopped'))),
  CONSTRAINT `brands_ended` CHECK (`status` = 'stopped' = (`ended_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `brand_helpers` (
  `brand_id` bigint(20) NOT NULL,
  `unit_id` bigint(20) NOT NULL,
  `since` datetime(3) NOT NULL,
  PRIMARY KEY (`brand_id`,`unit_id`),
  KEY `brand_helpers_unit` (`unit_id`,`brand_id`),
  CONSTRAINT `brand_helpers_brand_fk` FOREIGN KEY (`brand_id`) REFERENCES `brands` (`id`),
  CONSTRAINT `brand_helpers_unit_fk` FOREIGN KEY (`unit_id`) REFERENCES `nodes` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `brand_renewals` (
  `ballot_id` bigint(20) NOT NULL,
  `brand_id` bigint(20) NOT NULL,
  `from_at` datetime(3) NOT NULL,
  `until_at` datetime(3) NOT NULL,
  PRIMARY KEY (`ballot_id`),
  UNIQUE KEY `brand_renewals_year` (`brand_id`,`from_at`),
  CONSTRAINT `brand_renewals_ballot_fk` FOREIGN KEY (`ballot_id`) REFERENCES `ballots` (`id`),
  CONSTRAINT `brand_renewals_brand_fk` FOREIGN KEY (`brand_id`) REFERENCES `brands` (`id`),
  CONSTRAINT `brand_renewals_order` CHECK (`from_at` < `until_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `calendars` (
  `user_id` bigint(20) NOT NULL,
  `token` varbinary(200) NOT NULL,
  `token_lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `made_at` datetime(3) NOT NULL,
  PRIMARY KEY (`user_id`),
  UNIQUE KEY `calendars_token` (`token_lookup`),
  CONSTRAINT `calendars_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `calendar_days` (
  `day` date NOT NULL,
  `kind` varchar(8) NOT NULL,
  `name` varchar(20) NOT NULL,
  `since` datetime(3) NOT NULL DEFAULT '2025-01-01 00:00:00.000',
  PRIMARY KEY (`day`),
  CONSTRAINT `calendar_days_kind` CHECK (`kind` in ('holiday','working'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `case_parties` (
  `case_id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `reason` varchar(12) DEFAULT NULL,
  `reported_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`case_id`,`user_id`),
  KEY `case_parties_user` (`user_id`,`reported_at`),
  CONSTRAINT `case_parties_case_fk` FOREIGN KEY (`case_id`) REFERENCES `content_cases` (`id`),
  CONSTRAINT `case_parties_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
  CONSTRAINT `case_parties_reason` CHECK (`reason` in ('politics','porn','gambling','fraud','ads','abuse','privacy','other')),
  CONSTRAINT `case_parties_reported` CHECK (`reason` is null = (`reported_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `categories` (
  `code` varchar(20) NOT NULL,
  `name` varchar(20) NOT NULL,
  `is_sensitive` tinyint(1) NOT NULL,
  `position` smallint(6) NOT NULL,
  `retired_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`code`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `certificates` (
  `id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `serial` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `code` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `code_sealed` varbinary(200) DEFAULT NULL,
  `number` char(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `holder_name` varbinary(255) NOT NULL,
  `holder_label` varchar(40) NOT NULL,
  `name_source` varchar(12) NOT NULL DEFAULT 'self',
  `issued_by` bigint(20) DEFAULT NULL,
  `from_at` datetime(3) NOT NULL,
  `until_at` datetime(3) NOT NULL,
  `minutes` int(11) NOT NULL,
  `records` int(11) NOT NULL,
  `shows` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `issuer` varchar(80) NOT NULL,
  `handler` varchar(80) NOT NULL,
  `contact` varchar(120) NOT NULL,
  `is_connected` tinyint(1) NOT NULL,
  `status` varchar(16) NOT NULL,
  `issued_at` datetime(3) NOT NULL,
  `revoked_at` datetime(3) DEFAULT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `certificates_serial` (`serial`),
  UNIQUE KEY `certificates_code` (`code`),
  KEY `certificates_user` (`user_id`,`id`),
  KEY `certificates_node` (`node_id`,`id`),
  KEY `certificates_issued_by_fk` (`issued_by`),
  CONSTRAINT `certificates_issued_by_fk` FOREIGN KEY (`issued_by`) REFERENCES `users` (`id`),
  CONSTRAINT `certificates_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `certificates_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
  CONSTRAINT `certificates_span` CHECK (`until_at` > `from_at` and `minutes` > 0 and `records` > 0),
  CONSTRAINT `certificates_status` CHECK (`status` in ('issued','revoked')),
  CONSTRAINT `certificates_name_source` CHECK (`name_source` in ('roster','community','self')),
  CONSTRAINT `certificates_by_others` CHECK (`issued_by` is null or `issued_by` <> `user_id` and `name_source` <> 'self')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `certificate_items` (
  `certificate_id` bigint(20) NOT NULL,
  `line` int(11) NOT NULL,
  `record_id` bigint(20) NOT NULL,
  `started_at` datetime(3) NOT NULL,
  `title` varchar(60) NOT NULL,
  `place` varchar(100) NOT NULL,
  `minutes` int(11) NOT NULL,
  PRIMARY KEY (`certificate_id`,`line`),
  UNIQUE KEY `certificate_items_record` (`certificate_id`,`record_id`),
  KEY `certificate_items_record_fk` (`record_id`),
  CONSTRAINT `certificate_items_certificate_fk` FOREIGN KEY (`certificate_id`) REFERENCES `certificates` (`id`),
  CONSTRAINT `certificate_items_record_fk` FOREIGN KEY (`record_id`) REFERENCES `service_records` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `claims` (
  `id` bigint(20) NOT NULL,
  `wish_id` bigint(20) NOT NULL,
  `claimant_id` bigint(20) NOT NULL,
  `membership_id` bigint(20) NOT NULL,
  `member_node_id` bigint(20) NOT NULL,
  `unit_id` bigint(20) NOT NULL,
  `status` varchar(16) NOT NULL,
  `requested_at` datetime(3) NOT NULL,
  `decided_at` datetime(3) DEFAULT NULL,
  `approved_by` bigint(20) DEFAULT NULL,
  `approval_grant_id` bigint(20) DEFAULT NULL,
  `delivered_at` datetime(3) DEFAULT NULL,
  `confirmed_at` datetime(3) DEFAULT NULL,
  `confirm_event_id` bigint(20) DEFAULT NULL,
  `owner_undone_at` datetime(3) DEFAULT NULL,
  `delivery_note` varchar(600) NOT NULL DEFAULT '',
  `returns` int(11) NOT NULL DEFAULT 0,
  `disputed_at` datetime(3) DEFAULT NULL,
  `asked_by` bigint(20) DEFAULT NULL,
  `asked_at` datetime(3) DEFAULT NULL,
  `escalated_at` datetime(3) DEFAULT NULL,
  `rating` tinyint(4) DEFAULT NULL,
  `comment` varchar(400) NOT NULL DEFAULT '',
  `version` int(11) NOT NULL DEFAULT 1,
  `live_wish_id` bigint(20) GENERATED ALWAYS AS (case when `status` in ('requested','approved','delivered') then `wish_id` end) STORED,
  `missed_calls` int(11) NOT NULL DEFAULT 0,
  `missed_call_at` datetime(3) DEFAULT NULL,
  `waits_since` datetime(3) GENERATED ALWAYS AS (case when `status` = 'requested' then `requested_at` when `status` = 'approved' then `decided_at` when `status` = 'delivered' and `escalated_at` is null then coalesce(`disputed_at`,`asked_at`,`delivered_at`) end) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `claims_live` (`live_wish_id`),
  KEY `claims_wish` (`wish_id`,`id`),
  KEY `claims_claimant` (`claimant_id`,`id`),
  KEY `claims_status` (`status`,`id`),
  KEY `claims_waiting` (`status`,`waits_since`,`escalated_at`),
  CONSTRAINT `claims_wish_fk` FOREIGN KEY (`wish_id`) REFERENCES `wishes` (`id`),
  CONSTRAINT `claims_rating` CHECK (`rating` is null or `rating` between 1 and 5),
  CONSTRAINT `claims_status` CHECK (`status` in ('requested','approved','delivered','confirmed','declined','released','cancelled','lapsed')),
  CONSTRAINT `claims_confirmation` CHECK ((`status` <> 'confirmed' or `confirm_event_id` is not null) and (`approved_by` is null or `approval_grant_id` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `claim_participants` (
  `claim_id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `membership_id` bigint(20) NOT NULL,
  `member_node_id` bigint(20) NOT NULL,
  `unit_id` bigint(20) NOT NULL,
  `accepted_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`claim_id`,`user_id`),
  KEY `claim_participants_user` (`user_id`,`claim_id`),
  CONSTRAINT `claim_participants_claim_fk` FOREIGN KEY (`claim_id`) REFERENCES `claims` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `complaints` (
  `id` bigint(20) NOT NULL,
  `author_id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `desk_id` bigint(20) NOT NULL,
  `kind` varchar(12) NOT NULL,
  `wish_id` bigint(20) DEFAULT NULL,
  `text` varchar(600) NOT NULL,
  `answer` varchar(400) NOT NULL DEFAULT '',
  `status` varchar(16) NOT NULL,
  `created_at` datetime(3) NOT NULL,
  `asked_at` datetime(3) NOT NULL,
  `escalated_at` datetime(3) DEFAULT NULL,
  `reopened_at` datetime(3) DEFAULT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `complaints_author` (`author_id`,`id`),
  KEY `complaints_status` (`status`,`id`),
  KEY `complaints_node_fk` (`node_id`),
  KEY `complaints_desk_fk` (`desk_id`),
  KEY `complaints_wish_fk` (`wish_id`),
  CONSTRAINT `complaints_desk_fk` FOREIGN KEY (`desk_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `complaints_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `complaints_wish_fk` FOREIGN KEY (`wish_id`) REFERENCES `wishes` (`id`),
  CONSTRAINT `complaints_kind` CHECK (`kind` in ('complaint','suggestion')),
  CONSTRAINT `complaints_status` CHECK (`status` in ('open','answered','closed')),
  CONSTRAINT `complaints_answer` CHECK (`status` <> 'answered' or `answer` <> '')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `complaint_parties` (
  `complaint_id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  PRIMARY KEY (`complaint_id`,`user_id`),
  CONSTRAINT `complaint_parties_fk` FOREIGN KEY (`complaint_id`) REFERENCES `complaints` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `consents` (
  `user_id` bigint(20) NOT NULL,
  `document` varchar(12) NOT NULL,
  `version` char(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `agreed_at` datetime(3) NOT NULL,
  PRIMARY KEY (`user_id`,`document`,`version`),
  CONSTRAINT `consents_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
  CONSTRAINT `consents_document` CHECK (`document` in ('agreement','privacy'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `contacts` (
  `noun` varchar(20) NOT NULL,
  `id` bigint(20) NOT NULL,
  `part` varchar(12) NOT NULL,
  `name` varbinary(255) NOT NULL,
  `phone` varbinary(255) NOT NULL,
  `address` varbinary(600) NOT NULL,
  `helper` varbinary(255) DEFAULT NULL,
  `phone_lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `saved_at` datetime(3) NOT NULL,
  `spoken_at` datetime(3) DEFAULT NULL,
  `spoken_how` varchar(8) DEFAULT NULL,
  `spoken_grant_id` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`noun`,`id`,`part`),
  CONSTRAINT `contacts_spoken_how` CHECK (`spoken_how` in ('visit','phone')),
  CONSTRAINT `contacts_spoken` CHECK (`spoken_at` is null = (`spoken_how` is null) and `spoken_at` is null = (`spoken_grant_id` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `contact_reads` (
  `id` bigint(20) NOT NULL,
  `noun` varchar(20) NOT NULL,
  `subject_id` bigint(20) NOT NULL,
  `part` varchar(12) NOT NULL,
  `reader_id` bigint(20) NOT NULL,
  `by_noun` varchar(20) DEFAULT NULL,
  `by_id` bigint(20) DEFAULT NULL,
  `grant_id` bigint(20) DEFAULT NULL,
  `reason` varchar(300) NOT NULL DEFAULT '',
  `read_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `contact_reads_reader` (`reader_id`,`read_at`),
  KEY `contact_reads_subject` (`noun`,`subject_id`,`part`,`id`),
  CONSTRAINT `contact_reads_right` CHECK (`by_id` is not null or `grant_id` is not null),
  CONSTRAINT `contact_reads_by` CHECK (`by_noun` is null = (`by_id` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `content_cases` (
  `id` bigint(20) NOT NULL,
  `kind` varchar(8) NOT NULL,
  `noun` varchar(20) NOT NULL,
  `subject_id` bigint(20) NOT NULL,
  `text_id` bigint(20) DEFAULT NULL,
  `writer_id` bigint(20) DEFAULT NULL,
  `node_id` bigint(20) NOT NULL,
  `desk_id` bigint(20) NOT NULL,
  `status` varchar(16) NOT NULL,
  `reason` varchar(400) NOT NULL DEFAULT '',
  `created_at` datetime(3) NOT NULL,
  `decided_at` datetime(3) DEFAULT NULL,
  `escalated_at` datetime(3) DEFAULT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `open_report` varchar(60) CHARACTER SET ascii COLLATE ascii_bin GENERATED ALWAYS AS (case when `status` = 'open' and `kind` = 'report' then concat(`noun`,':',`subject_id`) end) STORED,
  `photo_id` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `content_cases_text` (`text_id`),
  UNIQUE KEY `content_cases_report` (`open_report`),
  UNIQUE KEY `content_cases_photo` (`photo_id`),
  KEY `content_cases_status` (`status`,`created_at`,`id`),
  KEY `content_cases_subject` (`noun`,`subject_id`),
  KEY `content_cases_node_fk` (`node_id`),
  KEY `content_cases_desk_fk` (`desk_id`),
  CONSTRAINT `content_cases_desk_fk` FOREIGN KEY (`desk_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `content_cases_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `content_cases_text_fk` FOREIGN KEY (`text_id`) REFERENCES `texts` (`id`),
  CONSTRAINT `content_cases_kind` CHECK (`kind` in ('text','picture','report')),
  CONSTRAINT `content_cases_status` CHECK (`status` in ('open','kept','blurred','removed','replaced')),
  CONSTRAINT `content_cases_what` CHECK (`kind` = 'text' = (`text_id` is not null) and `kind` = 'picture' = (`photo_id` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `dated_rules` (
  `rule` varchar(30) NOT NULL,
  `since` datetime(3) NOT NULL,
  PRIMARY KEY (`rule`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `duties` (
  `id` bigint(20) NOT NULL,
  `number` smallint(6) NOT NULL,
  `board` varchar(20) NOT NULL,
  `field` varchar(20) NOT NULL,
  `kind` varchar(8) NOT NULL,
  `item` varchar(120) NOT NULL,
  `lead_id` bigint(20) DEFAULT NULL,
  `is_community` tinyint(1) NOT NULL,
  `from_at` datetime(3) NOT NULL,
  `until_at` datetime(3) DEFAULT NULL,
  `live_number` smallint(6) GENERATED ALWAYS AS (case when `until_at` is null then `number` end) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `duties_live` (`live_number`),
  KEY `duties_number` (`number`,`from_at`),
  KEY `duties_lead_fk` (`lead_id`),
  CONSTRAINT `duties_lead_fk` FOREIGN KEY (`lead_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `duties_kind` CHECK (`kind` in ('own','assist')),
  CONSTRAINT `duties_lead` CHECK (`kind` = 'own' or `lead_id` is not null),
  CONSTRAINT `duties_days` CHECK (`until_at` is null or `until_at` > `from_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `duty_words` (
  `duty_id` bigint(20) NOT NULL,
  `word` varchar(20) NOT NULL,
  PRIMARY KEY (`duty_id`,`word`),
  CONSTRAINT `duty_words_duty_fk` FOREIGN KEY (`duty_id`) REFERENCES `duties` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `events` (
  `id` bigint(20) NOT NULL,
  `noun` varchar(20) NOT NULL,
  `subject_id` bigint(20) NOT NULL,
  `version` int(11) NOT NULL,
  `name` varchar(30) NOT NULL,
  `actor_id` bigint(20) DEFAULT NULL,
  `grant_id` bigint(20) DEFAULT NULL,
  `from_status` varchar(16) NOT NULL,
  `to_status` varchar(16) NOT NULL,
  `reason` varchar(400) NOT NULL DEFAULT '',
  `at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `events_subject` (`noun`,`subject_id`,`version`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE ALGORITHM=UNDEFINED SQL SECURITY INVOKER VIEW `grants_in_force` AS select `g`.`id` AS `id`,`g`.`user_id` AS `user_id`,`g`.`role` AS `role`,`g`.`node_id` AS `node_id`,case when `b`.`from_at` > `g`.`from_at` then `b`.`from_at` else `g`.`from_at` end AS `from_at`,case when `g`.`until_at` is null or `b`.`until_at` < `g`.`until_at` then `b`.`until_at` else `g`.`until_at` end AS `until_at`,`g`.`delegated_by` AS `delegated_by`,coalesce(`b`.`user_id`,`g`.`user_id`) AS `giver_id`,`g`.`status` AS `status`,`g`.`version` AS `version`,coalesce(`g`.`status` = 'ended' or `b`.`status` = 'ended',0) AS `is_ended`,`g`.`until_at` AS `given_until` from (`role_grants` `g` left join `role_grants` `b` on(`b`.`id` = `g`.`delegated_by`));

CREATE TABLE `hour_joins` (
  `id` bigint(20) NOT NULL,
  `person_id` bigint(20) NOT NULL,
  `account_id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `status` varchar(16) NOT NULL,
  `joined_at` datetime(3) NOT NULL,
  `joined_by` bigint(20) NOT NULL,
  `undone_at` datetime(3) DEFAULT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `joined_person_id` bigint(20) GENERATED ALWAYS AS (case when `status` = 'joined' then `person_id` end) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `hour_joins_live` (`joined_person_id`),
  KEY `hour_joins_person` (`person_id`,`id`),
  KEY `hour_joins_account` (`account_id`,`id`),
  KEY `hour_joins_node_fk` (`node_id`),
  CONSTRAINT `hour_joins_account_fk` FOREIGN KEY (`account_id`) REFERENCES `users` (`id`),
  CONSTRAINT `hour_joins_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `hour_joins_person_fk` FOREIGN KEY (`person_id`) REFERENCES `users` (`id`),
  CONSTRAINT `hour_joins_two` CHECK (`person_id` <> `account_id`),
  CONSTRAINT `hour_joins_status` CHECK (`status` in ('joined','undone'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `idempotency` (
  `user_id` bigint(20) NOT NULL,
  `operation` varchar(40) NOT NULL,
  `request_key` varchar(64) NOT NULL,
  `body_hash` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `status` smallint(6) NOT NULL,
  `answer` mediumtext NOT NULL,
  `created_at` datetime(3) NOT NULL,
  PRIMARY KEY (`user_id`,`operation`,`request_key`),
  KEY `idempotency_age` (`created_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `inbox` (
  `user_id` bigint(20) NOT NULL,
  `event_id` bigint(20) NOT NULL,
  `part` varchar(12) NOT NULL,
  `read_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`user_id`,`event_id`),
  KEY `inbox_unread` (`user_id`,`read_at`),
  KEY `inbox_event` (`event_id`),
  CONSTRAINT `inbox_part` CHECK (`part` in ('owner','recorder','claimant','invited','member','decider','leader','volunteer','sender','responder','overseer','handler','follower'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `installation` (
  `name` varchar(40) NOT NULL,
  `value` varchar(200) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE ALGORITHM=UNDEFINED SQL SECURITY INVOKER VIEW `live_check_ins` AS select `a`.`id` AS `id`,`a`.`activity_id` AS `activity_id`,`a`.`user_id` AS `user_id` from (`attendances` `a` join `activities` `v` on(`v`.`id` = `a`.`activity_id`)) where `a`.`in_mode` = 'live' and (`a`.`in_distance` is null or `a`.`in_distance` <= coalesce(`v`.`radius_meters`,0) + least(coalesce(`a`.`in_accuracy`,0),5000));

CREATE TABLE `matters` (
  `noun` varchar(20) NOT NULL,
  `id` bigint(20) NOT NULL,
  `of_noun` varchar(20) DEFAULT NULL,
  `of_id` bigint(20) DEFAULT NULL,
  `number` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  `title` varchar(60) NOT NULL DEFAULT '',
  `node_id` bigint(20) DEFAULT NULL,
  `desk_id` bigint(20) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `version` int(11) NOT NULL,
  PRIMARY KEY (`noun`,`id`),
  KEY `matters_node_fk` (`node_id`),
  KEY `matters_desk_fk` (`desk_id`),
  CONSTRAINT `matters_desk_fk` FOREIGN KEY (`desk_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `matters_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `matters_of` CHECK (`of_noun` is null = (`of_id` is null)),
  CONSTRAINT `matters_desk` CHECK (`desk_id` is null or `node_id` is not null),
  CONSTRAINT `matters_version` CHECK (`version` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `matter_parties` (
  `noun` varchar(20) NOT NULL,
  `id` bigint(20) NOT NULL,
  `person_id` bigint(20) NOT NULL,
  `phone_lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `is_personal` tinyint(1) NOT NULL,
  PRIMARY KEY (`noun`,`id`,`person_id`),
  CONSTRAINT `matter_parties_matter_fk` FOREIGN KEY (`noun`, `id`) REFERENCES `matters` (`noun`, `id`),
  CONSTRAINT `matter_parties_who` CHECK (`person_id` = 0 = (`phone_lookup` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `matter_turns` (
  `noun` varchar(20) NOT NULL,
  `id` bigint(20) NOT NULL,
  `part` varchar(12) NOT NULL,
  `person_id` bigint(20) NOT NULL,
  `team_id` bigint(20) DEFAULT NULL,
  `desk_id` bigint(20) DEFAULT NULL,
  `asker_id` bigint(20) DEFAULT NULL,
  `since` datetime(3) NOT NULL,
  `opens_at` datetime(3) NOT NULL,
  `due` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`noun`,`id`,`part`,`person_id`),
  KEY `matter_turns_person` (`person_id`,`opens_at`),
  KEY `matter_turns_team` (`team_id`,`opens_at`),
  KEY `matter_turns_desk` (`desk_id`,`since`,`id`,`opens_at`),
  CONSTRAINT `matter_turns_desk_fk` FOREIGN KEY (`desk_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `matter_turns_matter_fk` FOREIGN KEY (`noun`, `id`) REFERENCES `matters` (`noun`, `id`),
  CONSTRAINT `matter_turns_team_fk` FOREIGN KEY (`team_id`) REFERENCES `teams` (`id`),
  CONSTRAINT `matter_turns_whose` CHECK ((`person_id` <> 0) + (`team_id` is not null) + (`desk_id` is not null) = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `media` (
  `id` bigint(20) NOT NULL,
  `owner_id` bigint(20) NOT NULL,
  `file` char(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `status` varchar(8) NOT NULL,
  `noun` varchar(20) DEFAULT NULL,
  `subject_id` bigint(20) DEFAULT NULL,
  `position` tinyint(4) NOT NULL DEFAULT 0,
  `created_at` datetime(3) NOT NULL,
  `attached_at` datetime(3) DEFAULT NULL,
  `verdict` varchar(10) NOT NULL DEFAULT 'passed',
  `trace_id` varchar(80) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `verdict_at` datetime(3) DEFAULT NULL,
  `suggest` varchar(8) NOT NULL DEFAULT '',
  `label` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `media_file` (`file`),
  UNIQUE KEY `media_trace` (`trace_id`),
  KEY `media_status` (`status`,`created_at`),
  KEY `media_subject` (`noun`,`subject_id`,`attached_at`),
  KEY `media_owner` (`owner_id`,`id`),
  KEY `media_verdict` (`verdict`,`status`,`verdict_at`,`id`),
  CONSTRAINT `media_status` CHECK (`status` in ('adding','waiting','attached','removed')),
  CONSTRAINT `media_attached` CHECK (`status` = 'attached' = (`attached_at` is not null) and `status` = 'attached' = (`noun` is not null) and `status` = 'attached' = (`subject_id` is not null)),
  CONSTRAINT `media_verdict` CHECK (`verdict` in ('unchecked','checking','waiting','passed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `memberships` (
  `id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `unit_id` bigint(20) NOT NULL,
  `real_name` varbinary(255) NOT NULL,
  `name_label` varchar(40) NOT NULL,
  `name_lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `roster_slot` smallint(6) DEFAULT NULL,
  `earlier_id` bigint(20) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `requested_at` datetime(3) NOT NULL,
  `decided_at` datetime(3) DEFAULT NULL,
  `approved_at` datetime(3) DEFAULT NULL,
  `approval_grant_id` bigint(20) DEFAULT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  `escalated_at` datetime(3) DEFAULT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `active_user_id` bigint(20) GENERATED ALWAYS AS (case when `status` = 'active' then `user_id` end) STORED,
  `pending_user_id` bigint(20) GENERATED ALWAYS AS (case when `status` = 'requested' then `user_id` end) STORED,
  `approved_lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin GENERATED ALWAYS AS (case when `status` = 'active' and `roster_slot` is not null then `name_lookup` end) STORED,
  `uses` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `memberships_active` (`active_user_id`),
  UNIQUE KEY `memberships_pending` (`pending_user_id`),
  UNIQUE KEY `memberships_roster` (`unit_id`,`approved_lookup`,`roster_slot`),
  KEY `memberships_user` (`user_id`,`id`),
  KEY `memberships_status` (`status`,`id`),
  KEY `memberships_node` (`node_id`,`status`,`id`),
  KEY `memberships_unit` (`unit_id`,`id`),
  KEY `memberships_name` (`unit_id`,`name_lookup`),
  CONSTRAINT `memberships_status` CHECK (`status` in ('requested','active','left','rejected')),
  CONSTRAINT `memberships_times` CHECK ((`status` <> 'active' or `approved_at` is not null and `ended_at` is null) and (`status` <> 'left' or `ended_at` is not null) and (`status` not in ('requested','rejected') or `approved_at` is null and `ended_at` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `mini_codes` (
  `noun` varchar(20) NOT NULL,
  `subject_id` bigint(20) NOT NULL,
  `scene_lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `picture` mediumblob NOT NULL,
  `made_at` datetime(3) NOT NULL,
  PRIMARY KEY (`noun`,`subject_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `name_reads` (
  `id` bigint(20) NOT NULL,
  `membership_id` bigint(20) NOT NULL,
  `reader_id` bigint(20) NOT NULL,
  `grant_id` bigint(20) NOT NULL,
  `claim_id` bigint(20) DEFAULT NULL,
  `read_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `name_reads_membership` (`membership_id`,`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `needs` (
  `id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `desk_id` bigint(20) NOT NULL,
  `year` smallint(6) NOT NULL,
  `number` int(11) NOT NULL,
  `owner_id` bigint(20) DEFAULT NULL,
  `recorder_id` bigint(20) DEFAULT NULL,
  `owner_label` varchar(20) NOT NULL DEFAULT '',
  `consent` varchar(8) DEFAULT NULL,
  `consent_note` varchar(400) NOT NULL DEFAULT '',
  `origin` varchar(10) NOT NULL,
  `hotline_number` varchar(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  `category` varchar(12) NOT NULL,
  `term_code` varchar(12) NOT NULL,
  `term_from` datetime(3) NOT NULL,
  `term_share` smallint(6) NOT NULL DEFAULT 100,
  `place` varchar(60) NOT NULL,
  `lat` double DEFAULT NULL,
  `lng` double DEFAULT NULL,
  `text` varchar(800) NOT NULL,
  `is_public` tinyint(1) NOT NULL,
  `is_about_staff` tinyint(1) NOT NULL,
  `handler_id` bigint(20) DEFAULT NULL,
  `reject_reason` varchar(12) DEFAULT NULL,
  `answer` varchar(500) NOT NULL DEFAULT '',
  `result` varchar(10) DEFAULT NULL,
  `answered_by` bigint(20) DEFAULT NULL,
  `solved` varchar(8) DEFAULT NULL,
  `is_satisfied` tinyint(1) DEFAULT NULL,
  `asker_id` bigint(20) DEFAULT NULL,
  `edits` smallint(6) NOT NULL DEFAULT 0,
  `returns` smallint(6) NOT NULL DEFAULT 0,
  `reopens` smallint(6) NOT NULL DEFAULT 0,
  `calls` smallint(6) NOT NULL DEFAULT 0,
  `called_at` datetime(3) DEFAULT NULL,
  `merged_into` bigint(20) DEFAULT NULL,
  `review_at` datetime(3) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL,
  `waits_since` datetime(3) NOT NULL,
  `accept_by` datetime(3) NOT NULL,
  `due_at` datetime(3) NOT NULL,
  `answered_at` datetime(3) DEFAULT NULL,
  `called_back_at` datetime(3) DEFAULT NULL,
  `closed_at` datetime(3) DEFAULT NULL,
  `escalated_at` datetime(3) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `came_back_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `needs_number` (`year`,`number`),
  KEY `needs_node` (`node_id`,`status`,`id`),
  KEY `needs_owner` (`owner_id`,`id`),
  KEY `needs_recorder` (`recorder_id`,`id`),
  KEY `needs_desk` (`desk_id`,`status`,`due_at`),
  KEY `needs_similar` (`node_id`,`category`,`id`),
  KEY `needs_status` (`status`,`id`),
  KEY `needs_merged_fk` (`merged_into`),
  CONSTRAINT `needs_desk_fk` FOREIGN KEY (`desk_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `needs_merged_fk` FOREIGN KEY (`merged_into`) REFERENCES `needs` (`id`),
  CONSTRAINT `needs_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `needs_consent` CHECK (`consent` in ('oral','paper')),
  CONSTRAINT `needs_origin` CHECK (`origin` in ('resident','behalf','visit','meeting','hotline','council')),
  CONSTRAINT `needs_category` CHECK (`category` in ('housing','utilities','roads','neighbours','parking','procedures','care','business')),
  CONSTRAINT `needs_term_code` CHECK (`term_code` in ('urgent','utility','ordinary','complex')),
  CONSTRAINT `needs_reject_reason` CHECK (`reject_reason` in ('not_ours','legal','pending','duplicate','unclear','unlawful')),
  CONSTRAINT `needs_result` CHECK (`result` in ('solved','partly','explained')),
  CONSTRAINT `needs_solved` CHECK (`solved` in ('yes','partly','no','unknown')),
  CONSTRAINT `needs_closed` CHECK (`status` = 'closed' = (`solved` is not null)),
  CONSTRAINT `needs_merged` CHECK (`status` = 'merged' = (`merged_into` is not null)),
  CONSTRAINT `needs_review` CHECK (`status` not in ('waiting','unsolved') or `review_at` is not null),
  CONSTRAINT `needs_point` CHECK (`lat` is null = (`lng` is null)),
  CONSTRAINT `needs_status` CHECK (`status` in ('submitted','handling','waiting','answered','closed','unsolved','rejected','merged','withdrawn','handed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `need_followers` (
  `need_id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `since` datetime(3) NOT NULL,
  PRIMARY KEY (`need_id`,`user_id`),
  CONSTRAINT `need_followers_fk` FOREIGN KEY (`need_id`) REFERENCES `needs` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `need_parties` (
  `need_id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  PRIMARY KEY (`need_id`,`user_id`),
  CONSTRAINT `need_parties_fk` FOREIGN KEY (`need_id`) REFERENCES `needs` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `nodes` (
  `id` bigint(20) NOT NULL,
  `code` varchar(32) DEFAULT NULL,
  `kind` varchar(16) NOT NULL,
  `name` varchar(60) NOT NULL,
  `parent_id` bigint(20) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL,
  `service_phone` varchar(20) NOT NULL DEFAULT '',
  `version` int(11) NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `nodes_code` (`code`),
  KEY `nodes_parent` (`parent_id`,`kind`,`id`),
  CONSTRAINT `nodes_parent_fk` FOREIGN KEY (`parent_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `nodes_kind` CHECK (`kind` in ('county','street','community','village','grid','building','group','unit'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `node_ancestors` (
  `node_id` bigint(20) NOT NULL,
  `ancestor_id` bigint(20) NOT NULL,
  `distance` smallint(6) NOT NULL,
  PRIMARY KEY (`node_id`,`ancestor_id`),
  KEY `node_ancestors_below` (`ancestor_id`,`node_id`,`distance`),
  CONSTRAINT `node_ancestors_ancestor_fk` FOREIGN KEY (`ancestor_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `node_ancestors_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `numbers` (
  `kind` varchar(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `period` varchar(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `next_number` int(11) NOT NULL,
  PRIMARY KEY (`kind`,`node_id`,`period`),
  CONSTRAINT `numbers_next` CHECK (`next_number` > 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `objections` (
  `id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `signup_id` bigint(20) DEFAULT NULL,
  `record_id` bigint(20) DEFAULT NULL,
  `text` varchar(400) NOT NULL,
  `answer` varchar(400) NOT NULL DEFAULT '',
  `status` varchar(16) NOT NULL,
  `created_at` datetime(3) NOT NULL,
  `decided_at` datetime(3) DEFAULT NULL,
  `escalated_at` datetime(3) DEFAULT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `open_signup_id` bigint(20) GENERATED ALWAYS AS (case when `status` = 'open' then `signup_id` end) STORED,
  `open_record_id` bigint(20) GENERATED ALWAYS AS (case when `status` = 'open' then `record_id` end) STORED,
  `claim_id` bigint(20) DEFAULT NULL,
  `recorder_id` bigint(20) DEFAULT NULL,
  `points` bigint(20) DEFAULT NULL,
  `correct_event_id` bigint(20) DEFAULT NULL,
  `open_claim_id` bigint(20) GENERATED ALWAYS AS (case when `status` = 'open' then `claim_id` end) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `objections_open_signup` (`open_signup_id`),
  UNIQUE KEY `objections_open_record` (`open_record_id`),
  UNIQUE KEY `objections_open_claim` (`open_claim_id`,`user_id`),
  UNIQUE KEY `objections_correct` (`correct_event_id`),
  KEY `objections_user` (`user_id`,`id`),
  KEY `objections_status` (`status`,`node_id`,`id`),
  KEY `objections_claim` (`claim_id`),
  CONSTRAINT `objections_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
  CONSTRAINT `objections_status` CHECK (`status` in ('open','upheld','dismissed')),
  CONSTRAINT `objections_about` CHECK (case when `signup_id` is null then 0 else 1 end + case when `record_id` is null then 0 else 1 end + case when `claim_id` is null then 0 else 1 end = 1),
  CONSTRAINT `objections_points` CHECK (`points` is null or `points` >= 0 and `claim_id` is not null),
  CONSTRAINT `objections_columns` CHECK ((`record_id` is null or `recorder_id` is not null) and (`claim_id` is null or `status` <> 'upheld' or `correct_event_id` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `offers` (
  `id` bigint(20) NOT NULL,
  `host_id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `kind` varchar(8) NOT NULL,
  `name` varchar(60) NOT NULL,
  `place` varchar(60) NOT NULL,
  `seats` smallint(6) NOT NULL,
  `people` smallint(6) NOT NULL,
  `slots` smallint(6) NOT NULL,
  `is_for_residents` tinyint(1) NOT NULL,
  `is_for_teams` tinyint(1) NOT NULL,
  `is_for_groups` tinyint(1) NOT NULL,
  `is_for_units` tinyint(1) NOT NULL,
  `is_asked` tinyint(1) NOT NULL,
  `is_on_holidays` tinyint(1) NOT NULL,
  `created_at` datetime(3) NOT NULL,
  `opened_at` datetime(3) DEFAULT NULL,
  `idle_at` datetime(3) DEFAULT NULL,
  `closed_at` datetime(3) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `uses` int(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  KEY `offers_host` (`host_id`,`id`),
  KEY `offers_node` (`node_id`,`status`,`kind`,`id`),
  KEY `offers_status` (`status`,`kind`,`id`),
  CONSTRAINT `offers_host_fk` FOREIGN KEY (`host_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `offers_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `offers_kind` CHECK (`kind` in ('venue','hall','court','parking','lecture','craft','vehicle','tour','desk')),
  CONSTRAINT `offers_status` CHECK (`status` in ('draft','open','paused','closed')),
  CONSTRAINT `offers_seats` CHECK (`seats` between 1 and 500 and `people` between 1 and 500 and `slots` between 1 and 16),
  CONSTRAINT `offers_whom` CHECK (`is_for_residents` <> 0 or `is_for_teams` <> 0 or `is_for_groups` <> 0 or `is_for_units` <> 0),
  CONSTRAINT `offers_opened` CHECK (`opened_at` is not null or `status` not in ('open','paused')),
  CONSTRAINT `offers_closed` CHECK (`status` = 'closed' = (`closed_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `offer_days` (
  `offer_id` bigint(20) NOT NULL,
  `day` date NOT NULL,
  `kind` varchar(8) NOT NULL,
  `from_minute` smallint(6) NOT NULL,
  `until_minute` smallint(6) NOT NULL,
  PRIMARY KEY (`offer_id`,`day`,`kind`,`from_minute`),
  CONSTRAINT `offer_days_offer_fk` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`),
  CONSTRAINT `offer_days_kind` CHECK (`kind` in ('closed','extra')),
  CONSTRAINT `offer_days_span` CHECK (0 <= `from_minute` and `from_minute` < `until_minute` and `until_minute` <= 1440 and `from_minute` MOD 30 = 0 and `until_minute` MOD 30 = 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `offer_hours` (
  `offer_id` bigint(20) NOT NULL,
  `weekday` smallint(6) NOT NULL,
  `from_minute` smallint(6) NOT NULL,
  `until_minute` smallint(6) NOT NULL,
  PRIMARY KEY (`offer_id`,`weekday`,`from_minute`),
  CONSTRAINT `offer_hours_offer_fk` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`),
  CONSTRAINT `offer_hours_weekday` CHECK (`weekday` between 1 and 7),
  CONSTRAINT `offer_hours_span` CHECK (0 <= `from_minute` and `from_minute` < `until_minute` and `until_minute` <= 1440 and `from_minute` MOD 30 = 0 and `until_minute` MOD 30 = 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `offer_lines` (
  `offer_id` bigint(20) NOT NULL,
  `kind` varchar(8) NOT NULL,
  `position` smallint(6) NOT NULL,
  `text` varchar(80) NOT NULL,
  PRIMARY KEY (`offer_id`,`kind`,`position`),
  CONSTRAINT `offer_lines_offer_fk` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`),
  CONSTRAINT `offer_lines_kind` CHECK (`kind` in ('rule','matter'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `offer_stops` (
  `offer_id` bigint(20) NOT NULL,
  `position` smallint(6) NOT NULL,
  `name` varchar(40) NOT NULL,
  `place` varchar(60) NOT NULL,
  `seen` varchar(120) NOT NULL,
  `minutes` smallint(6) NOT NULL,
  PRIMARY KEY (`offer_id`,`position`),
  CONSTRAINT `offer_stops_offer_fk` FOREIGN KEY (`offer_id`) REFERENCES `offers` (`id`),
  CONSTRAINT `offer_stops_position` CHECK (`position` between 0 and 11),
  CONSTRAINT `offer_stops_minutes` CHECK (`minutes` between 1 and 240)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `originals` (
  `noun` varchar(20) NOT NULL,
  `subject_id` bigint(20) NOT NULL,
  `field` varchar(30) NOT NULL,
  `sealed` varbinary(4000) NOT NULL,
  PRIMARY KEY (`noun`,`subject_id`,`field`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `outbox` (
  `id` bigint(20) NOT NULL,
  `topic` varchar(20) NOT NULL,
  `payload` varchar(2000) NOT NULL,
  `created_at` datetime(3) NOT NULL,
  `available_at` datetime(3) NOT NULL,
  `attempts` int(11) NOT NULL DEFAULT 0,
  `leased_by` varchar(40) DEFAULT NULL,
  `leased_until` datetime(3) DEFAULT NULL,
  `counted_at` datetime(3) DEFAULT NULL,
  `dead_at` datetime(3) DEFAULT NULL,
  `last_error` varchar(300) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  KEY `outbox_due` (`topic`,`dead_at`,`available_at`,`id`),
  KEY `outbox_lease` (`leased_by`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `person_numbers` (
  `user_id` bigint(20) NOT NULL,
  `number` char(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `made_at` datetime(3) NOT NULL,
  PRIMARY KEY (`user_id`),
  UNIQUE KEY `person_numbers_number` (`number`),
  CONSTRAINT `person_numbers_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `points_accounts` (
  `id` bigint(20) NOT NULL,
  `kind` varchar(16) NOT NULL,
  `user_id` bigint(20) DEFAULT NULL,
  `unit` varchar(10) NOT NULL,
  `balance` bigint(20) NOT NULL DEFAULT 0,
  `version` bigint(20) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `points_accounts_user` (`user_id`,`unit`),
  CONSTRAINT `points_accounts_kind` CHECK (`kind` in ('member','grant','correction')),
  CONSTRAINT `points_accounts_owner` CHECK (`kind` = 'member' = (`user_id` is not null)),
  CONSTRAINT `points_accounts_system` CHECK (`kind` = 'member' or `balance` = 0),
  CONSTRAINT `points_accounts_unit` CHECK (`unit` in ('points','minutes'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `points_rules` (
  `id` bigint(20) NOT NULL,
  `event` varchar(30) NOT NULL,
  `node_id` bigint(20) DEFAULT NULL,
  `version` int(11) NOT NULL,
  `points` int(11) NOT NULL,
  `per_minutes` int(11) DEFAULT NULL,
  `choices` varchar(60) NOT NULL DEFAULT '',
  `cap_day` int(11) DEFAULT NULL,
  `cap_month` int(11) DEFAULT NULL,
  `cap_year` int(11) DEFAULT NULL,
  `effective_from` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `points_rules_version` (`event`,`node_id`,`version`),
  KEY `points_rules_effective` (`event`,`effective_from`),
  CONSTRAINT `points_rules_points` CHECK (`points` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `points_transfers` (
  `id` bigint(20) NOT NULL,
  `unit` varchar(10) NOT NULL,
  `kind` varchar(10) NOT NULL,
  `debit_id` bigint(20) NOT NULL,
  `credit_id` bigint(20) NOT NULL,
  `amount` bigint(20) NOT NULL,
  `rule_id` bigint(20) NOT NULL,
  `deed_at` datetime(3) NOT NULL,
  `member_node_id` bigint(20) NOT NULL,
  `unit_id` bigint(20) DEFAULT NULL,
  `node_id` bigint(20) NOT NULL,
  `team_id` bigint(20) DEFAULT NULL,
  `cause_event_id` bigint(20) NOT NULL,
  `cause_rule` varchar(30) NOT NULL,
  `cause_account_id` bigint(20) NOT NULL,
  `corrects_id` bigint(20) DEFAULT NULL,
  `posted_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `points_transfers_cause` (`cause_event_id`,`cause_rule`,`cause_account_id`),
  UNIQUE KEY `points_transfers_corrects` (`corrects_id`),
  KEY `points_transfers_credit` (`credit_id`,`id`),
  KEY `points_transfers_debit` (`debit_id`,`id`),
  KEY `points_transfers_account` (`cause_account_id`,`id`),
  KEY `points_transfers_rule_fk` (`rule_id`),
  KEY `points_transfers_earned` (`cause_account_id`,`cause_rule`,`deed_at`,`kind`,`amount`,`unit`,`member_node_id`,`unit_id`,`node_id`,`team_id`),
  CONSTRAINT `points_transfers_credit_fk` FOREIGN KEY (`credit_id`) REFERENCES `points_accounts` (`id`),
  CONSTRAINT `points_transfers_debit_fk` FOREIGN KEY (`debit_id`) REFERENCES `points_accounts` (`id`),
  CONSTRAINT `points_transfers_rule_fk` FOREIGN KEY (`rule_id`) REFERENCES `points_rules` (`id`),
  CONSTRAINT `points_transfers_two` CHECK (`debit_id` <> `credit_id`),
  CONSTRAINT `points_transfers_amount` CHECK (`amount` >= 0),
  CONSTRAINT `points_transfers_kind` CHECK (`kind` in ('earn','correct')),
  CONSTRAINT `points_transfers_correction` CHECK (`kind` = 'correct' = (`corrects_id` is not null)),
  CONSTRAINT `points_transfers_unit` CHECK (`unit` in ('points','minutes'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `projects` (
  `id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `brand_id` bigint(20) DEFAULT NULL,
  `title` varchar(60) NOT NULL,
  `text` varchar(300) NOT NULL,
  `is_for_all` tinyint(1) NOT NULL,
  `sender_id` bigint(20) NOT NULL,
  `sender_unit_id` bigint(20) DEFAULT NULL,
  `unit_id` bigint(20) DEFAULT NULL,
  `claimer_id` bigint(20) DEFAULT NULL,
  `ballot_id` bigint(20) DEFAULT NULL,
  `vote_until` datetime(3) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL,
  `opened_at` datetime(3) DEFAULT NULL,
  `matched_at` datetime(3) DEFAULT NULL,
  `started_at` datetime(3) DEFAULT NULL,
  `delivered_at` datetime(3) DEFAULT NULL,
  `accepted_at` datetime(3) DEFAULT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `projects_node` (`node_id`,`status`,`id`),
  KEY `projects_unit` (`unit_id`,`status`,`id`),
  KEY `projects_status` (`status`,`opened_at`,`id`),
  KEY `projects_ballot_fk` (`ballot_id`),
  KEY `projects_brand` (`brand_id`,`id`),
  CONSTRAINT `projects_ballot_fk` FOREIGN KEY (`ballot_id`) REFERENCES `ballots` (`id`),
  CONSTRAINT `projects_brand_fk` FOREIGN KEY (`brand_id`) REFERENCES `brands` (`id`),
  CONSTRAINT `projects_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `projects_unit_fk` FOREIGN KEY (`unit_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `projects_status` CHECK (`status` in ('proposed','open','matched','running','delivered','accepted','rejected','stopped','expired')),
  CONSTRAINT `projects_lead` CHECK (`unit_id` is null = (`claimer_id` is null) and `unit_id` is null = (`matched_at` is null) and `status` not in ('proposed','open','rejected','expired') = (`unit_id` is not null)),
  CONSTRAINT `projects_opened` CHECK (`opened_at` is not null or `status` not in ('open','matched','running','delivered','accepted','stopped','expired')),
  CONSTRAINT `projects_started` CHECK (`status` not in ('running','delivered','accepted') or `started_at` is not null),
  CONSTRAINT `projects_delivered` CHECK (`status` not in ('delivered','accepted') or `delivered_at` is not null),
  CONSTRAINT `projects_vote` CHECK (`ballot_id` is null = (`vote_until` is null) and (`ballot_id` is null or `status` not in ('proposed','open','matched','running','rejected','stopped','expired'))),
  CONSTRAINT `projects_accepted` CHECK (`status` = 'accepted' = (`accepted_at` is not null) and (`status` <> 'accepted' or `ballot_id` is not null)),
  CONSTRAINT `projects_ended` CHECK (`status` not in ('proposed','open','matched','running','delivered','accepted') = (`ended_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `project_helpers` (
  `project_id` bigint(20) NOT NULL,
  `unit_id` bigint(20) NOT NULL,
  `since` datetime(3) NOT NULL,
  PRIMARY KEY (`project_id`,`unit_id`),
  KEY `project_helpers_unit` (`unit_id`,`project_id`),
  CONSTRAINT `project_helpers_project_fk` FOREIGN KEY (`project_id`) REFERENCES `projects` (`id`),
  CONSTRAINT `project_helpers_unit_fk` FOREIGN KEY (`unit_id`) REFERENCES `nodes` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `project_milestones` (
  `project_id` bigint(20) NOT NULL,
  `position` smallint(6) NOT NULL,
  `unit_id` bigint(20) NOT NULL,
  `text` varchar(80) NOT NULL,
  `due_at` datetime(3) NOT NULL,
  `done_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`project_id`,`position`),
  KEY `project_milestones_unit` (`unit_id`),
  CONSTRAINT `project_milestones_project_fk` FOREIGN KEY (`project_id`) REFERENCES `projects` (`id`),
  CONSTRAINT `project_milestones_unit_fk` FOREIGN KEY (`unit_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `project_milestones_position` CHECK (`position` between 0 and 4)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `project_needs` (
  `project_id` bigint(20) NOT NULL,
  `need_id` bigint(20) NOT NULL,
  PRIMARY KEY (`project_id`,`need_id`),
  KEY `project_needs_need` (`need_id`),
  CONSTRAINT `project_needs_need_fk` FOREIGN KEY (`need_id`) REFERENCES `needs` (`id`),
  CONSTRAINT `project_needs_project_fk` FOREIGN KEY (`project_id`) REFERENCES `projects` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `recorded_yeses` (
  `event_id` bigint(20) NOT NULL,
  `claim_id` bigint(20) NOT NULL,
  `recorder_id` bigint(20) NOT NULL,
  `how` varchar(8) NOT NULL,
  `recorded_at` datetime(3) NOT NULL,
  `lot` int(11) DEFAULT NULL,
  `drawn` tinyint(1) NOT NULL,
  `stood` tinyint(1) DEFAULT NULL,
  PRIMARY KEY (`event_id`),
  KEY `recorded_yeses_claim` (`claim_id`),
  KEY `recorded_yeses_at` (`recorded_at`),
  CONSTRAINT `recorded_yeses_claim_fk` FOREIGN KEY (`claim_id`) REFERENCES `claims` (`id`),
  CONSTRAINT `recorded_yeses_how` CHECK (`how` in ('visit','phone')),
  CONSTRAINT `recorded_yeses_lot` CHECK (`lot` between 0 and 99)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `recorder_rules` (
  `since` datetime(3) NOT NULL,
  `people` int(11) NOT NULL,
  `percent` int(11) NOT NULL,
  PRIMARY KEY (`since`),
  CONSTRAINT `recorder_rules_percent` CHECK (`people` > 0 and `percent` between 1 and 100)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `record_reviews` (
  `record_id` bigint(20) NOT NULL,
  `event_id` bigint(20) NOT NULL,
  `reviewer_id` bigint(20) NOT NULL,
  `grant_id` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`record_id`,`event_id`),
  CONSTRAINT `record_reviews_record_fk` FOREIGN KEY (`record_id`) REFERENCES `service_records` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `retention_rules` (
  `kind` varchar(12) NOT NULL,
  `days` int(11) NOT NULL,
  PRIMARY KEY (`kind`),
  CONSTRAINT `retention_rules_days` CHECK (`days` between 30 and 3650),
  CONSTRAINT `retention_rules_kind` CHECK (`kind` in ('contacts','names','originals','pictures','reads'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `review_codes` (
  `id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `given_at` datetime(3) NOT NULL,
  `until_at` datetime(3) NOT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `review_codes_lookup` (`lookup`),
  KEY `review_codes_until` (`until_at`),
  KEY `review_codes_user_fk` (`user_id`),
  CONSTRAINT `review_codes_user_fk` FOREIGN KEY (`user_id`) REFERENCES `review_people` (`user_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `review_log_ins` (
  `id` bigint(20) NOT NULL,
  `code_id` bigint(20) NOT NULL,
  `token_lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `at` datetime(3) NOT NULL,
  `ended_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `review_log_ins_token` (`token_lookup`),
  KEY `review_log_ins_code` (`code_id`),
  CONSTRAINT `review_log_ins_code_fk` FOREIGN KEY (`code_id`) REFERENCES `review_codes` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `review_nodes` (
  `node_id` bigint(20) NOT NULL,
  `since` datetime(3) NOT NULL,
  PRIMARY KEY (`node_id`),
  CONSTRAINT `review_nodes_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `review_people` (
  `user_id` bigint(20) NOT NULL,
  `account` varchar(16) NOT NULL,
  PRIMARY KEY (`user_id`),
  UNIQUE KEY `review_people_account` (`account`),
  CONSTRAINT `review_people_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `review_steps` (
  `event_id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  PRIMARY KEY (`event_id`),
  KEY `review_steps_node` (`node_id`),
  CONSTRAINT `review_steps_node_fk` FOREIGN KEY (`node_id`) REFERENCES `review_nodes` (`node_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `role_grants` (
  `id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `role` varchar(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `from_at` datetime(3) NOT NULL,
  `until_at` datetime(3) DEFAULT NULL,
  `delegated_by` bigint(20) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `uses` int(11) NOT NULL DEFAULT 0,
  `used_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `role_grants_user` (`user_id`,`from_at`),
  KEY `role_grants_node` (`node_id`,`role`),
  CONSTRAINT `role_grants_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `role_grants_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
  CONSTRAINT `role_grants_status` CHECK (`status` in ('given','ended')),
  CONSTRAINT `role_grants_used` CHECK (`used_at` is null or `until_at` is null or `used_at` < `until_at`),
  CONSTRAINT `role_grants_role` CHECK (`role` in ('grid_leader','grid_worker','property_worker','building_head','unit_head','centre_household','unit_liaison','responder','area_leader','secretary','street','county','auditor'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `roster` (
  `unit_id` bigint(20) NOT NULL,
  `name_lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `imported_at` datetime(3) NOT NULL,
  `people` smallint(6) NOT NULL DEFAULT 1,
  PRIMARY KEY (`unit_id`,`name_lookup`),
  CONSTRAINT `roster_unit_fk` FOREIGN KEY (`unit_id`) REFERENCES `nodes` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `roster_phones` (
  `unit_id` bigint(20) NOT NULL,
  `name_lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `phone_lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `imported_at` datetime(3) NOT NULL,
  PRIMARY KEY (`unit_id`,`name_lookup`,`phone_lookup`),
  CONSTRAINT `roster_phones_unit_fk` FOREIGN KEY (`unit_id`) REFERENCES `nodes` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `seal_keys` (
  `key_id` varchar(16) NOT NULL,
  `probe` varbinary(100) NOT NULL,
  `since` datetime(3) NOT NULL,
  PRIMARY KEY (`key_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `service_records` (
  `id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `activity_id` bigint(20) DEFAULT NULL,
  `team_id` bigint(20) DEFAULT NULL,
  `node_id` bigint(20) NOT NULL,
  `title` varchar(60) NOT NULL,
  `started_at` datetime(3) NOT NULL,
  `ended_at` datetime(3) NOT NULL,
  `minutes` int(11) NOT NULL,
  `note` varchar(400) NOT NULL DEFAULT '',
  `source` varchar(12) NOT NULL,
  `status` varchar(16) NOT NULL,
  `recorder_id` bigint(20) NOT NULL,
  `corrects_id` bigint(20) DEFAULT NULL,
  `member_node_id` bigint(20) NOT NULL,
  `unit_id` bigint(20) DEFAULT NULL,
  `reviews` tinyint(4) NOT NULL DEFAULT 0,
  `due` tinyint(4) NOT NULL DEFAULT 1,
  `stage_node_id` bigint(20) NOT NULL,
  `is_offline` tinyint(1) NOT NULL DEFAULT 0,
  `is_sample` tinyint(1) NOT NULL DEFAULT 0,
  `recorded_at` datetime(3) NOT NULL,
  `credited_at` datetime(3) DEFAULT NULL,
  `credit_event_id` bigint(20) DEFAULT NULL,
  `escalated_at` datetime(3) DEFAULT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `is_unseen` tinyint(1) NOT NULL DEFAULT 0,
  `origin_id` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `service_records_corrects` (`corrects_id`),
  KEY `service_records_user` (`user_id`,`status`,`started_at`),
  KEY `service_records_mine` (`user_id`,`id`),
  KEY `service_records_node` (`node_id`,`status`,`id`),
  KEY `service_records_stage` (`status`,`stage_node_id`,`id`),
  KEY `service_records_activity` (`activity_id`,`user_id`),
  KEY `service_records_recorder` (`recorder_id`,`recorded_at`),
  KEY `service_records_people` (`member_node_id`,`user_id`),
  KEY `service_records_origin` (`origin_id`,`status`),
  CONSTRAINT `service_records_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `service_records_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
  CONSTRAINT `service_records_source` CHECK (`source` in ('activity','self','correction')),
  CONSTRAINT `service_records_status` CHECK (`status` in ('recorded','confirmed','credited','rejected','corrected')),
  CONSTRAINT `service_records_minutes` CHECK (`minutes` >= 0 and (`minutes` > 0 or `source` = 'correction') and `ended_at` > `started_at`),
  CONSTRAINT `service_records_credit` CHECK (`status` not in ('credited','corrected') or `credit_event_id` is not null)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `signups` (
  `id` bigint(20) NOT NULL,
  `activity_id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `status` varchar(16) NOT NULL,
  `place` int(11) NOT NULL,
  `recorder_id` bigint(20) DEFAULT NULL,
  `is_late` tinyint(1) NOT NULL DEFAULT 0,
  `reminded_at` datetime(3) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `live_signup_user_id` bigint(20) GENERATED ALWAYS AS (case when `status` in ('confirmed','waitlisted','attended','absent') then `user_id` end) STORED,
  `skipped_for` bigint(20) DEFAULT NULL,
  `cancelled_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `signups_place` (`activity_id`,`place`),
  UNIQUE KEY `signups_live` (`activity_id`,`live_signup_user_id`),
  KEY `signups_order` (`activity_id`,`status`,`place`),
  KEY `signups_user` (`user_id`,`status`,`id`),
  KEY `signups_remind` (`status`,`reminded_at`,`activity_id`),
  CONSTRAINT `signups_activity_fk` FOREIGN KEY (`activity_id`) REFERENCES `activities` (`id`),
  CONSTRAINT `signups_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
  CONSTRAINT `signups_status` CHECK (`status` in ('confirmed','waitlisted','attended','absent','cancelled'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `subscriptions` (
  `user_id` bigint(20) NOT NULL,
  `template` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `accepts` int(11) NOT NULL,
  `ahead` int(11) NOT NULL,
  `since` datetime(3) NOT NULL,
  PRIMARY KEY (`user_id`,`template`),
  KEY `subscriptions_accepted` (`template`,`accepts`,`user_id`),
  CONSTRAINT `subscriptions_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
  CONSTRAINT `subscriptions_accepts` CHECK (`accepts` >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `subscription_messages` (
  `id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `template` varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `event_id` bigint(20) DEFAULT NULL,
  `digest_day` char(10) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `status` varchar(12) NOT NULL,
  `message_id` varchar(40) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `created_at` datetime(3) NOT NULL,
  `changed_at` datetime(3) NOT NULL,
  `live_user_id` bigint(20) GENERATED ALWAYS AS (case when `status` in ('queued','sending') then `user_id` end) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `subscription_messages_event` (`user_id`,`event_id`),
  UNIQUE KEY `subscription_messages_day` (`user_id`,`digest_day`),
  UNIQUE KEY `subscription_messages_live` (`live_user_id`),
  UNIQUE KEY `subscription_messages_wechat` (`message_id`),
  CONSTRAINT `subscription_messages_status` CHECK (`status` in ('queued','sending','sent','read','empty','refused','failed','uncertain')),
  CONSTRAINT `subscription_messages_about` CHECK (`event_id` is null <> (`digest_day` is null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `teams` (
  `id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `name` varchar(40) NOT NULL,
  `intro` varchar(400) NOT NULL DEFAULT '',
  `invite_code` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `invite_sealed` varbinary(200) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `created_at` datetime(3) NOT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `teams_name` (`node_id`,`name`),
  UNIQUE KEY `teams_invite` (`invite_code`),
  CONSTRAINT `teams_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `teams_status` CHECK (`status` in ('active','closed'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `team_members` (
  `id` bigint(20) NOT NULL,
  `team_id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `role` varchar(8) NOT NULL,
  `status` varchar(16) NOT NULL,
  `recorder_id` bigint(20) DEFAULT NULL,
  `requested_at` datetime(3) NOT NULL,
  `decided_at` datetime(3) DEFAULT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `live_team_user_id` bigint(20) GENERATED ALWAYS AS (case when `status` in ('requested','invited','active') then `user_id` end) STORED,
  `leading_team_id` bigint(20) GENERATED ALWAYS AS (case when `status` = 'active' and `role` = 'leader' then `team_id` end) STORED,
  `inviter_id` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `team_members_live` (`team_id`,`live_team_user_id`),
  UNIQUE KEY `team_members_leading` (`leading_team_id`),
  KEY `team_members_team` (`team_id`,`status`,`id`),
  KEY `team_members_user` (`user_id`,`status`,`id`),
  CONSTRAINT `team_members_team_fk` FOREIGN KEY (`team_id`) REFERENCES `teams` (`id`),
  CONSTRAINT `team_members_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
  CONSTRAINT `team_members_role` CHECK (`role` in ('leader','deputy','member')),
  CONSTRAINT `team_members_status` CHECK (`status` in ('requested','invited','active','left','rejected')),
  CONSTRAINT `team_members_inviter` CHECK (`status` <> 'invited' or `inviter_id` is not null)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `terms` (
  `code` varchar(12) NOT NULL,
  `from_at` datetime(3) NOT NULL,
  `accept_amount` smallint(6) NOT NULL,
  `accept_unit` varchar(8) NOT NULL,
  `work_amount` smallint(6) NOT NULL,
  `work_unit` varchar(8) NOT NULL,
  PRIMARY KEY (`code`,`from_at`),
  CONSTRAINT `terms_code` CHECK (`code` in ('urgent','utility','ordinary','complex')),
  CONSTRAINT `terms_accept_unit` CHECK (`accept_unit` in ('hour','day','workday')),
  CONSTRAINT `terms_work_unit` CHECK (`work_unit` in ('hour','day','workday')),
  CONSTRAINT `terms_amounts` CHECK (`accept_amount` > 0 and `work_amount` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `texts` (
  `id` bigint(20) NOT NULL,
  `noun` varchar(20) NOT NULL,
  `subject_id` bigint(20) NOT NULL,
  `field` varchar(20) NOT NULL,
  `writer_id` bigint(20) DEFAULT NULL,
  `body` varchar(1000) NOT NULL,
  `is_held` tinyint(1) NOT NULL,
  `is_queued` tinyint(1) NOT NULL,
  `verdict` varchar(8) NOT NULL,
  `checked_by` varchar(8) NOT NULL DEFAULT '',
  `suggest` varchar(8) NOT NULL DEFAULT '',
  `label` int(11) NOT NULL DEFAULT 0,
  `hits` varchar(800) NOT NULL DEFAULT '',
  `list_version` varchar(20) NOT NULL DEFAULT '',
  `written_at` datetime(3) NOT NULL,
  `decided_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `texts_subject` (`noun`,`subject_id`,`field`,`id`),
  KEY `texts_verdict` (`verdict`,`is_queued`,`id`),
  KEY `texts_writer` (`writer_id`,`verdict`,`id`),
  CONSTRAINT `texts_verdict` CHECK (`verdict` in ('checking','waiting','passed','refused','replaced')),
  CONSTRAINT `texts_checked_by` CHECK (`checked_by` in ('','wechat','local','staff')),
  CONSTRAINT `texts_decided` CHECK (`verdict`  not like '%ing' = (`decided_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `unseen_rules` (
  `since` datetime(3) NOT NULL,
  `people` int(11) NOT NULL,
  `percent` int(11) NOT NULL,
  PRIMARY KEY (`since`),
  CONSTRAINT `unseen_rules_percent` CHECK (`people` >= 0 and `percent` between 0 and 100)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `users` (
  `id` bigint(20) NOT NULL,
  `open_id` varchar(64) DEFAULT NULL,
  `recorded_by` bigint(20) DEFAULT NULL,
  `display_name` varchar(30) NOT NULL,
  `home_node_id` bigint(20) DEFAULT NULL,
  `elder_view` tinyint(1) NOT NULL DEFAULT 0,
  `show_on_boards` tinyint(1) NOT NULL DEFAULT 0,
  `phone` varbinary(255) DEFAULT NULL,
  `phone_lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `phone_label` varchar(20) NOT NULL DEFAULT '',
  `status` varchar(16) NOT NULL DEFAULT 'active',
  `version` int(11) NOT NULL DEFAULT 1,
  `created_at` datetime(3) NOT NULL,
  `uses` int(11) NOT NULL DEFAULT 0,
  `union_id` varchar(64) DEFAULT NULL,
  `left_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `users_open_id` (`open_id`),
  UNIQUE KEY `users_phone` (`phone_lookup`),
  KEY `users_home` (`home_node_id`,`id`),
  KEY `users_left` (`left_at`),
  CONSTRAINT `users_status` CHECK (`status` in ('active','leaving','deleted')),
  CONSTRAINT `users_left` CHECK (`status` = 'leaving' = (`left_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `visits` (
  `id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `leader_id` bigint(20) NOT NULL,
  `owner_id` bigint(20) DEFAULT NULL,
  `recorder_id` bigint(20) DEFAULT NULL,
  `subject` varchar(120) NOT NULL DEFAULT '',
  `place` varchar(60) NOT NULL,
  `starts_at` datetime(3) DEFAULT NULL,
  `ends_at` datetime(3) DEFAULT NULL,
  `with_whom` varchar(120) NOT NULL DEFAULT '',
  `created_at` datetime(3) NOT NULL,
  `held_at` datetime(3) DEFAULT NULL,
  `closed_at` datetime(3) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  KEY `visits_node` (`node_id`,`status`,`starts_at`),
  KEY `visits_leader` (`leader_id`,`id`),
  KEY `visits_owner` (`owner_id`,`id`),
  KEY `visits_status` (`status`,`id`),
  CONSTRAINT `visits_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `visits_status` CHECK (`status` in ('planned','invited','held','closed','cancelled')),
  CONSTRAINT `visits_times` CHECK (`starts_at` is null = (`ends_at` is null) and `starts_at` < `ends_at`),
  CONSTRAINT `visits_planned` CHECK (`starts_at` is not null or `status` not in ('planned','held','closed')),
  CONSTRAINT `visits_held` CHECK (`held_at` is null = `status` not in ('held','closed')),
  CONSTRAINT `visits_closed` CHECK (`status` = 'closed' = (`closed_at` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `visit_needs` (
  `visit_id` bigint(20) NOT NULL,
  `position` smallint(6) NOT NULL,
  `need_id` bigint(20) NOT NULL,
  `promise` varchar(120) NOT NULL DEFAULT '',
  PRIMARY KEY (`visit_id`,`position`),
  UNIQUE KEY `visit_needs_need` (`need_id`),
  CONSTRAINT `visit_needs_need_fk` FOREIGN KEY (`need_id`) REFERENCES `needs` (`id`),
  CONSTRAINT `visit_needs_visit_fk` FOREIGN KEY (`visit_id`) REFERENCES `visits` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `volunteers` (
  `user_id` bigint(20) NOT NULL,
  `number` char(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `given_at` datetime(3) NOT NULL,
  PRIMARY KEY (`user_id`),
  UNIQUE KEY `volunteers_number` (`number`),
  CONSTRAINT `volunteers_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `wechat_pushes` (
  `digest` char(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `received_at` datetime(3) NOT NULL,
  `is_done` tinyint(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (`digest`),
  KEY `wechat_pushes_received` (`received_at`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `wishes` (
  `id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `year` smallint(6) NOT NULL,
  `number` int(11) NOT NULL,
  `owner_id` bigint(20) DEFAULT NULL,
  `recorder_id` bigint(20) DEFAULT NULL,
  `consent` varchar(8) DEFAULT NULL,
  `consent_note` varchar(400) NOT NULL DEFAULT '',
  `category` varchar(20) NOT NULL,
  `is_sensitive` tinyint(1) NOT NULL,
  `title` varchar(40) NOT NULL,
  `description` varchar(600) NOT NULL,
  `effort` varchar(16) DEFAULT NULL,
  `suits` varchar(16) DEFAULT NULL,
  `estate` varchar(40) NOT NULL DEFAULT '',
  `owner_label` varchar(20) NOT NULL,
  `points` int(11) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `created_at` datetime(3) NOT NULL,
  `submitted_at` datetime(3) NOT NULL,
  `published_at` datetime(3) DEFAULT NULL,
  `published_by` bigint(20) DEFAULT NULL,
  `escalated_at` datetime(3) DEFAULT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `need_id` bigint(20) DEFAULT NULL,
  `waits_since` datetime(3) GENERATED ALWAYS AS (case when `status` = 'submitted' and `escalated_at` is null then `submitted_at` end) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `wishes_number` (`node_id`,`year`,`number`),
  UNIQUE KEY `wishes_need` (`need_id`),
  KEY `wishes_hall` (`status`,`id`),
  KEY `wishes_node` (`node_id`,`id`),
  KEY `wishes_hall_node` (`node_id`,`status`,`id`),
  KEY `wishes_owner` (`owner_id`,`id`),
  KEY `wishes_recorder` (`recorder_id`,`id`),
  KEY `wishes_waiting` (`waits_since`),
  KEY `wishes_hall_category` (`status`,`category`,`id`),
  KEY `wishes_hall_node_category` (`node_id`,`status`,`category`,`id`),
  CONSTRAINT `wishes_need_fk` FOREIGN KEY (`need_id`) REFERENCES `needs` (`id`),
  CONSTRAINT `wishes_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `wishes_points` CHECK (`points` is null or `points` > 0),
  CONSTRAINT `wishes_status` CHECK (`status` in ('submitted','open','taken','fulfilled','rejected','withdrawn','expired')),
  CONSTRAINT `wishes_consent` CHECK (`consent` is null or `consent` in ('oral','paper')),
  CONSTRAINT `wishes_behalf` CHECK (`recorder_id` is null = (`consent` is null) and (`owner_id` is not null or `recorder_id` is not null)),
  CONSTRAINT `wishes_effort` CHECK (`effort` in ('half_hour','half_day')),
  CONSTRAINT `wishes_suits` CHECK (`suits` in ('daytime','evening','weekend','by_phone'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `wish_words` (
  `word` varchar(16) NOT NULL,
  `wish_id` bigint(20) NOT NULL,
  PRIMARY KEY (`word`,`wish_id`),
  KEY `wish_words_wish` (`wish_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `yes_rules` (
  `since` datetime(3) NOT NULL,
  `percent` int(11) NOT NULL,
  PRIMARY KEY (`since`),
  CONSTRAINT `yes_rules_percent` CHECK (`percent` between 0 and 100)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
