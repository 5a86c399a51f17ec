package tidy

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestGeneratedFilesAreFresh generates everything in a copy of the module and
// looks for differences. TestSchemaIsFresh does it for schema.sql.
func TestGeneratedFilesAreFresh(t *testing.T) {
	copied := t.TempDir()
	before := map[string]string{}
	err := walk(os.DirFS(root), func(name string) error {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		before[name] = string(text)
		to := filepath.Join(copied, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		return os.WriteFile(to, text, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	generate := exec.CommandContext(t.Context(), "go", "generate", "-skip", "go test", "./...")
	generate.Dir = copied
	generate.Env = append(os.Environ(), "PWD="+copied)
	if said, err := generate.CombinedOutput(); err != nil {
		t.Fatalf("go generate: %v\n%s", err, said)
	}
	err = walk(os.DirFS(copied), func(name string) error {
		text, err := os.ReadFile(filepath.Join(copied, name))
		if old, there := before[name]; err == nil && (!there || old != string(text)) {
			t.Errorf("%s is not what its source makes: run make generate", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
