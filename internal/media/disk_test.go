package media

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const aName = "0123456789abcdef0123456789abcdef"

func two() rendered { return rendered{SizeFull: []byte("full"), SizeThumbnail: []byte("small")} }

// A file is whole or not there; removing may be repeated.
func TestDisk(t *testing.T) {
	d := disk{filepath.Join(t.TempDir(), "media")}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(d.remove(t.Context(), aName)) // nothing is fine
	must(d.write(t.Context(), aName, two()))
	if !isWhole(t, d) {
		t.Error("not whole")
	}
	file, err := d.open(t.Context(), aName, SizeThumbnail)
	must(err)
	must(file.Close())
	must(os.Remove(d.path(aName, SizeThumbnail)))
	if isWhole(t, d) {
		t.Error("whole without its thumbnail")
	}
	must(os.WriteFile(d.path(aName, SizeThumbnail)+part, []byte("ha"), 0o600)) // killed midway
	must(d.remove(t.Context(), aName))
	must(d.remove(t.Context(), aName))
	left, err := os.ReadDir(d.shelf(aName))
	must(err)
	if len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	if _, err := d.open(t.Context(), aName, SizeFull); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("opened: %v", err)
	}
}

// Errors go to the log: they name no folder.
func TestErrorsNameNoPath(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a-private-folder")
	if err := os.WriteFile(folder, nil, 0o600); err != nil { // no folder at all
		t.Fatal(err)
	}
	d := disk{folder}
	_, opened := d.open(t.Context(), aName, SizeFull)
	for _, err := range []error{d.write(t.Context(), aName, two()), d.remove(t.Context(), aName), opened} {
		if err == nil || strings.Contains(err.Error(), "private") {
			t.Errorf("says %v", err)
		}
	}
}
