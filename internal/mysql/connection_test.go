package mysql_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/fault"
	"xinyuan/internal/mysql"
)

// waiting is the condition for a connection that waits to write a setting.
const waiting = "info LIKE '%INTO installation%' AND info NOT LIKE '%processlist%'"

// idle is the condition for the latest connection when it waits for its client;
// earlier ones may be on their way out.
const idle = "command = 'Sleep' AND id = (SELECT MAX(id) FROM information_schema.processlist" +
	" WHERE db = DATABASE() AND id <> CONNECTION_ID())"

// killWhen ends ("KILL", "KILL QUERY") another connection to the database as
// soon as one is at what the condition says, and waits until it is there no more:
// MySQL answers before it has done so.
func killWhen(t *testing.T, pool *sql.DB, kill, condition string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	var connection int64
	poll(ctx, t, "no connection ever is at "+condition, func() bool {
		var at bool
		connection, at = connectionAt(ctx, t, pool, condition)
		return at
	})
	execRaw(ctx, t, pool, fmt.Sprintf("%s %d", kill, connection))
	there := fmt.Sprintf("id = %d", connection)
	if kill == "KILL QUERY" {
		there += " AND " + condition
	}
	poll(ctx, t, "it is not killed", func() bool {
		_, still := connectionAt(ctx, t, pool, there)
		return !still
	})
}

// connectionAt finds another connection to the database of which the condition holds.
func connectionAt(ctx context.Context, t *testing.T, pool *sql.DB, condition string) (connection int64, found bool) {
	t.Helper()
	err := pool.QueryRowContext(ctx, "SELECT id FROM information_schema.processlist"+
		" WHERE db = DATABASE() AND id <> CONNECTION_ID() AND "+condition).Scan(&connection)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		t.Fatal(err)
	}
	return connection, err == nil
}

func poll(ctx context.Context, t *testing.T, otherwise string, good func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !good() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal(otherwise)
		}
	}
}

