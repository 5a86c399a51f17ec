package media

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/bucket"
)

func isWhole(t *testing.T, s store) bool {
	t.Helper()
	whole, err := s.isWhole(t.Context(), aName)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

const (
	s3Key    = "pictures"
	s3Secret = "a-secret-that-no-error-names"
)

// s3 starts a real server of S3 over a folder, with the bucket, and opens it.
func s3(t *testing.T) *bucket.Bucket {
	t.Helper()
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "pictures"), 0o700); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	server := exec.CommandContext(t.Context(), "go", "tool", "-modfile=../../tools/s3/go.mod", "versitygw",
		"--port", at, "--access", s3Key, "--secret", s3Secret, "--quiet", "posix", "--sidecar", t.TempDir(), folder)
	var said bytes.Buffer
	server.Stdout, server.Stderr, server.Cancel = &said, &said, func() error { return server.Process.Signal(os.Interrupt) }
	server.WaitDelay = 5 * time.Second
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Wait() })
	b, err := bucket.Open(bucket.Options{
		Endpoint: "http://" + at, Region: "us-east-1", Name: "pictures", Key: s3Key, Secret: s3Secret, Timeout: 10 * time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for limit := time.After(5 * time.Minute); ; { // the first time it is compiled
		if _, err = b.Size(t.Context(), "nothing"); errors.Is(err, bucket.ErrNone) {
			return b
		}
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("no store: %v: %s", err, said.String())
		}
	}
}

// Both stores keep a picture whole or not at all, and whatever was cut off may be done
// again.
func TestStores(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]store{
		"disk": disk{filepath.Join(t.TempDir(), "media")}, "s3": remote{s3(t)},
	} {
		t.Run(name, func(t *testing.T) {
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Fatal(err)
				}
			}
			must(s.remove(t.Context(), aName)) // nothing is fine
			if isWhole(t, s) {
				t.Error("whole before it was written")
			}
			must(s.write(t.Context(), aName, rendered{SizeFull: []byte("full")})) // killed in between
			if isWhole(t, s) {
				t.Error("whole without its thumbnail")
			}
			must(s.write(t.Context(), aName, two()))
			must(s.write(t.Context(), aName, two()))
			if !isWhole(t, s) {
				t.Error("not whole")
			}
			file, err := s.open(t.Context(), aName, SizeThumbnail)
			must(err)
			data, err := io.ReadAll(file)
			must(errors.Join(err, file.Close()))
			if string(data) != "small" || file.Length != int64(len(data)) {
				t.Errorf("%q of %d bytes", data, file.Length)
			}
			must(s.remove(t.Context(), aName))
			must(s.remove(t.Context(), aName))
			if _, err := s.open(t.Context(), aName, SizeFull); !errors.Is(err, os.ErrNotExist) || isWhole(t, s) {
				t.Errorf("removed: %v", err)
			}
		})
	}
}

// A store that takes the connection and says nothing is given up, and so is one that is
// not there; no error names its secret.
func TestAStoreThatHangs(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0") // takes connections, and never answers
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	for _, at := range []string{listener.Addr().String(), "127.0.0.1:1"} {
		b, err := bucket.Open(bucket.Options{
			Endpoint: "http://" + at, Region: "us-east-1", Name: "pictures", Key: s3Key, Secret: s3Secret, Timeout: 300 * time.Millisecond,
		})
		if err != nil {
			t.Fatal(err)
		}
		s := remote{b}
		done := make(chan error, 4)
		go func() {
			_, opened := s.open(t.Context(), aName, SizeFull)
			_, looked := s.isWhole(t.Context(), aName)
			done <- s.write(t.Context(), aName, two())
			done <- s.remove(t.Context(), aName)
			done <- opened
			done <- looked
		}()
		limit := time.After(30 * time.Second)
		for range 4 {
			select {
			case err := <-done:
				if err == nil || errors.Is(err, os.ErrNotExist) || strings.Contains(err.Error(), s3Secret) {
					t.Errorf("%s: %v", at, err)
				}
			case <-limit:
				t.Fatal("still waits for a store that hangs")
			}
		}
	}
}
