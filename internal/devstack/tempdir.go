package devstack

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// The names of temporary folders begin with these; sweep looks for them.
const (
	stackPrefix  = "xinyuan-stack-" // data, in throwAwayParent
	socketPrefix = "xinyuan-sock-"  // sockets, in /tmp, whose path is short
)

// memory is where Linux keeps files in memory: a throw-away database that lies
// there never waits for a disk.
const memory = "/dev/shm"

// room is what must be free in memory, in bytes: all tests at once use a third of it.
const room = 4 << 30

// throwAwayParent is the folder for what need not outlive the machine: what
// TMPDIR names, else memory where there is plenty, else the disk.
func throwAwayParent() string {
	if os.Getenv("TMPDIR") == "" && free(memory) >= room {
		return memory
	}
	return os.TempDir()
}

// free is how many bytes the folder can take, and the machine's memory too.
func free(folder string) uint64 {
	var files syscall.Statfs_t
	if err := syscall.Statfs(folder, &files); err != nil {
		return 0
	}
	return min(files.Bavail*uint64(files.Bsize), available("/proc/meminfo"))
}

// available is the memory that can be had without swapping, as proc(5) tells it.
func available(meminfo string) uint64 {
	text, err := os.ReadFile(meminfo)
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(text)) {
		var kilobytes uint64
		if n, _ := fmt.Sscanf(line, "MemAvailable: %d kB", &kilobytes); n == 1 {
			return kilobytes << 10
		}
	}
	return 0
}

// settling is how long a folder without a lock file is taken for one that is
// just being made, or just being removed.
const settling = time.Hour

// TempDir is a folder that this process holds by a lock. Where the process is
// killed, the next one that starts a throw-away stack removes the folder.
type TempDir struct {
	path string
	lock *os.File // nil once removed
}

// SocketDir makes a private folder whose path leaves room for a socket's name,
// wherever the machine keeps its temporary files.
func SocketDir() (*TempDir, error) { return makeTemp("/tmp", socketPrefix) }

// makeTemp makes the folder. Its lock file gets its final name when the lock is
// held, so that a sweeper never finds it free.
func makeTemp(parent, prefix string) (_ *TempDir, err error) {
	if parent, err = filepath.Abs(parent); err != nil {
		return nil, fmt.Errorf("devstack: %w", err)
	}
	path, err := os.MkdirTemp(parent, prefix)
	if err != nil {
		return nil, fmt.Errorf("devstack: %w", err)
	}
	t := &TempDir{path: path}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("devstack: %w", err), os.RemoveAll(path))
		}
	}()
	draft := filepath.Join(path, "lock.new")
	if t.lock, err = lockFile(draft, os.O_CREATE); err != nil {
		return nil, err
	}
	if err := os.Rename(draft, filepath.Join(path, "lock")); err != nil {
		return nil, errors.Join(err, t.lock.Close())
	}
	return t, nil
}

// Path is the folder's absolute path.
func (t *TempDir) Path() string { return t.path }

// Remove deletes the folder with all it holds. It may be called twice.
func (t *TempDir) Remove() error {
	if t.lock == nil {
		return nil
	}
	err := errors.Join(os.RemoveAll(t.path), t.lock.Close())
	t.lock = nil
	return err
}

// lockFile opens the file and locks it for as long as it is open. Where another
// holds the lock it returns EWOULDBLOCK at once.
func lockFile(path string, flag int) (*os.File, error) {
	f, err := os.OpenFile(path, flag|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// sweep removes the folders that killed processes of this user have left. It
// does what it can: rubbish that stays is no reason not to start.
func sweep(parent, prefix string, now time.Time) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	for _, e := range entries {
		if matched, _ := filepath.Match(prefix+"*", e.Name()); !matched || !e.IsDir() {
			continue
		}
		if info, err := e.Info(); err == nil && isOurs(info) {
			sweepOne(filepath.Join(parent, e.Name()), now.Sub(info.ModTime()))
		}
	}
}

func sweepOne(path string, age time.Duration) {
	lock, err := lockFile(filepath.Join(path, "lock"), 0)
	switch {
	case err == nil:
		defer func() { _ = lock.Close() }()
	case errors.Is(err, fs.ErrNotExist) && age > settling:
	default:
		return // in use, or too young to tell
	}
	_ = os.RemoveAll(path)
}

func isOurs(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}
