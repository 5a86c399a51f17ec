package bench

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"xinyuan/api"
	"xinyuan/internal/app"
	"xinyuan/internal/clock"
	"xinyuan/internal/config"
)

const (
	roleVariable   = "XINYUAN_TEST_BENCH_ROLE"
	prefixVariable = "XINYUAN_TEST_BENCH_PREFIX"
)

// TestMain lets this program also be each of the two servers that it measures.
func TestMain(m *testing.M) {
	role := os.Getenv(roleVariable)
	if role == "" {
		os.Exit(m.Run())
	}
	if err := serveRole(role); err != nil {
		slog.Error("bench: the server ends", "role", role, "error", err)
		os.Exit(1)
	}
}

// serveRole serves until its standard input ends, and prints its address.
func serveRole(role string) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	_ = os.Unsetenv(roleVariable)
	prefix := os.Getenv(prefixVariable)
	_ = os.Unsetenv(prefixVariable)
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	handler, err := roleHandler(ctx, role, prefix)
	if err != nil {
		return err
	}
	// The same time-outs as serve's.
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 60 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
	}
	if _, err := io.WriteString(os.Stdout, "http://"+listener.Addr().String()+"\n"); err != nil {
		return err
	}
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // ends with the parent, however that ends
		stop()
		_ = server.Close()
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// roleHandler builds what the process serves: the product as serve runs it,
// background jobs and log lines included, or the bare versions.
func roleHandler(ctx context.Context, role, prefix string) (http.Handler, error) {
	c, err := config.Load("", os.Environ())
	if err != nil {
		return nil, err
	}
	if role == "bare" {
		return bareHandler(ctx, c, prefix)
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	a, err := app.Open(ctx, c, app.Options{Clocks: clock.Systems(), Log: log, RedisPrefix: prefix})
	if err != nil {
		return nil, err
	}
	go a.Serve(ctx, true)
	return a.Handler(api.Options{WatchAddresses: true})
}

// child is a server in a process of its own.
type child struct {
	url string
	cmd *exec.Cmd
}

// startChild runs this program in the role. It ends with the test.
func startChild(t *testing.T, role, prefix string, settings []string) *child {
	t.Helper()
	cmd := exec.Command(os.Args[0]) //nolint:noctx // it ends with its input
	cmd.Env = append([]string{roleVariable + "=" + role, prefixVariable + "=" + prefix}, settings...)
	log, err := os.Create(t.TempDir() + "/" + role + ".log")
	must(t, err)
	cmd.Stderr = log
	in, err := cmd.StdinPipe()
	must(t, err)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	c := &child{cmd: cmd}
	t.Cleanup(func() {
		must(t, c.signal(syscall.SIGCONT))
		must(t, in.Close())
		_ = cmd.Wait()
		_ = log.Close()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		said, _ := os.ReadFile(log.Name())
		t.Fatalf("bench: %s does not start: %v\n%s", role, err, said)
	}
	c.url = strings.TrimSpace(line)
	return c
}

func (c *child) signal(s os.Signal) error { return c.cmd.Process.Signal(s) }

// cpuTime is what the process and its ended children have used, from
// /proc/PID/stat (proc(5)): utime, stime, cutime, cstime in hundredths of a second.
func cpuTime(t *testing.T, pid int) time.Duration {
	t.Helper()
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	must(t, err)
	// The name may hold spaces and brackets; what counts stands behind the last one.
	_, rest, _ := strings.Cut(string(text[strings.LastIndexByte(string(text), ')'):]), " ")
	fields := strings.Fields(rest)
	var ticks int
	for _, f := range fields[11:15] {
		n, err := strconv.Atoi(f)
		must(t, err)
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}
