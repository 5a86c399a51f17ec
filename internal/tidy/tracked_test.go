package tidy

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A built program is megabytes that every clone carries for ever. git add takes one
// along unseen when it lies beside the code.
func TestNoBuiltProgramIsTracked(t *testing.T) {
	list := exec.CommandContext(t.Context(), "git", "ls-files", "-z")
	list.Dir = root
	names, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(names), "\x00"), "\x00") {
		if isProgram(t, filepath.Join(root, name)) {
			t.Errorf("%s is a built program: git rm --cached it, and name it in .gitignore", name)
		}
	}
}

// isProgram tells whether the file begins as programs of Linux, macOS and Windows do.
func isProgram(t *testing.T, path string) bool {
	t.Helper()
	file, err := os.Open(path)
	if os.IsNotExist(err) {
		return false // deleted, and not yet committed
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	head, err := io.ReadAll(io.LimitReader(file, 4))
	if err != nil {
		t.Fatal(err)
	}
	for _, magic := range []string{"\x7fELF", "\xcf\xfa\xed\xfe", "MZ\x90\x00"} {
		if bytes.Equal(head, []byte(magic)) {
			return true
		}
	}
	return false
}
