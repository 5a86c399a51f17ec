package devstack_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xinyuan/internal/devstack"
)

func start(t *testing.T, dir string) *devstack.Stack {
	t.Helper()
	s, err := devstack.Start(context.Background(), devstack.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func run(t *testing.T, s *devstack.Stack, statement string) {
	t.Helper()
	pool, err := sql.Open("mysql", s.MySQLDSN())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = pool.Close() }()
	if _, err := pool.ExecContext(context.Background(), statement); err != nil {
		t.Fatal(err)
	}
}

func TestDataOutliveAStop(t *testing.T) {
	dir := t.TempDir()
	first := start(t, dir)
	run(t, first, "CREATE TABLE kept (id INT PRIMARY KEY)")
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	run(t, start(t, dir), "INSERT INTO kept VALUES (1)")
}

func TestTwoInOneFolder(t *testing.T) {
	dir := t.TempDir()
	start(t, dir)
	if _, err := devstack.Start(context.Background(), devstack.Options{Dir: dir}); !errors.Is(err, devstack.ErrInUse) {
		t.Fatalf("the second start says %v, want ErrInUse", err)
	}
}

func TestHalfMadeFolderIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "mysql.new", "mysql"), 0o700); err != nil {
		t.Fatal(err)
	}
	run(t, start(t, dir), "SELECT 1")
}

func TestLongPath(t *testing.T) {
	s := start(t, filepath.Join(t.TempDir(), strings.Repeat("long", 30)))
	run(t, s, "SELECT 1")
}

func TestMissingServersAreNamed(t *testing.T) {
	err := error(&devstack.MissingError{Servers: []string{"MariaDB"}})
	if !strings.Contains(err.Error(), "apt-get install -y mariadb-server-core redis-server") {
		t.Errorf("no install line in %q", err)
	}
}
