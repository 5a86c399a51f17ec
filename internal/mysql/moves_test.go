package mysql_test

import (
	"context"
	"database/sql"
	"io/fs"
	"maps"
	"testing"

	driver "github.com/go-sql-driver/mysql"
	"github.com/pressly/goose/v3"

	"xinyuan/internal/devstack/testdb"
	sqlfiles "xinyuan/sql"
)

// migrating is an empty database that is migrated step by step: rows of before a
// migration are written as they were, and read as they have become. Its connections mind
// no foreign keys, since what is moved needs no world around it: MySQL looks at those of
// each row where a migration adds a constraint.
type migrating struct {
	t    *testing.T
	pool *sql.DB
	with *goose.Provider
}

func newMigrating(t *testing.T) migrating {
	t.Helper()
	at, err := driver.ParseDSN(testdb.NewEmpty(t))
	must(t, err)
	at.Params = maps.Collect(maps.All(at.Params))
	at.Params["foreign_key_checks"] = "0"
	pool := raw(t, at.FormatDSN())
	files, err := fs.Sub(sqlfiles.Migrations, "migrations")
	must(t, err)
	with, err := goose.NewProvider(goose.DialectMySQL, pool, files)
	must(t, err)
	return migrating{t, pool, with}
}

// to applies all migrations up to this one.
func (m migrating) to(version int64) {
	m.t.Helper()
	_, err := m.with.UpTo(context.WithoutCancel(m.t.Context()), version)
	must(m.t, err)
}

func (m migrating) exec(statements ...string) {
	m.t.Helper()
	for _, s := range statements {
		_, err := m.pool.ExecContext(m.t.Context(), s)
		must(m.t, err)
	}
}

// want compares the first column of the first row with a text.
func (m migrating) want(query, want string) {
	m.t.Helper()
	var got sql.NullString
	must(m.t, m.pool.QueryRowContext(m.t.Context(), query).Scan(&got))
	if got.String != want {
		m.t.Errorf("%s: %s, want %s", query, got.String, want)
	}
}

// Each picture keeps its matter and, within it, its place, also where a wish was edited.
func TestPicturesMoveToAnyNoun(t *testing.T) {
	t.Parallel()
	m := newMigrating(t)
	m.to(239)
	const picture = "INSERT INTO media (id, owner_id, file, status, wish_id, claim_id, service_record_id, position, created_at, attached_at) VALUES "
	m.exec(
		picture+"(1, 9, REPEAT('a', 32), 'attached', 5, NULL, NULL, 1, '2026-01-01', '2026-01-01')", // left by the edit
		picture+"(2, 9, REPEAT('b', 32), 'attached', 5, NULL, NULL, 0, '2026-01-02', '2026-01-02')", // added by it
		picture+"(3, 9, REPEAT('c', 32), 'attached', NULL, 5, NULL, 0, '2026-01-03', '2026-01-03')",
		picture+"(4, 9, REPEAT('d', 32), 'attached', NULL, 5, NULL, 0, '2026-01-04', '2026-01-04')", // after a "not yet"
		picture+"(5, 9, REPEAT('e', 32), 'attached', NULL, NULL, 5, 0, '2026-01-05', '2026-01-05')",
		picture+"(6, 9, REPEAT('f', 32), 'waiting', NULL, NULL, NULL, 0, '2026-01-06', NULL)",
		picture+"(7, 9, REPEAT('g', 32), 'removed', NULL, NULL, NULL, 0, '2026-01-07', NULL)")
	m.to(242)
	for noun, want := range map[string]string{"wish": "2,1", "claim": "3,4", "service_record": "5"} {
		m.want("SELECT GROUP_CONCAT(id ORDER BY attached_at, position, id) FROM media WHERE noun = '"+noun+"' AND subject_id = 5", want)
	}
	m.want("SELECT GROUP_CONCAT(id ORDER BY id) FROM media WHERE noun IS NULL AND subject_id IS NULL", "6,7")
}

// Counting goes on where it was, in each place and year.
func TestNumbersMoveToOneTable(t *testing.T) {
	t.Parallel()
	m := newMigrating(t)
	m.to(242)
	m.exec("INSERT INTO wish_numbers VALUES (5, 2025, 7), (5, 2026, 1), (6, 2026, 12)",
		"INSERT INTO paper_numbers VALUES ('volunteer', 2026, 3), ('certificate', 2026, 4)")
	m.to(246)
	m.want("SELECT GROUP_CONCAT(kind, node_id, '/', period, '=', next_number ORDER BY kind, node_id, period) FROM numbers",
		"certificate0/2026=5,volunteer0/2026=4,wish5/2025=8,wish5/2026=2,wish6/2026=13")
}

