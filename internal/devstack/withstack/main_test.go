package main

import (
	"bufio"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"xinyuan/internal/devstack"
)

// TestMain lets this program be the one under test.
func TestMain(m *testing.M) {
	if os.Getenv("XINYUAN_TEST_AS_MAIN") != "" {
		main()
	}
	os.Exit(m.Run())
}

// self runs this program's main with the servers of the environment, if any.
func self(t *testing.T, mysql, redis string, command ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], command...)
	cmd.Env = append(os.Environ(), "XINYUAN_TEST_AS_MAIN=1",
		devstack.MySQLVariable+"="+mysql, devstack.RedisVariable+"="+redis)
	return cmd
}

func code(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if exit == nil {
		return 0
	}
	return exit.ExitCode()
}

func TestExitCode(t *testing.T) {
	cases := []struct {
		command []string
		want    int
	}{
		{[]string{"true"}, 0},
		{[]string{"sh", "-c", "exit 7"}, 7},
		{[]string{"sh", "-c", "kill -KILL $$"}, 137},
		{[]string{"/no/such/command"}, 1},
		{nil, 2},
	}
	for _, c := range cases {
		if got := code(t, self(t, "given", "given", c.command...).Run()); got != c.want {
			t.Errorf("%q exits with %d, want %d", c.command, got, c.want)
		}
	}
}

const show = `echo "$` + devstack.MySQLVariable + ` $` + devstack.RedisVariable + `"`

func TestVariables(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	cases := []struct {
		name, mysql, redis       string
		startsMySQL, startsRedis bool
	}{
		{"both given", "a", "b", false, false},
		{"MySQL given", "a", "", false, true},
		{"Redis given", "", "b", true, false},
	}
	for _, c := range cases {
		out, err := self(t, c.mysql, c.redis, "sh", "-c", show).Output()
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		found := strings.Fields(string(out))
		if len(found) != 2 {
			t.Fatalf("%s: the command sees %q", c.name, out)
		}
		if (found[0] != "a") != c.startsMySQL || (found[1] != "b") != c.startsRedis {
			t.Errorf("%s: the command sees %q", c.name, found)
		}
	}
}

// TestServersLiveAsLongAsTheCommand also holds that input, output and exit code pass.
func TestServersLiveAsLongAsTheCommand(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	cmd := self(t, "", "", "sh", "-c", show+"; read answer; exit $answer")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	sockets := startAndRead(t, cmd)
	if len(sockets) != 2 {
		t.Fatalf("the command sees the sockets %q, want two", sockets)
	}
	for _, s := range sockets {
		if _, err := os.Stat(s); err != nil {
			t.Errorf("no server while the command runs: %v", err)
		}
	}
	if _, err := in.Write([]byte("7\n")); err != nil {
		t.Fatal(err)
	}
	if got := code(t, cmd.Wait()); got != 7 {
		t.Errorf("exit code %d, want 7", got)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("the servers' folder is left: %v, %v", left, err)
	}
}

func TestSignalsArePassedOn(t *testing.T) {
	for signal, want := range map[syscall.Signal]int{syscall.SIGINT: 11, syscall.SIGTERM: 12} {
		cmd := self(t, "a", "b", "sh", "-c", `trap 'exit 11' INT; trap 'exit 12' TERM; `+show+`; while :; do read x; done`)
		in, err := cmd.StdinPipe() // never written, so that the command waits
		if err != nil {
			t.Fatal(err)
		}
		startAndRead(t, cmd)
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		if got := code(t, cmd.Wait()); got != want {
			t.Errorf("%v: exit code %d, want %d", signal, got, want)
		}
		_ = in.Close()
	}
}

// startAndRead waits for the line of show and returns the sockets it names.
func startAndRead(t *testing.T, cmd *exec.Cmd) []string {
	t.Helper()
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`/[^/:() ][^:() ]*\.sock`).FindAllString(line, -1)
}

// TestTemporaryFilesLieBesideTheData holds that a command has a folder of its own, which ends with it.
func TestTemporaryFilesLieBesideTheData(t *testing.T) {
	t.Setenv("TMPDIR", "")
	out, err := self(t, "", "", "sh", "-c", `test -d "$TMPDIR" && echo "$TMPDIR $GOTMPDIR $`+devstack.MySQLVariable+`"`).Output()
	if err != nil {
		t.Fatal(err)
	}
	found := strings.Fields(string(out))
	if len(found) != 3 || !strings.Contains(found[2], filepath.Dir(found[0])+"/") || found[1] != os.TempDir() {
		t.Errorf("the command sees %q", found)
	}
	if _, err := os.Stat(found[0]); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is left: %v", err)
	}
}
