package devstack_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/devstack"
)

// TestMain lets this program be its own victim: with the variable set it starts
// the servers, says so, and waits to be killed.
func TestMain(m *testing.M) {
	dir := os.Getenv("XINYUAN_TEST_VICTIM")
	if dir == "" {
		os.Exit(m.Run())
	}
	if _, err := devstack.Start(context.Background(), devstack.Options{Dir: dir}); err != nil {
		os.Exit(1)
	}
	_, _ = os.Stdout.WriteString("ready\n")
	select {}
}

func TestServersDieWithAKilledParent(t *testing.T) {
	dir := t.TempDir()
	victim := exec.CommandContext(t.Context(), os.Args[0])
	victim.Env = append(os.Environ(), "XINYUAN_TEST_VICTIM="+dir)
	out, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatalf("the victim says %q, %v", line, err)
	}
	if n := len(running(t, dir)); n != 2 {
		t.Fatalf("%d servers are running, want 2", n)
	}
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = victim.Wait()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for limit := time.After(20 * time.Second); len(running(t, dir)) > 0; {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("still running: %v", running(t, dir))
		}
	}
	start(t, dir) // and the folder is usable again
}

// running lists the servers whose command line names the folder.
func running(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err == nil && strings.Contains(string(text), dir) || err == nil && isRedisOf(f, string(text), dir) {
			found = append(found, fmt.Sprintf("%s %s", f, strings.ReplaceAll(string(text), "\x00", " ")))
		}
	}
	return found
}

// isRedisOf recognises Redis, which rewrites its command line, by its folder.
func isRedisOf(cmdline, text, dir string) bool {
	cwd, err := os.Readlink(filepath.Join(filepath.Dir(cmdline), "cwd"))
	return err == nil && strings.Contains(text, "redis") && cwd == dir
}