// A connection that the server ends says unavailable, nothing has happened, and
// the next transaction has another connection.
func TestKilledConnection(t *testing.T) {
	t.Parallel()
	for name, next := range map[string]func(*mysql.Tx) error{
		"before the commit":            func(*mysql.Tx) error { return nil },
		"before the commit of a queue": func(tx *mysql.Tx) error { return tx.SaveSetting("b", "1") },
		"before a read":                func(tx *mysql.Tx) error { return tx.Read(t.Context(), one(new(string), "a")) },
		"before a counted statement": func(tx *mysql.Tx) error {
			_, err := tx.Exec(t.Context(), "mysql.save_setting", mysql.Args{"name": "b", "value": "1"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := testdb.New(t)
			db, admin := openAt(t, dsn, 1), raw(t, dsn)
			attempts := 0
			err := db.Tx(t.Context(), func(tx *mysql.Tx) error {
				attempts++
				tx.AfterCommit(func() { t.Error("AfterCommit was called") })
				_, err := tx.Exec(t.Context(), "mysql.save_setting", mysql.Args{"name": "a", "value": "1"})
				must(t, err)
				killWhen(t, admin, "KILL", idle)
				return next(tx)
			})
			if !fault.Has(err, fault.ReasonUnavailable) || attempts != 1 {
				t.Errorf("after %d attempts: %v", attempts, err)
			}
			wantSetting(t, db, "a", "")
			wantSetting(t, db, "b", "")
		})
	}
}

// The server ends the connection, or only the statement, while it waits for a
// lock with the commit behind it.
func TestKilledDuringCommit(t *testing.T) {
	t.Parallel()
	for _, kill := range []string{"KILL", "KILL QUERY"} {
		t.Run(kill, func(t *testing.T) {
			t.Parallel()
			dsn := testdb.New(t)
			db, admin := openAt(t, dsn, 1), raw(t, dsn)
			remember(t, db, "a", "1")
			rival := hold(t, dsn, "a")
			answer := make(chan error, 1)
			go func() {
				answer <- db.Tx(t.Context(), func(tx *mysql.Tx) error {
					return errors.Join(tx.SaveSetting("b", "1"), tx.SaveSetting("a", "2"), tx.SaveSetting("c", "1"))
				})
			}()
			killWhen(t, admin, kill, waiting)
			if err := <-answer; !fault.Has(err, fault.ReasonUnavailable) {
				t.Errorf("the error is %v", err)
			}
			must(t, rival.Rollback())
			wantSetting(t, db, "a", "1")
			wantSetting(t, db, "b", "")
			wantSetting(t, db, "c", "")
		})
	}
}

// Without a server every call says unavailable, and soon; when it is back, the
// same DB works again.
func TestStoppedServer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	start := func() *devstack.Stack {
		stack, err := devstack.Start(t.Context(), devstack.Options{Dir: dir})
		must(t, err)
		t.Cleanup(func() { must(t, stack.Stop()) })
		return stack
	}
	stack := start()
	must(t, mysql.Migrate(t.Context(), stack.MySQLDSN(), nil))
	db := openAt(t, stack.MySQLDSN(), 4)
	remember(t, db, "a", "1")

	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	err := db.Tx(ctx, func(tx *mysql.Tx) error {
		must(t, tx.Read(ctx, one(new(string), "a")))
		must(t, stack.Stop())
		return tx.SaveSetting("a", "2")
	})
	if !fault.Has(err, fault.ReasonUnavailable) {
		t.Errorf("stopped inside a transaction: %v", err)
	}
	for name, call := range map[string]func() error{
		"Get":    func() error { return db.Get(ctx, new(string), "mysql.setting", mysql.Args{"name": "a"}) },
		"Select": func() error { return db.Select(ctx, new([]string), "outbox.overdue", mysql.Args{"before": 0}) },
		"Read":   func() error { return db.Read(ctx, one(new(string), "a")) },
		"Tx":     func() error { return db.Tx(ctx, func(tx *mysql.Tx) error { return tx.SaveSetting("a", "2") }) },
		"Ping":   func() error { return db.Ping(ctx) },
	} {
		if err := call(); !fault.Has(err, fault.ReasonUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, ctx.Err())
	if err := mysql.Migrated(ctx, stack.MySQLDSN()); err == nil || errors.Is(err, mysql.ErrOldSchema) {
		t.Errorf("Migrated without a server: %v", err)
	}
	start()
	wantSetting(t, db, "a", "1")
	remember(t, db, "a", "3")
	wantSetting(t, db, "a", "3")
	tooManyConnections(t, stack.MySQLDSN(), db)
	must(t, db.Close()) // while there is somebody to take leave of
}

// A commit that a test has lose a deadlock leaves nothing, and the next attempt
// leaves all of it once.
func TestLostCommit(t *testing.T) {
	t.Parallel()
	var asked []int
	db, err := mysql.Open(t.Context(), testdb.New(t), mysql.Options{Business: clock.Fixed(noon), LoseCommit: func(attempt int) bool {
		asked = append(asked, attempt)
		return attempt == 1
	}})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	after := 0
	must(t, db.Tx(t.Context(), func(tx *mysql.Tx) error {
		tx.AfterCommit(func() { after++ })
		wantSetting(t, db, "a", "") // what the first attempt wrote is gone
		return tx.SaveSetting("a", "1")
	}))
	wantSetting(t, db, "a", "1")
	if !slices.Equal(asked, []int{1, 2}) || after != 1 || db.Counts().Retries != 1 {
		t.Errorf("attempts %v, %d after the commit, %+v", asked, after, db.Counts())
	}
}

// tooManyConnections takes every connection that the server has.
func tooManyConnections(t *testing.T, dsn string, db *mysql.DB) {
	t.Helper()
	pool := raw(t, dsn)
	execRaw(t.Context(), t, pool, "SET GLOBAL max_connections = 10") // the fewest that MariaDB takes
	must(t, db.Tx(t.Context(), func(tx *mysql.Tx) error {
		must(t, tx.Read(t.Context(), one(new(string), "a")))
		for range 20 {
			conn, err := pool.Conn(t.Context())
			if number(err) == 1040 {
				break
			}
			must(t, err)
			defer func() { must(t, conn.Close()) }()
		}
		err := db.Get(t.Context(), new(string), "mysql.setting", mysql.Args{"name": "a"})
		if !fault.Has(err, fault.ReasonUnavailable) {
			t.Errorf("the server has no connection left: %v", err)
		}
		return nil
	}))
}

// A statement that takes longer than it may is ended by the server itself.
func TestStatementsAreBounded(t *testing.T) {
	t.Parallel()
	db, err := mysql.Open(t.Context(), testdb.New(t), mysql.Options{
		Business: clock.Fixed(noon), Longest: 50 * time.Millisecond,
	})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	var n int
	must(t, db.Get(t.Context(), &n, "matter.unread", mysql.Args{"user": 1}))
	const endless = `SELECT COUNT(*) FROM information_schema.columns a, information_schema.columns b,
		information_schema.columns c, information_schema.columns d`
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	err = db.Pool().QueryRowContext(ctx, endless).Scan(&n)
	const maria, genuine = 1969, 3024
	if n := number(err); n != maria && n != genuine {
		t.Errorf("a statement without an end: %v", err)
	}
}
