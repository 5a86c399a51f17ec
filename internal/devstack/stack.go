// Package devstack runs private MariaDB and Redis servers for the demo and the
// tests: on sockets of their own, as the current user, never touching what else
// runs on the machine, and gone when their parent is gone. Linux only: it
// relies on the parent-death signal.
package devstack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"xinyuan/internal/clock"
)

// ErrInUse means that another program runs its servers in the folder.
var ErrInUse = errors.New("devstack: another demo is running in this folder; stop it first, or choose another --data")

// Options say where the servers live.
type Options struct {
	// Dir keeps the data from one start to the next. Empty means a folder of
	// its own that is removed by Stop, in memory where there is plenty, and
	// servers that trade safety for speed.
	Dir string
	// Log is told what is being done; nil means nobody.
	Log io.Writer
}

// The environment variables by which tests are told of servers that run already.
const (
	// MySQLVariable holds a DSN in go-sql-driver's form, of a user who may
	// create databases; the database part does not matter.
	MySQLVariable = "XINYUAN_TEST_MYSQL_DSN"
	// RedisVariable holds an address in the form that internal/redis reads.
	RedisVariable = "XINYUAN_TEST_REDIS_ADDR"
)

// Stack is a running pair of servers.
type Stack struct {
	dir, sockets string
	throwAway    bool
	lock         *os.File   // of a folder that is kept
	temporary    []*TempDir // removed by Stop
	mariadb      *process
	redis        *Redis
	dsn          string
}

// socketLimit is the longest path of a Unix socket, with room to spare: the
// kernel's field has 108 bytes (unix(7)).
const socketLimit = 100

// Start runs the servers and returns when both answer. Errors: ErrInUse, a
// *MissingError when a server is not installed, or what the server said.
func Start(ctx context.Context, o Options) (_ *Stack, err error) {
	found, err := find()
	if err != nil {
		return nil, err
	}
	s := &Stack{throwAway: o.Dir == ""}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Stop())
		}
	}()
	if err := s.prepare(o.Dir); err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = io.Discard
	}
	var options []string
	if s.throwAway {
		options = []string{"--save", ""}
	}
	if s.redis, err = startRedis(ctx, found.redis, s.dir, s.sockets, options...); err != nil {
		return nil, err
	}
	if err := s.startMariaDB(ctx, found, o.Log); err != nil {
		return nil, err
	}
	return s, nil
}

// prepare makes the folders, private to this user and locked.
func (s *Stack) prepare(dir string) (err error) {
	if s.throwAway {
		dir, err = s.throwAwayDir()
	} else {
		dir, err = s.keptDir(dir)
	}
	if err != nil {
		return err
	}
	s.dir, s.sockets = dir, dir
	if len(filepath.Join(dir, "mysql.sock")) <= socketLimit {
		return nil
	}
	sockets, err := SocketDir()
	if err != nil {
		return err
	}
	s.temporary = append(s.temporary, sockets)
	s.sockets = sockets.Path()
	return nil
}

func (s *Stack) throwAwayDir() (string, error) {
	now := clock.System().Now()
	sweep(memory, stackPrefix, now)
	sweep(os.TempDir(), stackPrefix, now)
	sweep("/tmp", socketPrefix, now)
	t, err := makeTemp(throwAwayParent(), stackPrefix)
	if err != nil {
		return "", err
	}
	s.temporary = append(s.temporary, t)
	return t.Path(), nil
}

func (s *Stack) keptDir(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("devstack: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("devstack: %w", err)
	}
	if err := os.Chmod(dir, 0o700); err != nil { //nolint:gosec // a folder needs its x
		return "", fmt.Errorf("devstack: %w", err)
	}
	s.lock, err = lockFile(filepath.Join(dir, "lock"), os.O_CREATE)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return "", ErrInUse
	}
	if err != nil {
		return "", fmt.Errorf("devstack: %w", err)
	}
	return dir, nil
}

// Temp makes a folder that is removed by Stop, beside the data: in memory where
// those are.
func (s *Stack) Temp() (string, error) {
	path := filepath.Join(s.dir, "temp")
	if err := os.MkdirAll(path, 0o700); err != nil {
		return "", fmt.Errorf("devstack: %w", err)
	}
	return path, nil
}

// MySQLDSN is the address of the database "xinyuan", in go-sql-driver's form.
func (s *Stack) MySQLDSN() string { return s.dsn }

// RedisAddr is the address of Redis, in the form that internal/redis reads.
func (s *Stack) RedisAddr() string { return s.redis.Addr() }

// Stop ends both servers and waits for them. It may be called twice.
func (s *Stack) Stop() error {
	var err error
	if s.mariadb != nil {
		err = s.mariadb.stop()
	}
	if s.redis != nil {
		err = errors.Join(err, s.redis.Stop())
	}
	for _, t := range s.temporary {
		err = errors.Join(err, t.Remove())
	}
	if s.lock != nil {
		err = errors.Join(err, s.lock.Close())
		s.lock = nil
	}
	return err
}

// MissingError names the servers that are not installed.
type MissingError struct{ Servers []string }

// Error tells what to install.
func (e *MissingError) Error() string {
	return "devstack: not installed: " + strings.Join(e.Servers, ", ") +
		"\non Debian or Ubuntu: apt-get install -y mariadb-server-core redis-server"
}
