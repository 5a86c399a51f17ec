-- The schema that all migrations make together, as MariaDB tells it: to read, not to run.
-- Written by: go generate ./internal/tidy

CREATE TABLE `board_totals` (
  `board` varchar(80) NOT NULL,
  `subject_id` bigint(20) NOT NULL,
  `score` bigint(20) NOT NULL,
  `version` bigint(20) NOT NULL,
  PRIMARY KEY (`board`,`subject_id`),
  KEY `board_totals_order` (`board`,`score`,`subject_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `categories` (
  `code` varchar(20) NOT NULL,
  `name` varchar(20) NOT NULL,
  `is_sensitive` tinyint(1) NOT NULL,
  `position` smallint(6) NOT NULL,
  `retired_at` datetime(3) DEFAULT NULL,
  PRIMARY KEY (`code`)
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
  `delivered_at` datetime(3) DEFAULT NULL,
  `confirmed_at` datetime(3) DEFAULT NULL,
  `delivery_note` varchar(600) NOT NULL DEFAULT '',
  `returns` int(11) NOT NULL DEFAULT 0,
  `disputed_at` datetime(3) DEFAULT NULL,
  `escalated_at` datetime(3) DEFAULT NULL,
  `rating` tinyint(4) DEFAULT NULL,
  `comment` varchar(400) NOT NULL DEFAULT '',
  `version` int(11) NOT NULL DEFAULT 1,
  `live_wish_id` bigint(20) GENERATED ALWAYS AS (case when `status` in ('requested','approved','delivered') then `wish_id` end) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `claims_live` (`live_wish_id`),
  KEY `claims_wish` (`wish_id`,`id`),
  KEY `claims_claimant` (`claimant_id`,`id`),
  KEY `claims_status` (`status`,`id`),
  CONSTRAINT `claims_wish_fk` FOREIGN KEY (`wish_id`) REFERENCES `wishes` (`id`),
  CONSTRAINT `claims_rating` CHECK (`rating` is null or `rating` between 1 and 5),
  CONSTRAINT `claims_status` CHECK (`status` in ('requested','approved','delivered','confirmed','declined','released','cancelled','lapsed'))
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

CREATE TABLE `contact_reads` (
  `id` bigint(20) NOT NULL,
  `wish_id` bigint(20) NOT NULL,
  `reader_id` bigint(20) NOT NULL,
  `claim_id` bigint(20) DEFAULT NULL,
  `grant_id` bigint(20) DEFAULT NULL,
  `reason` varchar(300) NOT NULL DEFAULT '',
  `read_at` datetime(3) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `contact_reads_wish` (`wish_id`,`id`),
  CONSTRAINT `contact_reads_right` CHECK (`claim_id` is not null or `grant_id` is not null)
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
  CONSTRAINT `inbox_part` CHECK (`part` in ('owner','recorder','claimant','invited','member','decider'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `installation` (
  `name` varchar(40) NOT NULL,
  `value` varchar(200) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `memberships` (
  `id` bigint(20) NOT NULL,
  `user_id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
  `unit_id` bigint(20) NOT NULL,
  `real_name` varbinary(255) NOT NULL,
  `name_label` varchar(40) NOT NULL,
  `status` varchar(16) NOT NULL,
  `requested_at` datetime(3) NOT NULL,
  `decided_at` datetime(3) DEFAULT NULL,
  `escalated_at` datetime(3) DEFAULT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  `active_user_id` bigint(20) GENERATED ALWAYS AS (case when `status` = 'active' then `user_id` end) STORED,
  `pending_user_id` bigint(20) GENERATED ALWAYS AS (case when `status` = 'requested' then `user_id` end) STORED,
  PRIMARY KEY (`id`),
  UNIQUE KEY `memberships_active` (`active_user_id`),
  UNIQUE KEY `memberships_pending` (`pending_user_id`),
  KEY `memberships_user` (`user_id`,`id`),
  KEY `memberships_status` (`status`,`id`),
  KEY `memberships_node` (`node_id`,`status`,`id`),
  CONSTRAINT `memberships_status` CHECK (`status` in ('requested','active','left','rejected'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `nodes` (
  `id` bigint(20) NOT NULL,
  `code` varchar(32) DEFAULT NULL,
  `kind` varchar(16) NOT NULL,
  `name` varchar(60) NOT NULL,
  `parent_id` bigint(20) DEFAULT NULL,
  `created_at` datetime(3) NOT NULL,
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

CREATE TABLE `points_accounts` (
  `id` bigint(20) NOT NULL,
  `kind` varchar(16) NOT NULL,
  `user_id` bigint(20) DEFAULT NULL,
  `unit` varchar(10) NOT NULL,
  `balance` bigint(20) NOT NULL DEFAULT 0,
  `version` bigint(20) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `points_accounts_user` (`user_id`,`unit`),
  CONSTRAINT `points_accounts_unit` CHECK (`unit` = 'points'),
  CONSTRAINT `points_accounts_kind` CHECK (`kind` in ('member','grant','correction')),
  CONSTRAINT `points_accounts_owner` CHECK (`kind` = 'member' = (`user_id` is not null)),
  CONSTRAINT `points_accounts_system` CHECK (`kind` = 'member' or `balance` = 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `points_rules` (
  `id` bigint(20) NOT NULL,
  `event` varchar(30) NOT NULL,
  `node_id` bigint(20) DEFAULT NULL,
  `version` int(11) NOT NULL,
  `points` int(11) NOT NULL,
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
  `unit_id` bigint(20) NOT NULL,
  `node_id` bigint(20) NOT NULL,
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
  KEY `points_transfers_caps` (`cause_account_id`,`cause_rule`,`deed_at`),
  KEY `points_transfers_rule_fk` (`rule_id`),
  CONSTRAINT `points_transfers_credit_fk` FOREIGN KEY (`credit_id`) REFERENCES `points_accounts` (`id`),
  CONSTRAINT `points_transfers_debit_fk` FOREIGN KEY (`debit_id`) REFERENCES `points_accounts` (`id`),
  CONSTRAINT `points_transfers_rule_fk` FOREIGN KEY (`rule_id`) REFERENCES `points_rules` (`id`),
  CONSTRAINT `points_transfers_two` CHECK (`debit_id` <> `credit_id`),
  CONSTRAINT `points_transfers_amount` CHECK (`amount` >= 0),
  CONSTRAINT `points_transfers_unit` CHECK (`unit` = 'points'),
  CONSTRAINT `points_transfers_kind` CHECK (`kind` in ('earn','correct')),
  CONSTRAINT `points_transfers_correction` CHECK (`kind` = 'correct' = (`corrects_id` is not null))
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
  PRIMARY KEY (`id`),
  KEY `role_grants_user` (`user_id`,`from_at`),
  KEY `role_grants_node` (`node_id`,`role`),
  CONSTRAINT `role_grants_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `role_grants_user_fk` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
  CONSTRAINT `role_grants_status` CHECK (`status` in ('given','ended')),
  CONSTRAINT `role_grants_role` CHECK (`role` in ('grid_leader','grid_worker','property_worker','building_head','unit_head','centre_household','unit_liaison','secretary','street','county','auditor'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `roster` (
  `unit_id` bigint(20) NOT NULL,
  `name_lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `imported_at` datetime(3) NOT NULL,
  PRIMARY KEY (`unit_id`,`name_lookup`),
  CONSTRAINT `roster_unit_fk` FOREIGN KEY (`unit_id`) REFERENCES `nodes` (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `users` (
  `id` bigint(20) NOT NULL,
  `open_id` varchar(64) NOT NULL,
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
  PRIMARY KEY (`id`),
  UNIQUE KEY `users_open_id` (`open_id`),
  UNIQUE KEY `users_phone` (`phone_lookup`),
  CONSTRAINT `users_status` CHECK (`status` = 'active')
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
  `owner_label` varchar(20) NOT NULL,
  `contact_name` varbinary(255) NOT NULL,
  `contact_phone` varbinary(255) NOT NULL,
  `contact_address` varbinary(600) NOT NULL,
  `contact_phone_lookup` varchar(60) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  `points` int(11) DEFAULT NULL,
  `status` varchar(16) NOT NULL,
  `created_at` datetime(3) NOT NULL,
  `submitted_at` datetime(3) NOT NULL,
  `published_at` datetime(3) DEFAULT NULL,
  `escalated_at` datetime(3) DEFAULT NULL,
  `version` int(11) NOT NULL DEFAULT 1,
  PRIMARY KEY (`id`),
  UNIQUE KEY `wishes_number` (`node_id`,`year`,`number`),
  KEY `wishes_hall` (`status`,`id`),
  KEY `wishes_node` (`node_id`,`id`),
  KEY `wishes_hall_node` (`node_id`,`status`,`id`),
  KEY `wishes_owner` (`owner_id`,`id`),
  KEY `wishes_recorder` (`recorder_id`,`id`),
  CONSTRAINT `wishes_node_fk` FOREIGN KEY (`node_id`) REFERENCES `nodes` (`id`),
  CONSTRAINT `wishes_points` CHECK (`points` is null or `points` > 0),
  CONSTRAINT `wishes_status` CHECK (`status` in ('submitted','open','taken','fulfilled','rejected','withdrawn','expired')),
  CONSTRAINT `wishes_consent` CHECK (`consent` is null or `consent` in ('oral','paper')),
  CONSTRAINT `wishes_behalf` CHECK (`recorder_id` is null = (`consent` is null) and (`owner_id` is not null or `recorder_id` is not null))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `wish_numbers` (
  `node_id` bigint(20) NOT NULL,
  `year` smallint(6) NOT NULL,
  `last_number` int(11) NOT NULL,
  PRIMARY KEY (`node_id`,`year`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE `wish_words` (
  `word` varchar(16) NOT NULL,
  `wish_id` bigint(20) NOT NULL,
  PRIMARY KEY (`word`,`wish_id`),
  KEY `wish_words_wish` (`wish_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
