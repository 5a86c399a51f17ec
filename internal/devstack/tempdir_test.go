package devstack

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"xinyuan/internal/clock"
)

func TestSweep(t *testing.T) {
	t.Parallel()
	parent, now := t.TempDir(), clock.System().Now()
	live, err := makeTemp(parent, stackPrefix)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := live.Remove(); err != nil {
			t.Error(err)
		}
	})
	folder := func(name string, age time.Duration, files ...string) string {
		path := filepath.Join(parent, name)
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if err := os.WriteFile(filepath.Join(path, f), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chtimes(path, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
		return path
	}
	cases := []struct {
		name, path string
		stays      bool
	}{
		{"held", live.Path(), true},
		{"left by a killed process", folder("xinyuan-stack-1", 0, "lock", "redis.log"), false},
		{"just being made", folder("xinyuan-stack-2", 59*time.Minute, "lock.new"), true},
		{"half-made long ago", folder("xinyuan-stack-3", 61*time.Minute, "lock.new"), false},
		{"of another name", folder("another-stack-4", 24*time.Hour, "lock"), true},
		{"the target of a link", folder("target", 24*time.Hour, "lock"), true},
	}
	if err := os.Symlink(filepath.Join(parent, "target"), filepath.Join(parent, "xinyuan-stack-5")); err != nil {
		t.Fatal(err)
	}
	sweep(parent, stackPrefix, now)
	for _, c := range cases {
		if _, err := os.Stat(c.path); (err == nil) != c.stays {
			t.Errorf("%s: after the sweep it is there: %t, want %t (%v)", c.name, err == nil, c.stays, err)
		}
	}
}

func TestTempDirIsRemovedOnce(t *testing.T) {
	t.Parallel()
	dir, err := SocketDir()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := dir.Remove(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(dir.Path()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
}

func TestAvailable(t *testing.T) {
	t.Parallel()
	known := filepath.Join(t.TempDir(), "meminfo")
	text := "MemTotal:       24637296 kB\nMemFree:  1 kB\nMemAvailable:   2048 kB\n"
	if err := os.WriteFile(known, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := available(known); got != 2<<20 {
		t.Errorf("%d bytes, want 2 MB", got)
	}
	if available(known+".none") != 0 || available(os.DevNull) != 0 || free("/no/such/folder") != 0 {
		t.Error("what is not known counts as room")
	}
	if available("/proc/meminfo") == 0 || free("/proc/self") != 0 {
		t.Error("the machine has no memory, or /proc takes files")
	}
}

func TestThrowAwayParent(t *testing.T) {
	t.Setenv("TMPDIR", "/var/tmp")
	if got := throwAwayParent(); got != "/var/tmp" {
		t.Errorf("%s, want what TMPDIR names", got)
	}
	t.Setenv("TMPDIR", "")
	if got := throwAwayParent(); (got == memory) != (free(memory) >= room) {
		t.Errorf("%s with %d bytes free in memory", got, free(memory))
	}
}
