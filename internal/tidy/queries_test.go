package tidy

import (
	"context"
	"go/ast"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/mysql"
	sqlfiles "xinyuan/sql"
)

// TestQueriesAreUsed looks for the name of each query in the code of the
// package that its file belongs to: sql/queries/wish.sql is internal/wish's.
func TestQueriesAreUsed(t *testing.T) {
	used := map[string]bool{}
	for _, name := range database(t).Names() {
		used[name] = false
	}
	for noun := range history() { // doctor puts these names together
		for _, name := range []string{"doctor." + noun + "_register", "doctor." + noun + "_status"} {
			switch _, query := used[name]; {
			case query:
				used[name] = true
			case name != "doctor.node_status": // places come in without a history
				t.Errorf("there is no query %s: doctor compares every noun with the register and with its history", name)
			}
		}
	}
	for f := range written(t) {
		if f.test {
			continue
		}
		for text, n := range f.texts() {
			if _, query := used[text]; !query {
				continue
			}
			used[text] = true
			if owner, _, _ := strings.Cut(text, "."); f.dir != "internal/"+owner {
				t.Errorf("%s: the query %s is internal/%s's: call a function of that package", at(n), text, owner)
			}
		}
	}
	for name, is := range used {
		if !is {
			t.Errorf("the query %s is used nowhere: take it out", name)
		}
	}
}

// TestEachPersonalTurnIsATodo holds that a noun whose turns are a person's, a team's or a body's, and not a desk's, says
// in its own file what is to be done then: task.todos collects that.
func TestEachPersonalTurnIsATodo(t *testing.T) {
	for noun := range history() {
		turns, err := os.ReadFile(filepath.Join(root, "sql", "queries", "doctor."+noun+".sql"))
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(turns), "-- fragment: "+noun+"_turns\n")
		fragment, _, _ := strings.Cut(rest, "\n\n")
		todo, _ := os.ReadFile(filepath.Join(root, "sql", "queries", "task."+noun+".sql"))
		personal, named := hasPersonalTurn(fragment), strings.Contains(string(todo), "-- fragment: "+noun+"_todo\n")
		if personal != named {
			t.Errorf("a %s is somebody's own turn: %v; sql/queries/task.%s.sql has the fragment %s_todo: %v",
				noun, personal, noun, noun, named)
		}
	}
}

// hasPersonalTurn tells whether one of the selects names a person or a team, its fourth and fifth columns, or is the
// turn of who answers for a body, its third.
func hasPersonalTurn(fragment string) bool {
	for _, one := range strings.Split(fragment, "UNION ALL") {
		columns := strings.Split(one, ",")
		if len(columns) < 5 {
			continue
		}
		part, person, team := strings.TrimSpace(columns[2]), strings.TrimSpace(columns[3]), strings.TrimSpace(columns[4])
		if person != "0" || team != "NULL" || part == "'responder'" {
			return true
		}
	}
	return false
}

// TestQueriesRun has the server prepare every query and plan it, with one number
// for every parameter that servers also take for a date.
func TestQueriesRun(t *testing.T) {
	db := database(t)
	if err := db.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, name := range db.Names() {
		if text := db.Text(name); !strings.HasPrefix(text, "INSERT") {
			if err := explain(t.Context(), db, text); err != nil {
				t.Errorf("query %s has no plan: %v", name, err)
			}
		}
	}
}

func explain(ctx context.Context, db *mysql.DB, text string) error {
	values := make([]any, strings.Count(quoted.ReplaceAllString(text, ""), "?"))
	for i := range values {
		values[i] = 20260101
	}
	rows, err := db.Pool().QueryContext(ctx, "EXPLAIN "+text, values...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		continue
	}
	return rows.Err()
}

var (
	changes = regexp.MustCompile(`^(UPDATE|DELETE)\s`)
	where   = regexp.MustCompile(`\sWHERE\s`)
	quoted  = regexp.MustCompile(`'[^']*'`)
	record  = regexp.MustCompile(`\b(INTO|UPDATE|FROM|TABLE|JOIN)\s+` + "`?" + `(events|matters|matter_turns|matter_parties|inbox|originals)\b`)
	ledger  = regexp.MustCompile(`\b(INTO|UPDATE|FROM|TABLE|JOIN)\s+` + "`?" + `points_`)
)

// TestPagesByTwoKeysBeginInTheIndex: where a page begins after two keys, as "a > ? OR (a = ? AND b > ?)", the server
// walks the index from its start. "a >= ? AND (a > ? OR b > ?)" says the same and begins where it should.
func TestPagesByTwoKeysBeginInTheIndex(t *testing.T) {
	db := database(t)
	for _, name := range db.Names() {
		if walks.MatchString(db.Text(name)) {
			t.Errorf("query %s walks its index from the start: say a >= ? AND (a > ? OR b > ?)", name)
		}
	}
}

