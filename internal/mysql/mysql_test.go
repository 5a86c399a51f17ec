package mysql_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	driver "github.com/go-sql-driver/mysql"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/user"
)

var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

// open opens a fresh database.
func open(t *testing.T) *mysql.DB {
	t.Helper()
	return openAt(t, testdb.New(t), 0)
}

func openAt(t *testing.T, dsn string, pool int) *mysql.DB {
	t.Helper()
	db, err := mysql.Open(t.Context(), dsn, mysql.Options{Pool: pool, Business: clock.Fixed(noon)})
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

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// remember writes a setting in a transaction of its own.
func remember(t *testing.T, db *mysql.DB, name, value string) {
	t.Helper()
	must(t, db.Tx(t.Context(), func(tx *mysql.Tx) error { return tx.SaveSetting(name, value) }))
}

// wantSetting fails the test unless the setting has the value, "" for none.
func wantSetting(t *testing.T, db *mysql.DB, name, value string) {
	t.Helper()
	got, err := db.Setting(t.Context(), name)
	must(t, err)
	if got != value {
		t.Errorf("the setting %s is %q, want %q", name, got, value)
	}
}

// number is the server's number of the error, 0 for any other.
func number(err error) uint16 {
	var e *driver.MySQLError
	if errors.As(err, &e) {
		return e.Number
	}
	return 0
}

// addPerson queues a person of that OpenID, which is unique.
func addPerson(tx *mysql.Tx, openID string) (id.User, error) {
	u, err := user.Add(tx, openID, user.User{ShowOnBoards: true})
	return u.ID, err
}

// people adds so many, in the order of their ids.
func people(t *testing.T, db *mysql.DB, n int) (all []id.User) {
	t.Helper()
	must(t, db.Tx(t.Context(), func(tx *mysql.Tx) error {
		all = make([]id.User, n)
		var err error
		for i := range all {
			var problem error
			all[i], problem = addPerson(tx, fmt.Sprint("person-", i))
			err = errors.Join(err, problem)
		}
		return err
	}))
	return all
}

func TestOneMaybeMany(t *testing.T) {
	t.Parallel()
	db := open(t)
	remember(t, db, "a", "1")
	in := func(read func(mysql.Reader) error) (inside, outside error) {
		return db.Tx(t.Context(), func(tx *mysql.Tx) error { return read(tx) }), read(db)
	}
	for name, read := range map[string]func(mysql.Reader) error{
		"Get": func(r mysql.Reader) error {
			return r.Get(t.Context(), new(string), "mysql.setting", mysql.Args{"name": "x"})
		},
		"Read": func(r mysql.Reader) error { return r.Read(t.Context(), one(new(string), "a"), one(new(string), "x")) },
		"first of two": func(r mysql.Reader) error {
			there := ""
			err := r.Read(t.Context(), one(new(string), "x"), one(&there, "a"))
			if there != "1" {
				t.Errorf("the want after the missing row is %q", there)
			}
			return err
		},
	} {
		if inside, outside := in(read); !errors.Is(inside, mysql.ErrNone) || !errors.Is(outside, mysql.ErrNone) {
			t.Errorf("%s of a row that is not there: %v in a transaction, %v outside", name, inside, outside)
		}
	}
	inside, outside := in(func(r mysql.Reader) error {
		value, found, absent, list := "", false, true, []string{"left over"}
		var nobody string
		err := r.Read(t.Context(), mysql.Maybe(&nobody, &absent, "mysql.setting", mysql.Args{"name": "x"}),
			mysql.Maybe(&value, &found, "mysql.setting", mysql.Args{"name": "a"}),
			mysql.Many(&list, "outbox.overdue", mysql.Args{"before": 0}))
		if value != "1" || !found || absent || nobody != "" || len(list) != 0 {
			t.Errorf("read %q %v %v %q %q", value, found, absent, nobody, list)
		}
		return err
	})
	must(t, errors.Join(inside, outside))
}

func one(dest *string, name string) mysql.Want {
	return mysql.One(dest, "mysql.setting", mysql.Args{"name": name})
}

func TestManyRows(t *testing.T) {
	t.Parallel()
	db := open(t)
	p := people(t, db, 3)
	type row struct {
		ID   id.User `db:"id"`
		Name string  `db:"name"`
	}
	var rows, again []row
	first, last := row{}, row{}
	var rowsThen int
	var lastThen row
	two := mysql.Args{"subjects": []id.User{p[0], p[2], 9}}
	must(t, db.Select(t.Context(), &rows, "leaderboard.people", two))
	must(t, db.Read(t.Context(), mysql.One(&first, "leaderboard.people", mysql.Args{"subjects": p[:1]}),
		mysql.Many(&again, "leaderboard.people", two).Then(func() { rowsThen, lastThen = len(again), last }),
		mysql.One(&last, "leaderboard.people", mysql.Args{"subjects": p[1:]}))) // of two rows the first
	if len(rows) != 2 || rows[0].ID != p[0] || rows[1].ID != p[2] || rows[1].Name == "" ||
		!slices.Equal(rows, again) || rowsThen != 2 || lastThen.ID != 0 || first.ID != p[0] || last.ID == 0 {
		t.Errorf("rows %v and %v, one %v, one of two %v", rows, again, first, last)
	}
}

// A column that does not fit its field is an error, and the connection is good
// for the next one.
func TestScanMistake(t *testing.T) {
	t.Parallel()
	db := openAt(t, testdb.New(t), 1)
	remember(t, db, "a", "no number")
	var n int
	for range 2 {
		err := db.Read(t.Context(), mysql.One(&n, "mysql.setting", mysql.Args{"name": "a"}))
		if err == nil || errors.Is(err, mysql.ErrNone) {
			t.Errorf("text into an int: %v", err)
		}
	}
	wantSetting(t, db, "a", "no number")
}

func TestTimesAreKept(t *testing.T) {
	t.Parallel()
	db := open(t)
	shanghai := time.Date(2026, 1, 1, 7, 59, 59, 999_000_000, clock.Shanghai)
	for i, at := range []time.Time{
		shanghai, noon, time.Date(2026, 12, 31, 23, 59, 59, 999_000_000, time.UTC),
		time.Date(2026, 3, 29, 1, 30, 0, 1_000_000, time.UTC), // inside a jump of summer time elsewhere
		time.Date(9999, 12, 31, 23, 59, 59, 999_000_000, time.UTC),
	} {
		var person id.User
		must(t, db.Tx(t.Context(), func(tx *mysql.Tx) (err error) {
			tx.At(at)
			person, err = addPerson(tx, fmt.Sprint("person-", i))
			return err
		}))
		var got user.User
		must(t, db.Get(t.Context(), &got, "user.by_id", mysql.Args{"id": person}))
		if !got.CreatedAt.Equal(at) || got.CreatedAt.Location() != time.UTC {
			t.Errorf("%s comes back as %s", at, got.CreatedAt)
		}
	}
	var zone, stored string
	row := db.Pool().QueryRowContext(t.Context(),
		"SELECT @@session.time_zone, CAST(created_at AS CHAR) FROM users WHERE open_id = 'person-0'")
	must(t, row.Scan(&zone, &stored))
	if zone != "+00:00" || stored != "2025-12-31 23:59:59.999" {
		t.Errorf("the session's zone is %s, Shanghai's morning is stored as %s", zone, stored)
	}
}

func TestNamedQueryMistakes(t *testing.T) {
	t.Parallel()
	db := open(t)
	ways := map[string]func(name string, arg any) error{
		"Get":    func(n string, a any) error { return db.Get(t.Context(), new(string), n, a) },
		"Select": func(n string, a any) error { return db.Select(t.Context(), new([]string), n, a) },
		"Read":   func(n string, a any) error { return db.Read(t.Context(), mysql.Many(new([]string), n, a)) },
		"Tx.Add": func(n string, a any) error {
			return db.Tx(t.Context(), func(tx *mysql.Tx) error { return tx.Add(n, a) })
		},
		"Tx.Exec": func(n string, a any) error {
			return db.Tx(t.Context(), func(tx *mysql.Tx) error {
				_, err := tx.Exec(t.Context(), n, a)
				return err
			})
		},
		"Tx.Read": func(n string, a any) error {
			return db.Tx(t.Context(), func(tx *mysql.Tx) error {
				return tx.Select(t.Context(), new([]string), n, a)
			})
		},
	}
	for way, use := range ways {
		for _, c := range []struct {
			name string
			arg  any
			says string
		}{
			{"mysql.nothing", nil, `no query is named "mysql.nothing"`},
			{"mysql.setting", mysql.Args{"nam": "a"}, "could not find name name"},
			{"leaderboard.people", mysql.Args{"subjects": []id.User{}}, "empty slice"},
			{"leaderboard.people", mysql.Args{"subjects": []id.User(nil)}, "empty slice"},
		} {
			if err := use(c.name, c.arg); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s of %s with %v: %v, want %q", way, c.name, c.arg, err, c.says)
			}
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	must(t, open(t).Check(t.Context()))
	err := openAt(t, testdb.NewEmpty(t), 0).Check(t.Context())
	for _, name := range []string{"user.add", "mysql.setting"} {
		if err == nil || !strings.Contains(err.Error(), "query "+name) {
			t.Errorf("without a schema %s is not named: %v", name, err)
		}
	}
}

func TestOpenMistakes(t *testing.T) {
	t.Parallel()
	const secret = "hunter2"
	const nobody = "root:" + secret + "@unix(/nowhere/mysql.sock)/xinyuan"
	for _, dsn := range []string{"root:" + secret + "@nowhere", "", nobody} {
		db, err := mysql.Open(t.Context(), dsn, mysql.Options{})
		if err == nil {
			t.Errorf("%q opens", dsn)
			_ = db.Close()
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}

// Round trips are the cost of a write: what each way of using a transaction
// costs is part of the package's promise.
func TestCosts(t *testing.T) {
	t.Parallel()
	db := open(t)
	remember(t, db, "a", "1")
	set := func(tx *mysql.Tx) error { return tx.SaveSetting("a", "2") }
	get := func(tx *mysql.Tx) error { return tx.Read(t.Context(), one(new(string), "a"), one(new(string), "a")) }
	exec := func(tx *mysql.Tx) error {
		_, err := tx.Exec(t.Context(), "mysql.save_setting", mysql.Args{"name": "a", "value": "3"})
		return err
	}
	refused := errors.New("refused")
	refuse := func(*mysql.Tx) error { return refused }
	for _, c := range []struct {
		name                string
		steps               []func(*mysql.Tx) error
		trips, transactions int64
	}{
		{"nothing", nil, 0, 0},
		{"queued statements", []func(*mysql.Tx) error{set, set, set}, 1, 1},
		{"a read and queued statements", []func(*mysql.Tx) error{get, set, set}, 2, 1},
		{"queued statements, a read, and again", []func(*mysql.Tx) error{set, get, set}, 2, 1},
		{"a counted statement", []func(*mysql.Tx) error{exec}, 3, 1},
		{"refused before anything was sent", []func(*mysql.Tx) error{set, refuse}, 0, 0},
		{"refused after a read", []func(*mysql.Tx) error{get, refuse}, 2, 1},
	} {
		before := db.Counts()
		err := db.Tx(t.Context(), func(tx *mysql.Tx) error {
			for _, step := range c.steps {
				if err := step(tx); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, refused) {
			t.Errorf("%s: %v", c.name, err)
		}
		after := db.Counts()
		trips, begun := after.RoundTrips-before.RoundTrips, after.Transactions-before.Transactions
		if trips != c.trips || begun != c.transactions {
			t.Errorf("%s: %d round trips and %d transactions, want %d and %d", c.name, trips, begun, c.trips, c.transactions)
		}
	}
	before := db.Counts()
	must(t, db.Read(t.Context(), one(new(string), "a"), one(new(string), "a"),
		mysql.Many(new([]string), "outbox.overdue", mysql.Args{"before": 0})))
	if n := db.Counts().RoundTrips - before.RoundTrips; n != 1 {
		t.Errorf("three queries outside a transaction take %d round trips", n)
	}
}

// raw is a connection beside the package, to the database of the DB.
func raw(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	pool, err := sql.Open("mysql", dsn)
	must(t, err)
	t.Cleanup(func() { must(t, pool.Close()) })
	return pool
}

func execRaw(ctx context.Context, t *testing.T, pool interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}, statement string, args ...any) {
	t.Helper()
	if _, err := pool.ExecContext(ctx, statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
