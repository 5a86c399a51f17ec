package testdb_test

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	driver "github.com/go-sql-driver/mysql"

	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/mysql"
	"xinyuan/internal/race"
)

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	pool, err := sql.Open("mysql", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	return pool
}

func run(t *testing.T, pool *sql.DB, statement string) {
	t.Helper()
	if _, err := pool.ExecContext(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func number(t *testing.T, pool *sql.DB, query string) (n int) {
	t.Helper()
	if err := pool.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func TestNewIsMigrated(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t)
	if err := mysql.Migrated(t.Context(), dsn); err != nil {
		t.Fatal(err)
	}
	pool := open(t, dsn)
	if n := number(t, pool, "SELECT COUNT(*) FROM points_rules WHERE event = 'wish_fulfilled'"); n != 1 {
		t.Errorf("%d rules from the migrations, want 1", n)
	}
	if n := number(t, pool, "SELECT COUNT(*) FROM points_accounts"); n != 4 {
		t.Errorf("%d accounts from the migrations, want 4", n)
	}
	if n := number(t, pool, "SELECT COUNT(*) FROM information_schema.tables"+
		" WHERE table_schema = DATABASE() AND table_name = 'testdb_ready'"); n != 0 {
		t.Error("the template's marker was copied")
	}
}

// TestCopyEqualsMigrated holds that the copy is what the migrations make.
func TestCopyEqualsMigrated(t *testing.T) {
	t.Parallel()
	migrated := testdb.NewEmpty(t)
	if err := mysql.Migrate(t.Context(), migrated, nil); err != nil {
		t.Fatal(err)
	}
	want, got := definitions(t, open(t, migrated)), definitions(t, open(t, testdb.New(t)))
	if len(want) == 0 || len(got) != len(want) {
		t.Fatalf("%d tables were copied, want %d", len(got), len(want))
	}
	for table, ddl := range want {
		if got[table] != ddl {
			t.Errorf("the copy of %s is\n%s\nwant\n%s", table, got[table], ddl)
		}
	}
}

func definitions(t *testing.T, pool *sql.DB) map[string]string {
	t.Helper()
	rows, err := pool.QueryContext(t.Context(), "SHOW FULL TABLES")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	all := map[string]string{}
	for rows.Next() {
		var table, kind, ddl string
		if err := rows.Scan(&table, &kind); err != nil {
			t.Fatal(err)
		}
		into := []any{&table, &ddl}
		if kind == "VIEW" {
			into = append(into, new(string), new(string)) // its character set and collation
		}
		if err := pool.QueryRowContext(t.Context(), "SHOW CREATE TABLE "+table).Scan(into...); err != nil {
			t.Fatal(err)
		}
		// MySQL tells whether a column's character set was written out; it is the table's anyway.
		all[table] = strings.ReplaceAll(ddl, " CHARACTER SET utf8mb4", "")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestConstraintsAreCopied(t *testing.T) {
	t.Parallel()
	pool := open(t, testdb.New(t))
	const insert = "INSERT INTO memberships (id, user_id, node_id, unit_id, real_name, name_label, status, requested_at," +
		" approved_at) VALUES (%, 7, 1, 1, '', '', 'active', '2026-01-01', '2026-01-01')"
	run(t, pool, strings.Replace(insert, "%", "1", 1))
	if n := number(t, pool, "SELECT active_user_id FROM memberships"); n != 7 {
		t.Errorf("the generated column is %d, want 7", n)
	}
	cases := []struct {
		name, statement string
		code            uint16
	}{
		{"unique key on a generated column", strings.Replace(insert, "%", "2", 1), 1062},
		{"foreign key", "INSERT INTO node_ancestors VALUES (1, 1, 0)", 1452},
	}
	for _, c := range cases {
		_, err := pool.ExecContext(t.Context(), c.statement)
		var refused *driver.MySQLError
		if !errors.As(err, &refused) || refused.Number != c.code {
			t.Errorf("%s: %v, want error %d", c.name, err, c.code)
		}
	}
}

func TestDatabasesAreApart(t *testing.T) {
	t.Parallel()
	one, other := open(t, testdb.New(t)), open(t, testdb.New(t))
	run(t, one, "INSERT INTO installation VALUES ('name', 'value')")
	if n := number(t, other, "SELECT COUNT(*) FROM installation"); n != 0 {
		t.Errorf("%d rows of another test", n)
	}
}

func TestCopiesHaveTheRows(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t)
	original := open(t, dsn)
	run(t, original, "INSERT INTO installation VALUES ('name', 'value')")
	more := testdb.Copies(t, dsn)
	one, other := open(t, more(t)), open(t, more(t))
	run(t, one, "DELETE FROM installation")
	const count = "SELECT COUNT(*) FROM installation WHERE name = 'name'"
	if got := []int{number(t, original, count), number(t, one, count), number(t, other, count)}; !slices.Equal(got, []int{1, 0, 1}) {
		t.Errorf("the original, the changed copy and the other have %v rows, want 1, 0 and 1", got)
	}
}

// TestLeavesNothing holds that the next test finds nothing of one before it,
// whether it gets the same database or another.
func TestLeavesNothing(t *testing.T) {
	t.Parallel()
	changes := []string{
		"INSERT INTO installation VALUES ('name', 'value')", "DELETE FROM points_rules", "UPDATE goose_db_version SET is_applied = 0",
		"DELETE FROM goose_db_version", "INSERT INTO nodes (id, kind, name, created_at) VALUES (1, 'county', 'One', '2026-01-01')",
		"ALTER TABLE installation ADD COLUMN more INT", "CREATE TABLE more (id INT)", "DROP TABLE calendars",
		"ALTER TABLE wishes ALTER COLUMN version SET DEFAULT 4",
		"CREATE VIEW more AS SELECT 1 AS one",
		"CREATE TRIGGER refuse BEFORE DELETE ON points_rules FOR EACH ROW SIGNAL SQLSTATE '45000'",
	}
	want := contents(t, open(t, testdb.New(t)))
	for _, change := range changes {
		for range 2 {
			t.Run(change, func(t *testing.T) {
				pool := open(t, testdb.New(t))
				if got := contents(t, pool); got != want {
					t.Errorf("the database is\n%s\nwant\n%s", got, want)
				}
				run(t, pool, change)
			})
		}
	}
}

// contents is all that a database holds.
func contents(t *testing.T, pool *sql.DB) string {
	t.Helper()
	all := definitions(t, pool)
	var b strings.Builder
	for _, table := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintln(&b, all[table])
		fmt.Fprintln(&b, strings.Join(lines(t, pool, table), "\n"))
	}
	return numbering.ReplaceAllString(strings.ReplaceAll(b.String(), nameOf(t, pool), "this"), "")
}

// lines are the rows of a table, in order.
func lines(t *testing.T, pool *sql.DB, table string) (all []string) {
	t.Helper()
	rows, err := pool.QueryContext(t.Context(), "SELECT * FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		all = append(all, fmt.Sprint(values))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// numbering is what a table would count on with.
var numbering = regexp.MustCompile(` AUTO_INCREMENT=\d+`)

func nameOf(t *testing.T, pool *sql.DB) (name string) {
	t.Helper()
	if err := pool.QueryRowContext(t.Context(), "SELECT DATABASE()").Scan(&name); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestEmptyIsDroppedAtTheEnd(t *testing.T) {
	t.Parallel()
	var name string
	if !t.Run("user", func(t *testing.T) { name = nameOf(t, open(t, testdb.NewEmpty(t))) }) {
		t.FailNow()
	}
	pool := open(t, testdb.NewEmpty(t))
	if n := number(t, pool, "SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = '"+name+"'"); n != 0 {
		t.Errorf("%s is still there", name)
	}
}

func TestNewEmpty(t *testing.T) {
	t.Parallel()
	pool := open(t, testdb.NewEmpty(t))
	if n := number(t, pool, "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"); n != 0 {
		t.Errorf("%d tables, want none", n)
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	dsns := make([]string, 8)
	var all race.Group
	for i := range dsns {
		all.Go(func() { dsns[i] = testdb.New(t) })
	}
	all.Wait()
	seen := map[string]bool{}
	for _, dsn := range dsns {
		if dsn == "" || seen[dsn] {
			t.Fatalf("not eight databases: %q", dsns)
		}
		seen[dsn] = true
		if err := mysql.Migrated(t.Context(), dsn); err != nil {
			t.Error(err)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	testdb.NewEmpty(b) // the servers are up
	testdb.New(b)      // the template is made
	for b.Loop() {
		testdb.New(b) // the drops come after the benchmark
	}
}