var walks = regexp.MustCompile(`[<>] \? OR \(\S+ = \? AND`)

func TestQueriesChangeOnlyWhatTheyMean(t *testing.T) {
	db := database(t)
	for _, name := range db.Names() {
		text := db.Text(name)
		verb, _, _ := strings.Cut(text, " ")
		if changes.MatchString(text) && !where.MatchString(text) {
			t.Errorf("query %s changes every row: say WHERE", name)
		}
		if verb != "SELECT" && ledger.MatchString(target(text)) && !strings.HasPrefix(name, "points.") {
			t.Errorf("query %s writes the ledger: only internal/points does; add a function there", name)
		}
		if verb != "SELECT" && record.MatchString(target(text)) && !strings.HasPrefix(name, "matter.") {
			t.Errorf("query %s writes the history or the register: call matter.Save, which writes both", name)
		}
		switch verb {
		case "SELECT", "INSERT", "UPDATE", "DELETE":
		default:
			t.Errorf("query %s: a query selects, inserts, updates or deletes; migrations do the rest", name)
		}
	}
}

// ofRoleGrants are the queries that may name role_grants: those that write grants
// or check what was written. All others read grants_in_force, which knows when a
// deputy's grant ends with its giver's.
var ofRoleGrants = []string{
	"grant.add", "grant.lock", "grant.end", "matter.use_grant", "doctor.grant_status", "doctor.grant_register",
}

func TestGrantsAreReadByTheirView(t *testing.T) {
	db, grants := database(t), regexp.MustCompile(`\brole_grants\b`)
	for _, name := range db.Names() {
		switch names := grants.MatchString(db.Text(name)); {
		case names && !slices.Contains(ofRoleGrants, name):
			t.Errorf("query %s reads role_grants: read grants_in_force, in which a deputy's grant ends with its giver's", name)
		case !names && slices.Contains(ofRoleGrants, name):
			t.Errorf("query %s does not name role_grants: take it out of ofRoleGrants", name)
		}
	}
}

// lockingPeople are the queries that may lock rows of people and report-ins: those of
// org.HoldPeople and membership.HoldActive, which write the rows, too, and those
// whose transactions change the row. On a cluster a lock alone holds on one node only.
var lockingPeople = []string{
	"org.lock_people", "membership.active_for_update", "user.lock", "membership.lock", "membership.lock_active_of_same",
	"account.lock",
}

func TestPeopleAreHeldByWriting(t *testing.T) {
	db, locks := database(t), regexp.MustCompile(`(?s)^SELECT .*\bFROM (users|memberships)\b.*FOR UPDATE`)
	inner := regexp.MustCompile(`\([^()]*\)`) // what a subquery reads is not locked
	for _, name := range db.Names() {
		text := db.Text(name)
		for inner.MatchString(text) {
			text = inner.ReplaceAllString(text, "")
		}
		switch is := locks.MatchString(text); {
		case is && !slices.Contains(lockingPeople, name):
			t.Errorf("query %s locks people or report-ins and writes nothing: call org.HoldPeople or membership.HoldActive", name)
		case !is && slices.Contains(lockingPeople, name):
			t.Errorf("query %s locks neither people nor report-ins: take it out of lockingPeople", name)
		}
	}
}

// sharing are the queries that hold a row in share mode, and what writes it on a cluster.
var sharing = map[string]string{
	"offer.hold": "offer.use", "ballot.share": "ballot.use", "project.hold_brand": "project.use_brand",
}

// TestWhatIsSharedIsTouched holds a lock in share mode to a call of Touch in the same file: on a cluster that is what holds.
func TestWhatIsSharedIsTouched(t *testing.T) {
	db := database(t)
	for _, name := range db.Names() {
		if is := strings.Contains(db.Text(name), "LOCK IN SHARE MODE"); is != (sharing[name] != "") {
			t.Errorf("query %s holds in share mode: %t; sharing has it: %t", name, is, !is)
		}
	}
	touched := map[string]bool{}
	all, err := files()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		for query, touch := range sharing {
			if !f.test && strings.Contains(f.text, `"`+query+`"`) {
				touched[query] = strings.Contains(f.text, `tx.Touch("`+touch+`"`)
			}
		}
	}
	for query := range sharing {
		if !touched[query] {
			t.Errorf("who reads by %s does not touch by %s", query, sharing[query])
		}
	}
}

// ofHistory are the queries outside matter and doctor that may choose events by their
// names, and why.
var ofHistory = map[string]string{
	"complaint.concerned": "who refused something in a wish is nobody's state: only its history knows all of them",
}

