package tidy

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/account"
	"xinyuan/internal/agreement"
	"xinyuan/internal/assignment"
	"xinyuan/internal/ballot"
	"xinyuan/internal/certificate"
	"xinyuan/internal/clock"
	"xinyuan/internal/complaint"
	"xinyuan/internal/contact"
	"xinyuan/internal/content"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/duty"
	"xinyuan/internal/id"
	"xinyuan/internal/media"
	"xinyuan/internal/moderation"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/offer"
	"xinyuan/internal/org"
	"xinyuan/internal/points"
	"xinyuan/internal/retention"
	"xinyuan/internal/state"
	"xinyuan/internal/subscription"
	"xinyuan/internal/term"
	"xinyuan/internal/wish"
)

var update = flag.Bool("update", false, "write sql/schema.sql instead of comparing it")

const (
	schemaFile = root + "/sql/schema.sql"
	schemaHead = `-- The schema that all migrations make together, as MariaDB tells it: to read, not to run.
-- Written by: go generate ./internal/tidy
`
)

// TestSchemaIsFresh compares schema.sql with what the migrations make of an
// empty database.
func TestSchemaIsFresh(t *testing.T) {
	dsn := testdb.NewEmpty(t)
	if err := mysql.Migrate(t.Context(), dsn, nil); err != nil {
		t.Fatal(err)
	}
	db, err := mysql.Open(t.Context(), dsn, mysql.Options{Business: clock.System()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	maria := strings.Contains(ask(t, db, "SELECT VERSION()")[0], "MariaDB")
	switch {
	case !maria && *update:
		t.Fatal("schema.sql is written as MariaDB tells it: run this with MariaDB")
	case !maria:
		t.Log("MySQL tells a schema in other words: only the names and types of the columns are compared")
		compareColumns(t, db)
	case *update:
		if err := os.WriteFile(schemaFile, []byte(describe(t, db)), 0o644); err != nil {
			t.Fatal(err)
		}
	case describe(t, db) != schema(t):
		t.Error("sql/schema.sql is not what the migrations make: run go generate ./internal/tidy")
	}
}

// describe is the text of schema.sql for the database.
func describe(t *testing.T, db *mysql.DB) string {
	t.Helper()
	counter := regexp.MustCompile(` AUTO_INCREMENT=\d+| DEFINER=\S+`)
	var b strings.Builder
	b.WriteString(schemaHead)
	for _, table := range ask(t, db, "SELECT table_name FROM information_schema.tables"+
		" WHERE table_schema = DATABASE() AND table_name <> 'goose_db_version' ORDER BY table_name") {
		ddl := ask(t, db, "SHOW CREATE TABLE "+table)[1]
		fmt.Fprintf(&b, "\n%s;\n", counter.ReplaceAllString(ddl, ""))
	}
	return b.String()
}

// compareColumns is for servers that write DDL in their own way.
func compareColumns(t *testing.T, db *mysql.DB) {
	t.Helper()
	width := regexp.MustCompile(`^((?:big|small|tiny|)int)\(\d+\)$`) // which MySQL no longer tells
	column := regexp.MustCompile("(?m)^  `(\\w+)` (\\S+)")
	var want []string
	for name, body := range tables(t) {
		for _, c := range column.FindAllStringSubmatch(body, -1) {
			want = append(want, name+"."+c[1]+" "+width.ReplaceAllString(strings.TrimSuffix(c[2], ","), "$1"))
		}
	}
	got := ask(t, db, "SELECT CONCAT(table_name, '.', column_name, ' ', REPLACE(column_type, 'tinyint(1)', 'tinyint'))"+
		" FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name <> 'goose_db_version'"+
		" AND table_name NOT IN (SELECT v.table_name FROM information_schema.views v WHERE v.table_schema = DATABASE())")
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the columns are\n%s\nand sql/schema.sql has\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// ask returns all values of all rows that a query finds.
func ask(t *testing.T, db *mysql.DB, query string) (values []string) {
	t.Helper()
	rows, err := db.Pool().QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer func() {
		if err := rows.Close(); err != nil {
			t.Error(err)
		}
	}()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	row, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for _, v := range row {
			values = append(values, v.String)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return values
}

func schema(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// tables are the CREATE TABLE statements of schema.sql by their tables.
func tables(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, m := range regexp.MustCompile("(?s)CREATE TABLE `(\\w+)` (.*?);\n").FindAllStringSubmatch(schema(t), -1) {
		all[m[1]] = m[2]
	}
	return all
}

// words are the values of a list of constants.
func words[S ~string](list []S) []string {
	all := make([]string, len(list))
	for i, w := range list {
		all[i] = string(w)
	}
	return slices.Sorted(slices.Values(all))
}

// lists are the words that the database knows too, by the constraint or the
// column that has them.
func lists() map[string][]string {
	all := map[string][]string{
		"certificates_name_source": words(certificate.NameSources()),
		"complaints_kind":          words(complaint.Kinds()),
		"case_parties_reason":      words(moderation.Reasons()),
		"content_cases_kind":       words(moderation.Kinds()),
		"texts_verdict":            words(content.Verdicts()),
		"media_verdict":            words(media.Verdicts()),
		"live_user_id":             words([]subscription.Status{subscription.Queued, subscription.Sending}),

		"subscription_messages_status": words(subscription.Statuses()),
		"texts_checked_by":             words(content.Checkers()),
		"needs_category":               words(need.Categories()),
		"needs_origin":                 words(need.Origins()),
		"needs_reject_reason":          words(need.Rejections()),
		"needs_result":                 words(need.Results()),
		"needs_solved":                 words(need.AllSolved()),
		"needs_consent":                words([]need.Consent{need.ConsentOral, need.ConsentPaper}),
		"needs_term_code":              words(term.Codes()),
		"assignments_term_code":        words(term.Codes()),
		"assignments_kind":             words(assignment.Kinds()),
		"duties_kind":                  words(duty.Kinds()),
		"agreements_node_body":         words(agreement.Bodies()),
		"agreements_unit_body":         words(agreement.Bodies()),
		"agreement_lines_kind":         words(agreement.Kinds()),
		"agreement_lines_counts":       words(slices.DeleteFunc(agreement.Kinds(), agreement.Kind.HasOffer)),
		"ballot_voices_choice":         words(ballot.Choices()),
		"offers_kind":                  words(offer.Kinds()),
		"offer_lines_kind":             words(offer.LineKinds()),
		"offer_days_kind":              words(offer.DayKinds()),
		"bookings_audience":            words(offer.Audiences()),
		"terms_code":                   words(term.Codes()),
		"terms_accept_unit":            words(term.Units()),
		"terms_work_unit":              words(term.Units()),
		"calendar_days_kind":           words(term.DayKinds()),
		"contacts_spoken_how":          words(contact.Ways()),
		"recorded_yeses_how":           words([]wish.How{wish.HowVisit, wish.HowPhone}),
		"wishes_effort":                words(wish.Efforts()),
		"wishes_suits":                 words(wish.AllSuits()),
		"wishes_consent":               words([]wish.Consent{wish.ConsentOral, wish.ConsentPaper}),
		"media_status":                 words(media.Statuses()),
		"consents_document":            words(account.Documents()),
		"retention_rules_kind":         words(retention.Kinds()),
		"role_grants_role":             words(id.Roles()),
		"nodes_kind":                   words(org.Kinds()),
		"points_accounts_unit":         words([]points.Unit{points.UnitPoints, points.UnitMinutes}),
		"points_transfers_unit":        words([]points.Unit{points.UnitPoints, points.UnitMinutes}),
		"points_transfers_kind":        words([]points.Kind{points.KindEarn, points.KindCorrect}),
		"points_accounts_kind":         {"correction", "grant", "member"}, // known to the database alone
		"inbox_part": words([]state.Party{state.PartyOwner, state.PartyRecorder, state.PartyClaimant, state.PartyInvited,
			state.PartyMember, state.PartyDecider, state.PartyLeader, state.PartyVolunteer, state.PartySender,
			state.PartyResponder, state.PartyOverseer, state.PartyHandler, state.PartyFollower}),
		"team_members_role":      words(state.TeamRoles()),
		"activity_series_every":  words([]state.Repeat{state.RepeatWeek, state.RepeatMonth}),
		"attendances_in_mode":    words([]state.Mode{state.ModeLive, state.ModeOffline, state.ModeList}),
		"attendances_out_mode":   words([]state.Mode{state.ModeLive, state.ModeOffline, state.ModeList}),
		"service_records_source": words(state.Sources()),
		// only a correction may say that there was no service
		"service_records_minutes": words([]state.Source{state.SourceCorrection}),
		"live_team_user_id":       words([]state.TeamMemberStatus{state.TeamMemberRequested, state.TeamMemberInvited, state.TeamMemberActive}),
		"live_signup_user_id": words(slices.DeleteFunc(state.Signup.Statuses(),
			func(s state.SignupStatus) bool { return !s.IsLive() })),
		"live_wish_id": words(live(state.Claim.Statuses())),
		"live_lead": words(slices.DeleteFunc(state.Assignment.Statuses(),
			func(s state.AssignmentStatus) bool { return !s.IsLive() })),
	}
	for _, l := range state.All() {
		if l.Noun != state.Node.Noun { // places have no status
			all[l.Table+"_status"] = words(l.Statuses)
		}
	}
	return all
}

func live(statuses []state.ClaimStatus) []state.ClaimStatus {
	return slices.DeleteFunc(statuses, func(s state.ClaimStatus) bool { return !s.IsLive() })
}

func TestListsOfTheDatabaseEqualTheConstants(t *testing.T) {
	want := lists()
	list := regexp.MustCompile("(?m)^  (?:CONSTRAINT )?`(\\w+)` .*`\\w+` in \\(([^)]*)\\)" +
		"|^  CONSTRAINT `(\\w+)` .*`\\w+` = '(\\w+)'\\)") // a list of one
	for _, m := range list.FindAllStringSubmatch(schema(t), -1) {
		name, values := m[1]+m[3], m[2]+m[4]
		got := strings.Split(strings.ReplaceAll(values, "'", ""), ",")
		slices.Sort(got)
		switch constants, known := want[name]; {
		case !known:
			t.Errorf("%s lists %q: say in lists() which constants these are", name, got)
		case !slices.Equal(got, constants):
			t.Errorf("%s lists %q, the constants are %q: write a migration, or change the constants", name, got, constants)
		}
		delete(want, name)
	}
	for name := range want {
		t.Errorf("sql/schema.sql has no list %s: give the column a CHECK, or take it out of lists()", name)
	}
}
