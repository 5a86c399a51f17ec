package tidy

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var decided = regexp.MustCompile(`\n\nDecided (20\d\d-\d\d-\d\d)\.\n`)

// TestDecisions holds that each ADR has the next number, a day and what else there
// was, and stands in the index as it is.
func TestDecisions(t *testing.T) {
	folder := filepath.Join(root, "docs", "adr")
	index, err := os.ReadFile(filepath.Join(folder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "0*.md"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no decisions in %s: %v", folder, err)
	}
	for i, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name, number := filepath.Base(file), i+1
		if !strings.HasPrefix(name, fmt.Sprintf("%04d-", number)) {
			t.Fatalf("%s: the next decision has the number %d", name, number)
		}
		first, _, _ := strings.Cut(string(text), "\n")
		title, numbered := strings.CutPrefix(first, fmt.Sprintf("# %d. ", number))
		day := decided.FindStringSubmatch(string(text))
		switch {
		case !numbered:
			t.Errorf("%s begins with %q: begin with # %d. and the title", name, first, number)
		case day == nil:
			t.Errorf("%s: say when, in a line of its own: Decided 2026-01-31.", name)
		case !strings.Contains(string(text), "\n\n**Instead**: "):
			t.Errorf("%s: end with what else there was, after **Instead**:", name)
		case !strings.Contains(string(index), fmt.Sprintf("\n%d. [%s](%s), %s\n", number, title, name, day[1])):
			t.Errorf("docs/adr/README.md lacks the line %d. [%s](%s), %s", number, title, name, day[1])
		}
	}
}
