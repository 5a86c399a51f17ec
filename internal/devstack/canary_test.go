package devstack_test

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xinyuan/internal/devstack"
)

// A text is found in whatever the servers and the tests keep, and a search that finds
// nothing of what must be there fails.
func TestLeaks(t *testing.T) {
	for _, present := range []string{"the title", "nowhere"} {
		s := start(t, "")
		run(t, s, "CREATE TABLE said (words VARCHAR(60)) SELECT 'the title of 13800138000' AS words")
		tell(t, s.RedisAddr(), "SET answer in-redis\r\n")
		temp, err := s.Temp()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(temp, "a.log"), []byte("in-a-file"), 0o600); err != nil {
			t.Fatal(err)
		}
		leaks, err := s.Leaks(t.Context(), []string{"13800138000", "in-redis", "in-a-file", "in-nothing"}, present)
		if (err != nil) != (present == "nowhere") {
			t.Errorf("looking for %q: %v", present, err)
		}
		all := strings.Join(leaks, "\n")
		for _, want := range []string{`mysql/ib_logfile0 has "13800138000"`, `dump.rdb has "in-redis"`, `temp/a.log has "in-a-file"`} {
			if !strings.Contains(all, want) {
				t.Errorf("not found: %s, in\n%s", want, all)
			}
		}
		if strings.Contains(all, "in-nothing") {
			t.Errorf("found what is nowhere:\n%s", all)
		}
	}
	if _, err := start(t, t.TempDir()).Leaks(t.Context(), devstack.Canaries(), devstack.PublicTitle); err == nil {
		t.Error("the data of a kept folder are searched")
	}
}

// tell sends Redis a command and waits for its answer.
func tell(t *testing.T, addr, command string) {
	t.Helper()
	conn, err := net.Dial("unix", strings.TrimPrefix(addr, "unix://")) //nolint:noctx // a socket of our own
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := conn.Write([]byte(command)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Read(make([]byte, 5)); err != nil {
		t.Fatal(err)
	}
}
