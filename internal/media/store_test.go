package media

import (
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/bucket"
	"xinyuan/internal/devstack/teststore"
)

func isWhole(t *testing.T, s store) bool {
	t.Helper()
	whole, err := s.isWhole(t.Context(), aName)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

// s3 is a real store with its bucket.
func s3(t *testing.T) *bucket.Bucket {
	t.Helper()
	b, err := bucket.Open(teststore.New(t).Options)
	if err != nil {
		t.Fatal(err)
	}
	return b
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
	const secret = "a-secret-that-no-error-names"
	for _, at := range []string{listener.Addr().String(), "127.0.0.1:1"} {
		b, err := bucket.Open(bucket.Options{
			Endpoint: "http://" + at, Region: "us-east-1", Name: "pictures", Key: "pictures", Secret: secret, Timeout: 300 * time.Millisecond,
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
				if err == nil || errors.Is(err, os.ErrNotExist) || strings.Contains(err.Error(), secret) {
					t.Errorf("%s: %v", at, err)
				}
			case <-limit:
				t.Fatal("still waits for a store that hangs")
			}
		}
	}
}
