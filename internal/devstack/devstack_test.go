package devstack_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
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

func TestStaleFoldersAreRemoved(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), strings.Repeat("long", 30))) // so that sockets lie elsewhere
	if err := os.Mkdir(os.TempDir(), 0o700); err != nil {
		t.Fatal(err)
	}
	var stale []string
	for _, parent := range []string{os.TempDir() + "/xinyuan-stack-", "/tmp/xinyuan-sock-"} {
		path := parent + "stale" + strconv.Itoa(os.Getpid())
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(path, "lock"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		stale = append(stale, path)
	}
	live := start(t, "")
	for _, path := range stale {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is still there: %v", path, err)
		}
	}
	start(t, "")
	run(t, live, "CREATE TABLE alive (id INT PRIMARY KEY)")
	if err := live.Stop(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) != 1 {
		t.Errorf("%d folders after a stop, want the other stack's: %v", len(left), err)
	}
}

func TestRedisAlone(t *testing.T) {
	dir, err := devstack.SocketDir()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := dir.Remove(); err != nil {
			t.Error(err)
		}
	})
	for range 2 {
		server, err := devstack.StartRedis(context.Background(), dir.Path())
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := server.Stop(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestMissingServersAreNamed(t *testing.T) {
	err := error(&devstack.MissingError{Servers: []string{"MariaDB"}})
	if !strings.Contains(err.Error(), "apt-get install -y mariadb-server-core redis-server") {
		t.Errorf("no install line in %q", err)
	}
}
