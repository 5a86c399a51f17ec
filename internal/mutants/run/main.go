// Run tries every mutant: first the named tests on the code as it is, then each
// test with its mistake in the code. It fails where a mutant survives, where its
// edit fits nowhere, and where a named test fails by itself or does not exist.
// Arguments choose the mutants whose names contain one of them. Servers for the
// tests come from the environment (see withstack).
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"xinyuan/internal/mutants"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(names []string) error {
	all, err := mutants.List()
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(m mutants.Mutant) bool {
		chosen := func(name string) bool { return strings.Contains(m.Name, name) }
		return len(names) > 0 && !slices.ContainsFunc(names, chosen)
	})
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "xinyuan-mutants")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(temp) }()
	h := house{root, temp}
	if err := h.asItIs(all); err != nil {
		return err
	}
	bad := 0
	for i, m := range all {
		word := "killed"
		if err := h.try(m); err != nil {
			bad++
			word = "LIVES\n" + err.Error()
		}
		fmt.Printf("%3d/%d %s: %s\n", i+1, len(all), m.Name, word)
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d mutants live: write the test that fails for them", bad, len(all))
	}
	fmt.Printf("all %d mutants are killed\n", len(all))
	return nil
}

// house is the code, and a folder for what is changed of it.
type house struct{ root, temp string }

// asItIs runs the named tests without any mutant: all must be there and pass.
func (h house) asItIs(all []mutants.Mutant) error {
	tests := map[string][]string{}
	for _, m := range all {
		if !slices.Contains(tests[m.Package], m.Test) {
			tests[m.Package] = append(tests[m.Package], m.Test)
		}
	}
	var bad error
	for pkg, names := range tests {
		if pkg == mutants.Client {
			for _, name := range names {
				if failed, out := h.client(h.root+"/miniprogram", name); failed || !passed.MatchString(out) {
					bad = errors.Join(bad, fmt.Errorf("without a mutant, of the client: %s:\n%s", name, out))
				}
			}
			continue
		}
		out := h.goTest(pkg, "", names...)
		for _, name := range names {
			if !strings.Contains(out, "\n--- PASS: "+name+" ") {
				bad = errors.Join(bad, fmt.Errorf("without a mutant %s of %s does not pass:\n%s", name, pkg, out))
			}
		}
	}
	return bad
}

// try runs the mutant's test with the mistake in the code. The error says why it
// is not killed.
func (h house) try(m mutants.Mutant) error {
	text, err := m.Apply(h.root)
	if err != nil {
		return err
	}
	if m.IsInClient() {
		return h.tryClient(m, text)
	}
	changed := filepath.Join(h.temp, "changed")
	overlay := filepath.Join(h.temp, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{
		"Replace": {filepath.Join(h.root, filepath.FromSlash(m.File)): changed},
	})
	if err != nil {
		return err
	}
	err = errors.Join(os.WriteFile(changed, []byte(text), 0o600), os.WriteFile(overlay, replace, 0o600))
	if err != nil {
		return err
	}
	if out := h.goTest(m.Package, overlay, m.Test); !fails(out, m.Test) {
		return fmt.Errorf("%s of %s does not fail:\n%s", m.Test, m.Package, out)
	}
	return nil
}

// goTest runs the tests and returns what they print; the overlay stands in for
// files where it is not empty.
func (h house) goTest(pkg, overlay string, names ...string) string {
	args := []string{"test", "-v", "-count=1", "-timeout=5m", "-vet=off", "-ldflags=-w"}
	args = append(args, "-run=^("+strings.Join(names, "|")+")$")
	if overlay != "" {
		args = append(args, "-overlay="+overlay)
	}
	return "\n" + h.output(h.root, "go", append(args, pkg)...)
}

// fails tells whether the test failed, or began and ended the program: a panic that nobody catches is of no test.
func fails(out, test string) bool {
	_, begun, _ := strings.Cut(out, "=== RUN   "+test+"\n")
	return strings.Contains(out, "\n--- FAIL: "+test+" ") || strings.Contains(begun, "\npanic: ")
}

var (
	passed = regexp.MustCompile(`Tests +1 passed`)
	failed = regexp.MustCompile(`Tests +1 failed`)
)

// tryClient runs a test of the client in a copy of its sources.
func (h house) tryClient(m mutants.Mutant, text string) error {
	from, to := filepath.Join(h.root, "miniprogram"), filepath.Join(h.temp, "miniprogram")
	err := errors.Join(os.RemoveAll(to), os.MkdirAll(to, 0o700),
		os.Symlink(filepath.Join(from, "node_modules"), filepath.Join(to, "node_modules")))
	for _, part := range []string{"src", "tests"} {
		err = errors.Join(err, os.CopyFS(filepath.Join(to, part), os.DirFS(filepath.Join(from, part))))
	}
	for _, file := range []string{"package.json", "tsconfig.json", "vitest.config.ts"} {
		config, problem := os.ReadFile(filepath.Join(from, file))
		write := os.WriteFile(filepath.Join(to, file), config, 0o600) //nolint:gosec // one of these three names
		err = errors.Join(err, problem, write)
	}
	err = errors.Join(err, os.WriteFile(filepath.Join(h.temp, filepath.FromSlash(m.File)), []byte(text), 0o600))
	if err != nil {
		return err
	}
	if one, out := h.client(to, m.Test); !one {
		return fmt.Errorf("%s does not fail:\n%s", m.Test, out)
	}
	return nil
}

// client runs one test of the client in the folder, by its file and title. failing
// tells whether the test ran and failed.
func (h house) client(dir, test string) (failing bool, out string) {
	file, title, _ := strings.Cut(test, " ")
	out = h.output(dir, "npx", "vitest", "run", "tests/unit/"+file, "-t", "^"+regexp.QuoteMeta(title)+"$")
	return failed.MatchString(out), out
}

// output is what a command prints; whether it succeeds, that says too.
func (h house) output(dir, name string, args ...string) string {
	cmd := exec.Command(name, args...) //nolint:noctx // it ends by its own limit of time
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "NO_COLOR=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return string(out) + "\n" + err.Error()
	}
	return string(out)
}
