// Package teststore starts a real store of pictures that speaks S3, for tests.
package teststore

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"xinyuan/internal/bucket"
)

// Store is a running store with one bucket.
type Store struct {
	bucket.Options
	Folder string // what the bucket holds, a file each
}

// ready is how long the store may take to answer: the first time it is compiled.
const ready = 5 * time.Minute

// New starts a store over an empty bucket; it ends with the test.
func New(t testing.TB) Store {
	t.Helper()
	folder := t.TempDir()
	s := Store{Folder: filepath.Join(folder, "pictures")}
	must(t, os.Mkdir(s.Folder, 0o700))
	// A port that is found free, let go and told to the store can be another's by then: the test keeps its port open,
	// and the store listens on a socket with a name of its own.
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // it is open as long as the test
	must(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	socket := "@xinyuan-store-" + rand.Text()
	go forward(t.Context(), listener, socket)
	s.Options = bucket.Options{
		Endpoint: "http://" + listener.Addr().String(), Region: "us-east-1", Name: "pictures",
		Key: "pictures", Secret: "a-secret-that-no-error-names", Timeout: 10 * time.Second,
	}
	server := exec.CommandContext(t.Context(), "go", "tool", "-modfile="+modules(t), "versitygw",
		"--port", socket, "--access", s.Key, "--secret", s.Secret, "--quiet", "posix", "--sidecar", t.TempDir(), folder)
	var said bytes.Buffer
	server.Stdout, server.Stderr = &said, &said
	server.Cancel = func() error { return server.Process.Signal(os.Interrupt) }
	server.WaitDelay = 5 * time.Second
	must(t, server.Start())
	t.Cleanup(func() { _ = server.Wait() })
	b, err := bucket.Open(s.Options)
	must(t, err)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for limit := time.After(ready); ; {
		if _, err = b.Size(t.Context(), "nothing"); errors.Is(err, bucket.ErrNone) {
			return s
		}
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("no store: %v: %s", err, said.String())
		}
	}
}

// forward hands what comes to the listener to the socket, until the listener is closed.
func forward(ctx context.Context, listener net.Listener, socket string) {
	for {
		from, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer func() { _ = from.Close() }()
			to, err := new(net.Dialer).DialContext(ctx, "unix", socket)
			if err != nil {
				return // the store does not listen yet: the caller asks again
			}
			defer func() { _ = to.Close() }()
			go func() {
				_, _ = io.Copy(to, from)
				_ = to.Close()
			}()
			_, _ = io.Copy(from, to)
		}()
	}
}

// modules is the file that names the store's program, from whatever folder the test runs in.
func modules(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	must(t, err)
	for {
		file := filepath.Join(dir, "tools", "s3", "go.mod")
		if _, err := os.Stat(file); err == nil {
			return file
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("tools/s3/go.mod is above no test")
		}
		dir = filepath.Dir(dir)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
