package mysql_test

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"testing"
	"time"

	driver "github.com/go-sql-driver/mysql"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/user"
)

// score adds to somebody's score on a board: a row to fight for.
func score(board string, amount int64) mysql.Args {
	return mysql.Args{"subject": "member", "subject_id": 1, "metric": "points", "month": board, "node_id": 1, "unit_id": 0, "score": amount}
}

// meeting lets so many go on when all have come, and keeps nobody longer than
// the context.
type meeting struct {
	mu      sync.Mutex
	missing int
	open    chan struct{}
}

func (m *meeting) come(ctx context.Context) error {
	m.mu.Lock()
	m.missing--
	if m.missing == 0 {
		close(m.open)
	}
	m.mu.Unlock()
	select {
	case <-m.open:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Two transactions take two rows in opposite order. The server ends one of
// them, on whichever trip it asks for its second row; both effects are there
// once.
func TestDeadlockIsRetried(t *testing.T) {
	t.Parallel()
	for name, second := range map[string]func(ctx context.Context, tx *mysql.Tx, board string, amount int64) error{
		"a counted statement": func(ctx context.Context, tx *mysql.Tx, board string, amount int64) error {
			_, err := tx.Exec(ctx, "leaderboard.add", score(board, amount))
			return err
		},
		"queued before a read": func(ctx context.Context, tx *mysql.Tx, board string, amount int64) error {
			if err := tx.Add("leaderboard.add", score(board, amount)); err != nil {
				return err
			}
			return tx.Select(ctx, new([]string), "outbox.overdue", mysql.Args{"before": 0})
		},
		"with the commit": func(_ context.Context, tx *mysql.Tx, board string, amount int64) error {
			return tx.Add("leaderboard.add", score(board, amount))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := open(t)
			must(t, db.Tx(t.Context(), func(tx *mysql.Tx) error {
				return errors.Join(tx.Add("leaderboard.add", score("a", 0)), tx.Add("leaderboard.add", score("b", 0)))
			}))
			both := &meeting{missing: 2, open: make(chan struct{})}
			committed := make(chan struct{}, 4)
			move := func(first, last string, amount int64) error {
				attempt := 0
				return db.Tx(t.Context(), func(tx *mysql.Tx) error {
					attempt++
					tx.AfterCommit(func() { committed <- struct{}{} })
					if _, err := tx.Exec(t.Context(), "leaderboard.add", score(first, amount)); err != nil {
						return err
					}
					if attempt == 1 {
						if err := both.come(t.Context()); err != nil {
							return err
						}
					}
					return second(t.Context(), tx, last, amount)
				})
			}
			answers := make(chan error, 2)
			go func() { answers <- move("a", "b", 1) }()
			go func() { answers <- move("b", "a", 10) }()
			must(t, errors.Join(<-answers, <-answers))
			for _, board := range []string{"a", "b"} {
				var got struct{ Score, Version int64 }
				row := db.Pool().QueryRowContext(t.Context(), "SELECT score, version FROM board_months WHERE month = ?", board)
				must(t, row.Scan(&got.Score, &got.Version))
				if got.Score != 11 || got.Version != 3 {
					t.Errorf("row %s: score %d in version %d, want 11 in 3", board, got.Score, got.Version)
				}
			}
			if n := db.Counts().Retries; n < 1 {
				t.Error("nothing was retried: no deadlock came about")
			}
			if len(committed) != 2 {
				t.Errorf("AfterCommit was called %d times, want 2", len(committed))
			}
		})
	}
}

// impatient is the address of a fresh database whose locks are not waited for:
// at once on MariaDB, after a second on MySQL, which knows nothing shorter.
func impatient(t *testing.T) string {
	t.Helper()
	dsn := testdb.New(t)
	var wait string
	row := raw(t, dsn).QueryRowContext(t.Context(), "SELECT IF(VERSION() LIKE '%MariaDB%', '0', '1')")
	must(t, row.Scan(&wait))
	cfg, err := driver.ParseDSN(dsn)
	must(t, err)
	if cfg.Params == nil {
		cfg.Params = map[string]string{}
	}
	cfg.Params["innodb_lock_wait_timeout"] = wait
	return cfg.FormatDSN()
}

// hold locks the setting by another transaction.
func hold(t *testing.T, dsn, name string) *sql.Tx {
	t.Helper()
	rival, err := raw(t, dsn).BeginTx(t.Context(), nil)
	must(t, err)
	t.Cleanup(func() { _ = rival.Rollback() })
	execRaw(t.Context(), t, rival, "UPDATE installation SET value = 'of the rival' WHERE name = ?", name)
	return rival
}

func TestLockTimeoutIsRetried(t *testing.T) {
	t.Parallel()
	dsn := impatient(t)
	db := openAt(t, dsn, 0)
	remember(t, db, "a", "1")
	rival := hold(t, dsn, "a")
	attempt := 0
	must(t, db.Tx(t.Context(), func(tx *mysql.Tx) error {
		attempt++
		if attempt == 2 {
			must(t, rival.Commit())
		}
		return errors.Join(tx.SaveSetting("b", "once"), tx.SaveSetting("a", "2"))
	}))
	wantSetting(t, db, "a", "2")
	wantSetting(t, db, "b", "once")
	if n := db.Counts().Retries; attempt != 2 || n != 1 {
		t.Errorf("%d attempts and %d retries, want 2 and 1", attempt, n)
	}
}

func TestExhaustedRetries(t *testing.T) {
	t.Parallel()
	dsn := impatient(t)
	db := openAt(t, dsn, 0)
	remember(t, db, "a", "1")
	hold(t, dsn, "a")
	attempts := int64(0)
	err := db.Tx(t.Context(), func(tx *mysql.Tx) error {
		attempts++
		tx.AfterCommit(func() { t.Error("AfterCommit was called") })
		return errors.Join(tx.SaveSetting("b", "never"), tx.SaveSetting("a", "2"))
	})
	if !fault.Has(err, fault.ReasonUnavailable) || number(err) != 1205 {
		t.Errorf("the error is %v, want unavailable because of 1205", err)
	}
	if n := db.Counts().Retries; attempts < 2 || n != attempts-1 {
		t.Errorf("%d attempts and %d retries", attempts, n)
	}
	wantSetting(t, db, "a", "1")
	wantSetting(t, db, "b", "")
}

// A lock that nobody gives back holds a caller no longer than the context.
func TestDeadlineWhileWaiting(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t)
	db := openAt(t, dsn, 0)
	remember(t, db, "a", "1")
	rival := hold(t, dsn, "a")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	err := db.Tx(ctx, func(tx *mysql.Tx) error {
		_, err := tx.Exec(ctx, "mysql.save_setting", mysql.Args{"name": "a", "value": "2"})
		return err
	})
	if !fault.Has(err, fault.ReasonUnavailable) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the error is %v, want unavailable because of the deadline", err)
	}
	must(t, rival.Rollback())
	wantSetting(t, db, "a", "1")
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	db := openAt(t, testdb.New(t), 1)
	ctx, cancel := context.WithCancel(t.Context())
	err := db.Tx(ctx, func(tx *mysql.Tx) error {
		if _, err := tx.Exec(ctx, "mysql.save_setting", mysql.Args{"name": "a", "value": "1"}); err != nil {
			return err
		}
		cancel()
		return tx.SaveSetting("b", "1")
	})
	if !errors.Is(err, context.Canceled) || fault.Has(err, fault.ReasonUnavailable) {
		t.Errorf("the error is %v, want that of the context alone", err)
	}
	wantSetting(t, db, "a", "")
	wantSetting(t, db, "b", "")
}

