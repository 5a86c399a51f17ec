package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module writes a module of these files and returns its folder.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	files["go.mod"] = "module example\n\ngo 1.26\n"
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

const head = "package some\n\nimport (\"sync\"; \"testing\")\n\nvar wg sync.WaitGroup\n\n"

func TestPlan(t *testing.T) {
	p, err := makePlan(module(t, map[string]string{
		"code/code.go":      "package code\n\nfunc Run() { go func() {}() }\n",
		"code/code_test.go": "package code\n\nimport \"testing\"\n\nfunc TestCode(t *testing.T) {}\nfunc TestMain(m *testing.M) { m.Run() }\n",
		"some/some_test.go": head + `func TestPlain(t *testing.T) { far() }
func far() {}
func TestGo(t *testing.T) { go far() }
func TestGroup(t *testing.T) { wg.Go(far) }
func TestHelper(t *testing.T) { near() }
func near() { middle() }
func FuzzVariable(f *testing.F) { f.Fuzz(func(*testing.T, string) { inVariable() }) }
func TestMethod(t *testing.T) { racer{}.race() }
func ExampleRound() { round() }
func round() { back(); middle() }
func back() { round() }
`,
		"some/help_test.go":       "package some\n\nfunc middle() { go far() }\n\nvar inVariable = func() { middle() }\n\ntype racer struct{}\n\nfunc (racer) race() { middle() }\n",
		"calm/calm.go":            "package calm\n\n// A word about go func() {}.\nfunc Calm() {}\n",
		"calm/calm_test.go":       "package calm\n\nimport \"testing\"\n\nfunc TestCalm(t *testing.T) { Calm() }\n",
		"same/same_test.go":       "package same\n\nimport \"testing\"\n\nfunc TestGo(t *testing.T) {}\n",
		"none/none.go":            "package none\n",
		"internal/tidy/t_test.go": "package tidy\n\nimport \"testing\"\n\nfunc TestTidy(t *testing.T) {}\n",
		"node_modules/x/x.go":     "no Go",
		"tools/go.mod":            "module tools\n",
		"tools/tools_test.go":     "package tools\n\nimport \"testing\"\n\nfunc TestTools(t *testing.T) { go func() {}() }\n",
		"calm/testdata/broken.go": "no Go",
	}))
	if err != nil {
		t.Fatal(err)
	}
	names := slices.Sorted(maps.Keys(p.raced))
	want := []string{"ExampleRound", "FuzzVariable", "TestCode", "TestGo", "TestGroup", "TestHelper", "TestMethod"}
	if !slices.Equal(names, want) {
		t.Errorf("with -race run %v, want %v", names, want)
	}
	if got := p.racedPackages(); !slices.Equal(got, []string{"./code", "./same", "./some"}) {
		t.Errorf("packages with -race: %v", got)
	}
	if got := p.plainPackages(); !slices.Equal(got, []string{"./calm", "./some"}) {
		t.Errorf("packages without: %v", got)
	}
}

// TestEveryTestRunsOnce holds that each test of this module is in one of the two runs.
func TestEveryTestRunsOnce(t *testing.T) {
	p, err := makePlan("../../..")
	if err != nil {
		t.Fatal(err)
	}
	all := 0
	for dir, tests := range p.tests {
		for _, name := range tests {
			all++
			picked := p.plainPackages()
			if p.raced[name] {
				picked = p.racedPackages()
			}
			if !slices.Contains(picked, dir) {
				t.Errorf("%s %s runs nowhere", dir, name)
			}
		}
	}
	for _, dir := range p.racedPackages() {
		if !p.races[dir] {
			t.Errorf("%s is built and linked with -race for the name of a test alone: rename one of %v", dir, p.tests[dir])
		}
	}
	if all < 100 || len(p.raced) < 20 {
		t.Errorf("%d tests, %d of them with -race", all, len(p.raced))
	}
}

func TestWorseCodeIsReturned(t *testing.T) {
	const variable = "XINYUAN_TEST_FAILS"
	const plain = "package p\n\nimport (\n\"os\"\n\"testing\"\n)\n\n" +
		"func TestA(t *testing.T) { if os.Getenv(\"" + variable + "\") == \"A\" { t.Error() } }\n"
	raced := strings.NewReplacer("TestA(t *testing.T) {", "TestB(t *testing.T) { go func() {}();", `"A"`, `"B"`).Replace(plain)
	t.Chdir(module(t, map[string]string{"a/a_test.go": plain, "b/b_test.go": raced})) // built once
	for fails, want := range map[string]int{"": 0, "A": 1, "B": 1} {
		t.Setenv(variable, fails)
		if code, err := testAll(".", []string{"-count=1"}); code != want || err != nil {
			t.Errorf("where %q fails, it ends with %d, %v, want %d", fails, code, err, want)
		}
	}
}