// Contacts are carried over as they were sealed, and so are the readings of them.
func TestContactsMoveToAnyNoun(t *testing.T) {
	t.Parallel()
	m := newMigrating(t)
	m.to(246)
	m.exec(`INSERT INTO wishes (id, node_id, year, number, recorder_id, consent, category, is_sensitive, title, description, owner_label,
			contact_name, contact_phone, contact_address, contact_helper, contact_phone_lookup, status, created_at, submitted_at)
			VALUES
			(5, 3, 2026, 1, 9, 'oral', 'repair', 0, 't', 'd', 'l', X'010203', X'04', X'05FF', X'07', 'found', 'open', '2026-01-01', '2026-01-02')`,
		"INSERT INTO kept_contacts VALUES (9, X'0A', X'0B', X'0C', '2026-01-03')",
		"INSERT INTO contact_reads VALUES (1, 5, 7, 8, NULL, '', '2026-01-04'), (2, 5, 7, NULL, 6, 'why', '2026-01-05')")
	m.to(255)
	m.want(`SELECT GROUP_CONCAT(noun, id, part, HEX(name), '.', HEX(phone), '.', HEX(address), '.', COALESCE(HEX(helper), '-'),
		COALESCE(phone_lookup, '-'), DATE(saved_at) ORDER BY noun) FROM contacts`,
		"user9owner0A.0B.0C.--2026-01-03,wish5owner010203.04.05FF.07found2026-01-02")
	m.want(`SELECT GROUP_CONCAT(id, noun, subject_id, part, reader_id, COALESCE(by_noun, '-'), COALESCE(by_id, '-'),
		COALESCE(grant_id, '-'), reason ORDER BY id) FROM contact_reads`,
		"1wish5owner7claim8-,2wish5owner7--6why")
}

// A record names the event that credited it, and everybody who confirmed it.
func TestReviewsMoveOutOfHistory(t *testing.T) {
	t.Parallel()
	m := newMigrating(t)
	m.to(289)
	const record = `INSERT INTO service_records (id, user_id, node_id, title, started_at, ended_at, minutes, source, status, recorder_id,
		member_node_id, stage_node_id, recorded_at, reviews, version) VALUES `
	const event = "INSERT INTO events (id, noun, subject_id, version, name, actor_id, grant_id, from_status, to_status, at) VALUES "
	row := func(id, status, reviews string) string {
		return record + "(" + id + ", 9, 3, 't', '2026-01-01 01:00', '2026-01-01 02:00', 60, 'self', '" + status +
			"', 9, 3, 3, '2026-01-02', " + reviews + ", 1)"
	}
	m.exec(row("5", "corrected", "2"), row("6", "confirmed", "1"), row("7", "rejected", "0"),
		event+`(50, 'service_record', 5, 1, 'create', 9, NULL, '', 'recorded', '2026-01-02'),
			(51, 'service_record', 5, 2, 'confirm', 10, 20, 'recorded', 'confirmed', '2026-01-03'),
			(52, 'service_record', 5, 3, 'credit', 11, 21, 'confirmed', 'credited', '2026-01-04'),
			(53, 'service_record', 5, 4, 'correct', 12, 22, 'credited', 'corrected', '2026-01-05'),
			(54, 'service_record', 6, 2, 'confirm', 13, NULL, 'recorded', 'confirmed', '2026-01-05'),
			(55, 'service_record', 7, 2, 'reject', 14, 23, 'recorded', 'rejected', '2026-01-05'),
			(56, 'claim', 6, 2, 'confirm', 15, NULL, 'delivered', 'confirmed', '2026-01-05')`)
	m.to(295)
	m.want("SELECT GROUP_CONCAT(id, ':', COALESCE(credit_event_id, '-') ORDER BY id) FROM service_records", "5:52,6:-,7:-")
	m.want("SELECT GROUP_CONCAT(record_id, ':', event_id, ' ', reviewer_id, ' ', COALESCE(grant_id, '-') ORDER BY event_id) FROM record_reviews",
		"5:51 10 20,5:52 11 21,6:54 13 -")
}

