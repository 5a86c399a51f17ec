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
)

// ErrInUse means that another program runs its servers in the folder.
var ErrInUse = errors.New("devstack: another demo is running in this folder; stop it first, or choose another --data")

// Options say where the servers live.
type Options struct {
	// Dir keeps the data from one start to the next. Empty means a folder of
	// its own that is removed by Stop, and servers that trade safety for speed.
	Dir string
	// Log is told what is being done; nil means nobody.
	Log io.Writer
}

// Stack is a running pair of servers.
type Stack struct {
	dir, sockets string
	throwAway    bool
	lock         *os.File
	mariadb      *process
	redis        *process
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
	if err := s.startRedis(ctx, found); err != nil {
		return nil, err
	}
	if err := s.startMariaDB(ctx, found, o.Log); err != nil {
		return nil, err
	}
	return s, nil
}

// prepare makes the folders, private to this user, and takes the lock.
func (s *Stack) prepare(dir string) (err error) {
	if s.throwAway {
		if dir, err = os.MkdirTemp("", "xinyuan-stack-"); err != nil {
			return fmt.Errorf("devstack: %w", err)
		}
	}
	if s.dir, err = filepath.Abs(dir); err != nil {
		return fmt.Errorf("devstack: %w", err)
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return fmt.Errorf("devstack: %w", err)
	}
	if err := os.Chmod(s.dir, 0o700); err != nil { //nolint:gosec // a folder needs its x
		return fmt.Errorf("devstack: %w", err)
	}
	if s.lock, err = os.OpenFile(filepath.Join(s.dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return fmt.Errorf("devstack: %w", err)
	}
	if err := syscall.Flock(int(s.lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = s.lock.Close()
		s.lock = nil
		return ErrInUse
	}
	s.sockets = s.dir
	if len(filepath.Join(s.dir, "mysql.sock")) > socketLimit {
		if s.sockets, err = os.MkdirTemp("/tmp", "xinyuan-sock-"); err != nil {
			return fmt.Errorf("devstack: %w", err)
		}
	}
	return nil
}

// MySQLDSN is the address of the database "xinyuan", in go-sql-driver's form.
func (s *Stack) MySQLDSN() string { return s.dsn }

// RedisAddr is the address of Redis, in the form that internal/redis reads.
func (s *Stack) RedisAddr() string { return "unix://" + filepath.Join(s.sockets, "redis.sock") }

// Stop ends both servers and waits for them. It may be called twice.
func (s *Stack) Stop() error {
	var err error
	for _, p := range []*process{s.mariadb, s.redis} {
		if p != nil {
			err = errors.Join(err, p.stop())
		}
	}
	if s.lock == nil {
		return err
	}
	if s.sockets != s.dir {
		err = errors.Join(err, os.RemoveAll(s.sockets))
	}
	if s.throwAway {
		err = errors.Join(err, os.RemoveAll(s.dir))
	}
	err = errors.Join(err, s.lock.Close())
	s.lock = nil
	return err
}

// MissingError names the servers that are not installed.
type MissingError struct{ Servers []string }

// Error tells what to install.
func (e *MissingError) Error() string {
	return "devstack: not installed: " + strings.Join(e.Servers, ", ") +
		"\non Debian or Ubuntu: apt-get install -y mariadb-server-core redis-server"
}
