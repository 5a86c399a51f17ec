package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAuditIsHonest holds that the audit passes only where every service has answered and none has found anything.
func TestAuditIsHonest(t *testing.T) {
	t.Parallel()
	const (
		goClean, goFound = "echo 'No vulnerabilities found.'", "echo 'Vulnerability #1: GO-2026-1'; exit 3"
		npmClean         = "echo 'found 0 vulnerabilities'"
		npmFound         = "echo '3 high severity vulnerabilities'; exit 1"
		away             = "echo 'npm ERR! network request failed: 403' >&2; exit 1"
	)
	for _, c := range []struct {
		name, govulncheck, npm string
		code                   int
		says                   string
	}{
		{"all is well", goClean, npmClean, 0, "everything was checked"},
		{"Go has a weakness", goFound, npmClean, 1, "FOUND in govulncheck:"},
		{"a package has one", goClean, npmFound, 1, "FOUND in miniprogram, miniprogram/compile-check:"},
		{"nobody answers", away, away, 3, "NOT CHECKED: govulncheck, miniprogram, miniprogram/compile-check."},
		{"one does not answer, one finds something", away, npmFound, 1, "NOT CHECKED: govulncheck."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tools := t.TempDir()
			for name, script := range map[string]string{"go": c.govulncheck, "npm": c.npm} {
				if err := os.WriteFile(filepath.Join(tools, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil { //nolint:gosec // it is run
					t.Fatal(err)
				}
			}
			run := exec.CommandContext(t.Context(), "scripts/audit.sh")
			run.Env = append(os.Environ(), "PATH="+tools+string(os.PathListSeparator)+os.Getenv("PATH"))
			said, err := run.CombinedOutput()
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			if code := run.ProcessState.ExitCode(); code != c.code || !strings.Contains(string(said), c.says) {
				t.Errorf("it ends with %d, want %d, and says:\n%s", code, c.code, said)
			}
			if strings.Contains(string(said), "nothing is found") != (c.code == 0) {
				t.Errorf("it says that nothing is found:\n%s", said)
			}
		})
	}
}