// A claim names its approval, the confirmation that stands and the owner's undoing; an objection who recorded what it is
// about, and what it changed.
func TestConfirmationsMoveOutOfHistory(t *testing.T) {
	t.Parallel()
	m := newMigrating(t)
	m.to(295)
	const claim = "INSERT INTO claims (id, wish_id, claimant_id, membership_id, member_node_id, unit_id, status, approved_by, requested_at) VALUES "
	const event = "INSERT INTO events (id, noun, subject_id, version, name, actor_id, grant_id, from_status, to_status, at) VALUES "
	const objection = "INSERT INTO objections (id, user_id, node_id, claim_id, text, status, points, created_at, decided_at) VALUES "
	m.exec(
		claim+"(5, 1, 9, 1, 3, 4, 'confirmed', 20, '2026-01-01'), (6, 2, 9, 1, 3, 4, 'delivered', 20, '2026-01-01')",
		claim+"(7, 3, 9, 1, 3, 4, 'declined', NULL, '2026-01-01'), (8, 4, 9, 1, 3, 4, 'requested', NULL, '2026-01-01')",
		event+`(50, 'claim', 5, 2, 'approve', 20, 30, 'requested', 'approved', '2026-01-02'),
			(51, 'claim', 5, 4, 'confirm', 21, NULL, 'delivered', 'confirmed', '2026-01-03'),
			(52, 'claim', 5, 5, 'undo', 21, NULL, 'confirmed', 'delivered', '2026-01-04'),
			(53, 'claim', 5, 6, 'confirm', 22, 32, 'delivered', 'confirmed', '2026-01-05'),
			(55, 'claim', 5, 7, 'correct', 23, 33, 'confirmed', 'confirmed', '2026-01-07'),
			(60, 'claim', 6, 2, 'approve', 20, 31, 'requested', 'approved', '2026-01-02'),
			(61, 'claim', 6, 4, 'confirm', 22, 32, 'delivered', 'confirmed', '2026-01-03'),
			(62, 'claim', 6, 5, 'undo', 24, 34, 'confirmed', 'delivered', '2026-01-04')`,
		objection+`(54, 9, 3, 5, 't', 'upheld', 4, '2026-01-06', '2026-01-07'), (56, 9, 3, 5, 't', 'open', NULL, '2026-01-08', NULL)`)
	m.to(301)
	m.want(`SELECT GROUP_CONCAT(id, ':', COALESCE(approval_grant_id, '-'), ' ', COALESCE(confirm_event_id, '-'), ' ',
		COALESCE(DATE(owner_undone_at), '-') ORDER BY id) FROM claims`, "5:30 53 2026-01-04,6:31 - -,7:- - -,8:- - -")
	m.want("SELECT GROUP_CONCAT(id, ':', COALESCE(recorder_id, '-'), ' ', COALESCE(correct_event_id, '-') ORDER BY id) FROM objections",
		"54:22 55,56:22 -")
}

// A complaint shows its last answer, a join who made it last.
func TestAnswersMoveOutOfHistory(t *testing.T) {
	t.Parallel()
	m := newMigrating(t)
	m.to(301)
	const event = "INSERT INTO events (id, noun, subject_id, version, name, actor_id, from_status, to_status, reason, at) VALUES "
	m.exec(`INSERT INTO complaints (id, author_id, node_id, desk_id, kind, text, status, created_at, asked_at) VALUES
			(5, 9, 3, 3, 'complaint', 't', 'answered', '2026-01-01', '2026-01-01'), (6, 9, 3, 3, 'complaint', 't', 'open', '2026-01-01', '2026-01-01')`,
		"INSERT INTO hour_joins (id, person_id, account_id, node_id, status, joined_at) VALUES (7, 8, 9, 3, 'joined', '2026-01-01')",
		event+`(50, 'complaint', 5, 2, 'answer', 10, 'open', 'answered', '快了', '2026-01-02'),
			(51, 'complaint', 5, 3, 'reopen', 9, 'answered', 'open', '没有', '2026-01-03'),
			(52, 'complaint', 5, 4, 'answer', 11, 'open', 'answered', '办好了', '2026-01-04'),
			(53, 'join', 7, 1, 'create', 12, '', 'joined', '', '2026-01-01'),
			(54, 'join', 7, 2, 'undo', 13, 'joined', 'undone', '', '2026-01-02'),
			(55, 'join', 7, 3, 'join', 14, 'undone', 'joined', '', '2026-01-03')`)
	m.to(307)
	m.want("SELECT GROUP_CONCAT(id, answer ORDER BY id) FROM complaints", "5办好了,6")
	m.want("SELECT joined_by FROM hour_joins", "14")
}