func TestErrorRollsBack(t *testing.T) {
	t.Parallel()
	db := openAt(t, testdb.New(t), 1)
	refused := fault.New(fault.ReasonWishTaken)
	for name, write := range map[string]func(*mysql.Tx) error{
		"a counted statement": func(tx *mysql.Tx) error {
			_, err := tx.Exec(t.Context(), "mysql.save_setting", mysql.Args{"name": "a", "value": "1"})
			return err
		},
		"a queued statement": func(tx *mysql.Tx) error { return tx.SaveSetting("a", "1") },
		"a queued statement and a read": func(tx *mysql.Tx) error {
			return errors.Join(tx.SaveSetting("a", "1"), tx.Read(t.Context(), one(new(string), "a")))
		},
	} {
		err := db.Tx(t.Context(), func(tx *mysql.Tx) error {
			tx.AfterCommit(func() { t.Error("AfterCommit was called") })
			return errors.Join(write(tx), refused)
		})
		if !errors.Is(err, refused) {
			t.Errorf("%s: the error is %v", name, err)
		}
		wantSetting(t, db, "a", "")
	}
}

// A panic passes through and leaves neither rows nor a lost connection behind.
func TestPanicRollsBack(t *testing.T) {
	t.Parallel()
	db := openAt(t, testdb.New(t), 1)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = db.Tx(t.Context(), func(tx *mysql.Tx) error {
			if _, err := tx.Exec(t.Context(), "mysql.save_setting", mysql.Args{"name": "a", "value": "1"}); err != nil {
				return err
			}
			panic("a mistake")
		})
	}()
	wantSetting(t, db, "a", "")
}

