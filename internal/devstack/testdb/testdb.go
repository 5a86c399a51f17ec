// Package testdb gives each test a real database of its own, out of a pool, and Redis. It takes
// the servers from the environment (devstack.MySQLVariable and RedisVariable)
// or starts private ones, once a process. Where there are none the test fails;
// it never skips.
//
// For tests only. Since it applies the migrations it imports internal/mysql,
// whose tests must therefore stand in package mysql_test.
package testdb

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	driver "github.com/go-sql-driver/mysql"

	"xinyuan/internal/devstack"
	"xinyuan/internal/mysql"
)

// patience bounds each step on the server, so that a lock that is never given
// back fails its test instead of hanging it.
const patience = 2 * time.Minute

// New returns the DSN of a database with the schema and the rows of the
// migrations, no more and no less. It is the test's alone until that ends.
func New(t testing.TB) (dsn string) {
	t.Helper()
	return take(t, nil)
}

// take borrows a database for a test, with the rows of another where one is named.
func take(t testing.TB, from *template) (dsn string) {
	t.Helper()
	template, err := prepared()
	if err != nil {
		t.Fatal(err)
	}
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	l, err := s.borrow(ctx, template)
	if err != nil {
		t.Fatalf("testdb: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := l.giveBack(ctx); err != nil {
			t.Errorf("testdb: cannot empty the test's database; is a transaction still open? %v", err)
		}
	})
	if from != nil {
		if err := l.fill(ctx, from); err != nil {
			t.Fatalf("testdb: %v", err)
		}
	}
	return s.dsn(l.name)
}

// Copies returns what makes databases with the tables and rows of the one at the
// DSN, which is not to change meanwhile. Each is its test's alone until that ends.
func Copies(t testing.TB, dsn string) func(t testing.TB) (dsn string) {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := driver.ParseDSN(dsn)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	original, err := s.read(ctx, cfg.DBName)
	if err != nil {
		t.Fatal(err)
	}
	migrated, err := prepared()
	if err != nil {
		t.Fatal(err)
	}
	return func(t testing.TB) string {
		t.Helper()
		if original.definitions != migrated.definitions {
			return create(t, original.copyInto)
		}
		return take(t, original)
	}
}

// NewEmpty is New without any table, for tests of the migrations themselves.
//
// It is dropped when the test ends.
func NewEmpty(t testing.TB) (dsn string) {
	t.Helper()
	return create(t, createDatabase)
}

// create runs the statements that make a database of a new name.
func create(t testing.TB, statements func(name string) string) (dsn string) {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	name := "xinyuan_t_" + unique()
	t.Cleanup(func() {
		err := s.exec("DROP DATABASE IF EXISTS " + name)
		for i := 0; i < 5 && isDeadlock(err); i++ { // several at once, in the dictionary of MySQL
			err = s.exec("DROP DATABASE IF EXISTS " + name)
		}
		if err != nil {
			t.Errorf("testdb: cannot drop the test's database; is a transaction still open? %v", err)
		}
	})
	if err := s.exec(statements(name)); err != nil {
		t.Fatal(err)
	}
	return s.dsn(name)
}

func isDeadlock(err error) bool {
	var refused *driver.MySQLError
	return errors.As(err, &refused) && refused.Number == 1213
}

// createDatabase names the collation, because the server's default may be another.
func createDatabase(name string) string {
	return "CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;"
}

// unique is eight hexadecimal digits that no parallel test or process has.
func unique() string {
	random := make([]byte, 4)
	_, _ = rand.Read(random) // never fails
	return hex.EncodeToString(random)
}

// server is the database server that all tests of the process share.
type server struct {
	address *driver.Config // as it was given
	pool    *sql.DB
}

// ownStack starts private servers. They end with the process, and their folder
// is removed by the next one.
var ownStack = sync.OnceValues(func() (*devstack.Stack, error) {
	return devstack.Start(context.Background(), devstack.Options{})
})

var shared = sync.OnceValues(func() (*server, error) {
	dsn := os.Getenv(devstack.MySQLVariable)
	if dsn == "" {
		stack, err := ownStack()
		if err != nil {
			return nil, err
		}
		dsn = stack.MySQLDSN()
	}
	return connect(dsn)
})

func connect(dsn string) (*server, error) {
	cfg, err := mysql.Config(dsn)
	if err != nil {
		return nil, fmt.Errorf("testdb: %s: %w", devstack.MySQLVariable, err)
	}
	address, err := driver.ParseDSN(dsn)
	if err != nil {
		return nil, fmt.Errorf("testdb: %w", err)
	}
	cfg.DBName = ""
	cfg.Params["foreign_key_checks"] = "0" // tables are copied in no order
	cfg.Params["lock_wait_timeout"] = "10" // seconds; the default is a day or a year
	connector, err := driver.NewConnector(cfg)
	if err != nil {
		return nil, fmt.Errorf("testdb: %w", err)
	}
	return &server{address, sql.OpenDB(connector)}, nil
}

// dsn is the address of a database, with the settings of the given one.
func (s *server) dsn(name string) string {
	cfg := s.address.Clone()
	cfg.DBName = name
	return cfg.FormatDSN()
}

// exec sends the statements in one round trip.
func (s *server) exec(statements string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if _, err := s.pool.ExecContext(ctx, statements); err != nil {
		return fmt.Errorf("testdb: %w", err)
	}
	return nil
}