// TestWhatIsTheCaseIsAColumn keeps queries from searching history for what a matter
// says of itself: such a search finds the wrong step as soon as there are two of the name.
func TestWhatIsTheCaseIsAColumn(t *testing.T) {
	db := database(t)
	for _, name := range db.Names() {
		if strings.HasPrefix(name, "matter.") || strings.HasPrefix(name, "doctor.") {
			continue
		}
		switch is := choosesEvents(db.Text(name)); {
		case is && ofHistory[name] == "":
			t.Errorf("query %s chooses events by their names: add a column that the step writes, and have doctor compare it", name)
		case !is && ofHistory[name] != "":
			t.Errorf("query %s chooses no events by their names: take it out of ofHistory", name)
		}
	}
	for text, want := range map[string]bool{
		"SELECT id FROM events WHERE noun = 'claim' AND name IN ('confirm', 'correct')":                    true,
		"SELECT 1 FROM claims c JOIN events e ON e.noun = 'claim' AND e.name = ?":                          true,
		"SELECT e.name, n.name FROM events e JOIN nodes n ON n.name = 'x' WHERE e.id = c.confirm_event_id": false,
		"SELECT CASE WHEN y.name LIKE 'u%' THEN 1 END FROM events AS y":                                    true,
	} {
		if choosesEvents(text) != want {
			t.Errorf("%s: chooses events by their names is not %t", text, want)
		}
	}
}

var ofEvents = regexp.MustCompile(`\bevents\b(?: (?:AS )?([a-z]\w*))?`)

// choosesEvents tells whether the query compares the names of events with something.
func choosesEvents(text string) bool {
	for _, found := range ofEvents.FindAllStringSubmatch(text, -1) {
		column := `(^|[^.\w])name`
		if found[1] != "" {
			column = `\b` + found[1] + `\.name`
		}
		if regexp.MustCompile(column + ` *(=|<>|<=>|!=|(NOT )?(IN|LIKE)\b)`).MatchString(text) {
			return true
		}
	}
	return false
}

// target is the part of a changing statement that names what is changed.
func target(text string) string {
	for _, end := range []string{" SELECT ", " SET ", " WHERE ", " VALUES "} {
		text, _, _ = strings.Cut(text, end)
	}
	return text
}

// database is a migrated database of the test's own.
func database(t *testing.T) *mysql.DB {
	t.Helper()
	db, err := mysql.Open(t.Context(), testdb.New(t), mysql.Options{Business: clock.System()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestMigrations(t *testing.T) {
	names, err := fs.Glob(sqlfiles.Migrations, "migrations/*")
	if err != nil || len(names) == 0 {
		t.Fatalf("no migrations: %v", err)
	}
	form := regexp.MustCompile(`^migrations/\d{5}_[a-z_]+\.sql$`)
	comment := regexp.MustCompile(`(?m)^--.*\n`)
	last := ""
	for _, name := range names { // in the order of their names
		number, _, _ := strings.Cut(name, "_")
		if !form.MatchString(name) || number == last {
			t.Errorf("%s: a migration is called 00001_<what>.sql and has a number of its own", name)
		}
		last = number
		text, err := fs.ReadFile(sqlfiles.Migrations, name)
		if err != nil {
			t.Fatal(err)
		}
		const up = "-- +goose Up\n"
		if !strings.HasPrefix(string(text), up) || strings.Count(string(text), "+goose") != 1 {
			t.Errorf("%s begins with %q and has no other: we go forward only, a mistake is put right by the next one",
				name, up)
		}
		statement := strings.TrimSpace(comment.ReplaceAllString(string(text), ""))
		if strings.Count(statement, ";") != 1 || !strings.HasSuffix(statement, ";") {
			t.Errorf("%s: one statement a file, since no server takes back a DDL when the next one fails", name)
		}
	}
}

// Each lifecycle of internal/state is one that history knows, so that no rule about all nouns forgets one.
func TestEveryNounIsKnown(t *testing.T) {
	known, found := history(), 0
	for f := range written(t) {
		if f.dir != "internal/state" || f.test {
			continue
		}
		for n := range ast.Preorder(f.tree) {
			pair, ok := n.(*ast.KeyValueExpr)
			if !ok || !isIdent(pair.Key, "Noun") {
				continue
			}
			if _, copied := pair.Value.(*ast.SelectorExpr); copied { // by Machine.lifecycle
				continue
			}
			found++
			if noun, ok := pair.Value.(*ast.BasicLit); !ok || known[strings.Trim(noun.Value, `"`)] == nil {
				t.Errorf("%s: lifecycles in lifecycle.go lacks this noun: add it there", at(pair))
			}
		}
	}
	if found != len(known) {
		t.Errorf("%d nouns in internal/state, state.All lists %d", found, len(known))
	}
}