// A mistake in a statement that needed no answer is found by the trip that
// carries it, wherever it stands among the others, and nothing has happened.
func TestMistakeAmongSeveral(t *testing.T) {
	t.Parallel()
	db := openAt(t, testdb.New(t), 1)
	people(t, db, 1)
	twice := func(tx *mysql.Tx) error {
		err := tx.SaveSetting("a", "1")
		_, second := addPerson(tx, "person-0")
		return errors.Join(err, second, tx.SaveSetting("b", "1"))
	}
	for name, fn := range map[string]func(*mysql.Tx) error{
		"with the commit": twice,
		"with a read": func(tx *mysql.Tx) error {
			must(t, twice(tx))
			err := tx.Read(t.Context(), one(new(string), "a"))
			if !mysql.IsDuplicate(err, "users_open_id") {
				t.Errorf("the read says %v", err)
			}
			return err
		},
		"with a counted statement": func(tx *mysql.Tx) error {
			must(t, twice(tx))
			_, err := tx.Exec(t.Context(), "mysql.save_setting", mysql.Args{"name": "a", "value": "2"})
			return err
		},
	} {
		err := db.Tx(t.Context(), func(tx *mysql.Tx) error {
			tx.AfterCommit(func() { t.Error("AfterCommit was called") })
			return fn(tx)
		})
		if !mysql.IsDuplicate(err, "users_open_id") || mysql.IsDuplicate(err, "users_phone") ||
			fault.Has(err, fault.ReasonUnavailable) {
			t.Errorf("%s: the error is %v", name, err)
		}
		wantSetting(t, db, "a", "")
		wantSetting(t, db, "b", "")
	}
	if mysql.IsDuplicate(nil, "users_open_id") || mysql.IsDuplicate(mysql.ErrNone, "users_open_id") {
		t.Error("other errors count as duplicates")
	}
	broken := mysql.Many(new([]string), "leaderboard.next_people", mysql.Args{"after": 0, "limit": -1})
	for _, wants := range [][]mysql.Want{{broken, one(new(string), "a")}, {one(new(string), "a"), broken}} {
		if err := db.Read(t.Context(), wants...); number(err) != 1064 {
			t.Errorf("a broken query among two: %v", err)
		}
	}
}

// Several rows are read and locked in one trip.
func TestReadLocks(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t)
	db := openAt(t, dsn, 0)
	p := people(t, db, 3)
	rival := raw(t, dsn)
	locked := func(person id.User) bool {
		row := rival.QueryRowContext(t.Context(), "SELECT id FROM users WHERE id = ? FOR UPDATE NOWAIT", person)
		return row.Scan(new(int64)) != nil
	}
	must(t, db.Tx(t.Context(), func(tx *mysql.Tx) error {
		before := db.Counts().RoundTrips
		var a, c user.User
		var found bool
		err := tx.Read(t.Context(), mysql.One(&a, "user.lock", mysql.Args{"id": p[0]}),
			mysql.Maybe(&c, &found, "user.lock", mysql.Args{"id": p[2]}),
			mysql.Many(new([]user.User), "user.by_id", mysql.Args{"id": p[1]}))
		if trips := db.Counts().RoundTrips - before; trips != 1 || a.ID != p[0] || c.ID != p[2] || !found {
			t.Errorf("%d trips read %d and %d", trips, a.ID, c.ID)
		}
		if !locked(p[0]) || locked(p[1]) || !locked(p[2]) {
			t.Errorf("locked: %v %v %v, want the first and the last", locked(p[0]), locked(p[1]), locked(p[2]))
		}
		return err
	}))
	if locked(p[0]) || locked(p[2]) {
		t.Error("still locked after the commit")
	}
}

// What is touched is written by a transaction on a cluster's node, once however often, and by no other.
func TestTouch(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t)
	must(t, openAt(t, dsn, 0).Tx(t.Context(), func(tx *mysql.Tx) error { return tx.Add("leaderboard.add", score("2026-03", 0)) }))
	for want, node := range []bool{false, true} {
		db, err := mysql.Open(t.Context(), dsn, mysql.Options{Business: clock.Fixed(noon), Node: node})
		must(t, err)
		must(t, db.Tx(t.Context(), func(tx *mysql.Tx) error {
			tx.Touch("leaderboard.add", score("2026-03", 1))
			tx.Touch("leaderboard.add", score("2026-03", 1))
			return nil
		}))
		var got int
		must(t, db.Pool().QueryRowContext(t.Context(), "SELECT score FROM board_months").Scan(&got))
		if got != want {
			t.Errorf("a node of a cluster: %v; it is written %d times", node, got)
		}
		must(t, db.Close())
	}
}
