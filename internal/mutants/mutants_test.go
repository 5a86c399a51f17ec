package mutants

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const good = "mutant: a\nfile: f.txt\ntest: ./api TestA\n-old\n+new\n"

func TestParse(t *testing.T) {
	for name, c := range map[string]struct {
		text, wrong string
		want        int
	}{
		"none":            {"# for the reader\n", "", 0},
		"two":             {"# why\n" + good + "\n\n" + strings.Replace(good, "mutant: a", "mutant: b", 1), "", 2},
		"twice":           {good + "\n" + good, "twice", 0},
		"without a test":  {strings.Replace(good, "test: ./api TestA\n", "", 1), "a test", 0},
		"without an edit": {strings.Replace(good, "-old\n+new\n", "", 1), "an edit", 0},
		"that is none":    {strings.Replace(good, "new", "old", 1), "changes nothing", 0},
		"another line":    {good + "more\n", "what is", 0},
	} {
		all, err := parse(c.text)
		if len(all) != c.want || (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %d mutants, %v", name, len(all), err)
		}
	}
}

func TestApply(t *testing.T) {
	m, err := parseOne("mutant: a\nfile: f.txt\ntest: client f.test.ts it works\n-\told\n-\tmore\n+\tnew\n")
	if err != nil || !m.IsInClient() || m.Test != "f.test.ts it works" {
		t.Fatalf("%+v: %v", m, err)
	}
	for name, c := range map[string]struct{ text, want string }{
		"one place":  {"{\n\told\n\tmore\n}\n", "{\n\tnew\n}\n"},
		"no place":   {"{\n\told\n}\n", ""},
		"two places": {"\told\n\tmore\n\told\n\tmore\n", ""},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "f.txt"), []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := m.Apply(dir); got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if _, err := m.Apply(t.TempDir()); err == nil {
		t.Error("a file that is gone has the mistake in it")
	}
}
