package tidy

import (
	"go/ast"
	"regexp"
	"slices"
	"testing"
)

// forbidden are calls that have one place, or none.
var forbidden = []struct {
	pkg     string
	names   []string
	homes   []string // packages that may
	tests   bool     // tests may
	main    bool     // programs may
	instead string
}{
	{"time", []string{"Now", "Since", "Until"}, []string{"internal/clock"}, false, false,
		"ask a clock.Clock; a write asks its transaction"},
	{"time", []string{"Sleep"}, nil, false, false,
		"wait for what you wait for: a channel, a context, a timer beside it"},
	{"fmt", []string{"Print", "Printf", "Println"}, nil, false, true,
		"return it, log it with slog, or write to an io.Writer that is passed in"},
	{"encoding/csv", []string{"NewWriter"}, []string{"internal/paper"}, true, false,
		"use paper.CSV, which keeps cells from being read as formulas"},
	{"os", []string{"Exit"}, nil, true, true,
		"return the error; only main ends the program"},
}

// A test in which many do something at once bounds its time.
func TestRacesAreBounded(t *testing.T) {
	for f := range written(t) {
		if f.test && f.dir != "internal/race" {
			for name, n := range f.uses("sync") {
				if name == "WaitGroup" {
					t.Errorf("%s: no sync.WaitGroup in tests: use race.Group, whose Wait ends", at(n))
				}
			}
		}
	}
}

func TestCallsWithOnePlace(t *testing.T) {
	for f := range written(t) {
		for _, rule := range forbidden {
			program := f.tree.Name.Name == "main"
			if under(f.dir, rule.homes...) || rule.tests && f.test || rule.main && program {
				continue
			}
			for name, n := range f.uses(rule.pkg) {
				if slices.Contains(rule.names, name) {
					t.Errorf("%s: no %s.%s here: %s", at(n), rule.pkg, name, rule.instead)
				}
			}
		}
	}
}

// panics are the functions that may panic, and why.
var panics = map[string]string{
	"internal/race/race.go Wait":  "as go test does after its time-out; only tests call it",
	"api/server.go recoverPanics": "http.ErrAbortHandler is net/http's own, passed on",
}

func TestNoPanics(t *testing.T) {
	for f := range written(t) {
		if f.test || f.tree.Name.Name == "main" {
			continue
		}
		for _, d := range f.tree.Decls {
			function, ok := d.(*ast.FuncDecl)
			if ok && panics[f.path+" "+function.Name.Name] != "" {
				continue
			}
			for n := range ast.Preorder(d) {
				if call, ok := n.(*ast.CallExpr); ok && isIdent(call.Fun, "panic") {
					t.Errorf("%s: no panic: return an error; what cannot happen is fault.ReasonInternal", at(n))
				}
			}
		}
	}
}

// TestMissingRowsAreNotFound keeps mysql.NotFound the one place that turns the lack of a row into a refusal without
// words of its own.
func TestMissingRowsAreNotFound(t *testing.T) {
	for f := range written(t) {
		if under(f.dir, "internal/mysql") {
			continue
		}
		for n := range ast.Preorder(f.tree) {
			if branch, ok := n.(*ast.IfStmt); ok && isCall(branch.Cond, "errors", "Is") &&
				isName(branch.Cond.(*ast.CallExpr).Args[1], "mysql", "ErrNone") && refusesPlainly(branch.Body) {
				t.Errorf("%s: return mysql.NotFound(err), which says so of a row that is missing", at(n))
			}
		}
	}
}

// refusesPlainly tells whether all that the block does is return fault.ReasonNotFound.
func refusesPlainly(b *ast.BlockStmt) bool {
	if len(b.List) != 1 {
		return false
	}
	end, ok := b.List[0].(*ast.ReturnStmt)
	if !ok || len(end.Results) == 0 {
		return false
	}
	last := end.Results[len(end.Results)-1]
	return isCall(last, "fault", "New") && isName(last.(*ast.CallExpr).Args[0], "fault", "ReasonNotFound")
}

func isCall(e ast.Expr, pkg, name string) bool {
	call, ok := e.(*ast.CallExpr)
	return ok && isName(call.Fun, pkg, name)
}

func isName(e ast.Expr, pkg, name string) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && s.Sel.Name == name && isIdent(s.X, pkg)
}

func isIdent(e ast.Expr, name string) bool {
	ident, ok := e.(*ast.Ident)
	return ok && ident.Name == name
}

// TestNothingIsSkipped keeps every test running everywhere: one that needs a
// server fails without it.
func TestNothingIsSkipped(t *testing.T) {
	skip := regexp.MustCompile(`^(Skip|Skipf|SkipNow|Short)$`)
	for f := range written(t) {
		for n := range ast.Preorder(f.tree) {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				continue
			}
			if s, ok := call.Fun.(*ast.SelectorExpr); ok && skip.MatchString(s.Sel.Name) {
				t.Errorf("%s: a test does not skip: let it fail, and say what to install", at(n))
			}
		}
	}
}

func TestSQLIsInItsFolder(t *testing.T) {
	statement := regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|CREATE|ALTER|DROP|TRUNCATE|CALL)\s`)
	for f := range written(t) {
		if f.test || under(f.dir, "internal/mysql", "internal/devstack") {
			continue
		}
		for text, n := range f.texts() {
			if statement.MatchString(text) {
				t.Errorf("%s: no SQL in Go: give it a name in sql/queries, where it is checked at start-up", at(n))
			}
		}
	}
}
