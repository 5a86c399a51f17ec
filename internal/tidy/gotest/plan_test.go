package main

import (
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
		"internal/app/app.go":     "package app\n",
		"serve/serve.go":          "package serve\n\nfunc Serve() { go func() {}() }\n",
		"serve/serve_test.go":     "package serve\n\nimport (\"example/help\"; \"testing\")\n\nfunc TestServe(t *testing.T) { help.Help() }\n",
		"help/help.go":            "package help\n\nimport \"example/internal/app\"\n\nfunc Help() { app.Run() }\n",
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
	if !slices.Equal(p.concurrent, []string{"./code"}) {
		t.Errorf("with -race run %v", p.concurrent)
	}
	if !slices.Equal(p.plain, []string{"./calm", "./same", "./serve", "./some"}) {
		t.Errorf("without run %v", p.plain)
	}
	if want := "^(ExampleRound|FuzzVariable|TestGo|TestGroup|TestHelper|TestMethod|TestServe)$"; p.racingNames() != want {
		t.Errorf("with -races run %s, want %s", p.racingNames(), want)
	}
	if got := p.racingPackages(); !slices.Equal(got, []string{"./serve", "./some"}) {
		t.Errorf("with -races run %v", got)
	}
}

// TestThisModule holds that the plan finds the packages of this module, each in one run.
func TestThisModule(t *testing.T) {
	p, err := makePlan("../../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range p.concurrent {
		if slices.Contains(p.plain, dir) {
			t.Errorf("%s runs twice", dir)
		}
	}
	if !slices.Contains(p.concurrent, "./internal/mysql") || !slices.Contains(p.plain, "./api") || len(p.racing["./."]) < 10 || len(p.racing["./api"]) < 20 {
		t.Errorf("with -race run %v, without %v, and %v race", p.concurrent, p.plain, p.racing)
	}
}

func TestWorseCodeIsReturned(t *testing.T) {
	const variable = "XINYUAN_TEST_FAILS"
	const plain = "package p\n\nimport (\n\"os\"\n\"testing\"\n)\n\n" +
		"func TestA(t *testing.T) { if os.Getenv(\"" + variable + "\") == \"A\" { t.Error() } }\n"
	raced := strings.NewReplacer("TestA", "TestB", `"A"`, `"B"`).Replace(plain)
	racing := strings.NewReplacer("TestA(t *testing.T) {", "TestC(t *testing.T) { go func() {}();", `"A"`, `"C"`).Replace(plain)
	t.Chdir(module(t, map[string]string{"a/a_test.go": plain, "b/b.go": "package p\n\nfunc init() { go func() {}() }\n",
		"b/b_test.go": raced, "c/c_test.go": racing})) // built once
	for _, one := range []struct {
		fails string
		flags []string
		want  int
	}{
		{"", []string{"-count=1"}, 0}, {"A", []string{"-count=1"}, 1}, {"B", []string{"-count=1"}, 1}, {"C", []string{"-races", "-count=1"}, 1},
	} {
		t.Setenv(variable, one.fails)
		if code, err := testAll(".", one.flags); code != one.want || err != nil {
			t.Errorf("where %q fails, %v ends with %d, %v, want %d", one.fails, one.flags, code, err, one.want)
		}
	}
}
