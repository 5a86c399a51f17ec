package tidy

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// The sizes up to which code is read at one glance.
const (
	maxFunction   = 70  // lines
	maxFile       = 400 // lines
	maxLine       = 120 // characters; a tab is one
	maxTestLine   = 160 // a step of a scenario stays on its line
	maxParameters = 5
)

func TestSizes(t *testing.T) {
	for f := range written(t) {
		rows := tableRows(f)
		checkText(t, f.path, f.text, rows)
		for n := range ast.Preorder(f.tree) {
			switch n := n.(type) {
			case *ast.FuncDecl:
				checkFunction(t, n, n.Type, rows)
			case *ast.FuncLit:
				checkFunction(t, n, n.Type, rows)
			}
		}
	}
}

// tableRows are the lines inside a test's tables: data, which makes no function
// long. Those that are a whole row are true, and may be of any length: one case
// a line reads better than a case broken in two.
func tableRows(f source) map[int]bool {
	rows := map[int]bool{}
	for n := range ast.Preorder(f.tree) {
		table, ok := n.(*ast.CompositeLit)
		if !ok || !f.test || !isList(table.Type) {
			continue
		}
		for _, row := range table.Elts {
			first, last := line(row.Pos()), line(row.End())
			for l := first; l <= last && first > line(table.Lbrace); l++ {
				rows[l] = rows[l] || first == last
			}
		}
	}
	return rows
}

func isList(kind ast.Expr) bool {
	switch kind.(type) {
	case *ast.ArrayType, *ast.MapType:
		return true
	}
	return false
}

// TestSQLSizes looks at the files of sql that people write.
func TestSQLSizes(t *testing.T) {
	for _, folder := range []string{"migrations", "queries"} {
		names, err := filepath.Glob(filepath.Join(root, "sql", folder, "*.sql"))
		if err != nil || len(names) == 0 {
			t.Fatalf("no files in sql/%s: %v", folder, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			checkText(t, "sql/"+folder+"/"+filepath.Base(name), string(text), nil)
		}
	}
}

func checkText(t *testing.T, path, text string, rows map[int]bool) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) > maxFile {
		t.Errorf("%s has %d lines, more than %d: split it by what its parts are about", path, len(lines), maxFile)
	}
	most := maxLine
	if strings.HasSuffix(path, "_test.go") {
		most = maxTestLine
	}
	for i, line := range lines {
		if n := utf8.RuneCountInString(line); n > most && !rows[i+1] {
			t.Errorf("%s:%d has %d characters, more than %d: break it, or give a part of it a name",
				path, i+1, n, most)
		}
	}
}

func checkFunction(t *testing.T, n ast.Node, signature *ast.FuncType, rows map[int]bool) {
	t.Helper()
	lines := 0
	for l := line(n.Pos()); l <= line(n.End()); l++ {
		if _, data := rows[l]; !data {
			lines++
		}
	}
	if lines > maxFunction {
		t.Errorf("%s: the function has %d lines, more than %d: give its steps names of their own", at(n), lines, maxFunction)
	}
	test := strings.HasSuffix(positions.Position(n.Pos()).Filename, "_test.go")
	if count := signature.Params.NumFields(); count > maxParameters && !test {
		t.Errorf("%s: the function takes %d parameters, more than %d: make a struct of those that belong together",
			at(n), count, maxParameters)
	}
}

func line(p token.Pos) int { return positions.Position(p).Line }
