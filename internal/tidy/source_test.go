package tidy

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// root is the module's folder, seen from this one.
const root = "../.."

// source is one Go file.
type source struct {
	path      string // from root, with slashes
	dir       string // its package's folder; "." is the module itself
	test      bool   // runs in tests only
	generated bool
	text      string
	tree      *ast.File
}

// files are all Go files of the module.
var files = sync.OnceValues(func() ([]source, error) {
	var all []source
	err := walk(os.DirFS(root), func(name string) error {
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		tree, err := parser.ParseFile(positions, name, text, parser.ParseComments|parser.SkipObjectResolution)
		all = append(all, source{
			path: name, dir: path.Dir(name), test: strings.HasSuffix(name, "_test.go"),
			generated: strings.HasSuffix(name, ".gen.go"), text: string(text), tree: tree,
		})
		return err
	})
	return all, err
})

var positions = token.NewFileSet()

// walk visits the files of the module by their names from its folder, without
// hidden folders and what npm installs.
func walk(module fs.FS, visit func(name string) error) error {
	return fs.WalkDir(module, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			return visit(name)
		case name != "." && strings.HasPrefix(d.Name(), "."), d.Name() == "node_modules":
			return fs.SkipDir
		}
		return nil
	})
}

// written are the files that people wrote.
func written(t *testing.T) iter.Seq[source] {
	t.Helper()
	all, err := files()
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(source) bool) {
		for _, f := range all {
			if !f.generated && !yield(f) {
				return
			}
		}
	}
}

// at is the place of a node, as editors read it.
func at(n ast.Node) string {
	p := positions.Position(n.Pos())
	return p.Filename + ":" + strconv.Itoa(p.Line)
}

// under tells whether the folder is one of these or inside one.
func under(dir string, parents ...string) bool {
	for _, p := range parents {
		if dir == p || strings.HasPrefix(dir, p+"/") {
			return true
		}
	}
	return false
}

// imports lists what the file imports, by path, with its import.
func (f source) imports() iter.Seq2[string, *ast.ImportSpec] {
	return func(yield func(string, *ast.ImportSpec) bool) {
		for _, spec := range f.tree.Imports {
			name, _ := strconv.Unquote(spec.Path.Value) // the parser has checked it
			if !yield(name, spec) {
				return
			}
		}
	}
}

// uses lists where the file names something of the imported package.
func (f source) uses(pkg string) iter.Seq2[string, ast.Node] {
	local := ""
	for name, spec := range f.imports() {
		if name != pkg {
			continue
		}
		local = path.Base(pkg)
		if spec.Name != nil {
			local = spec.Name.Name
		}
	}
	return func(yield func(string, ast.Node) bool) {
		for n := range ast.Preorder(f.tree) {
			s, ok := n.(*ast.SelectorExpr)
			if !ok {
				continue
			}
			if x, ok := s.X.(*ast.Ident); ok && local != "" && x.Name == local && !yield(s.Sel.Name, s) {
				return
			}
		}
	}
}

// texts lists the string literals of the file with their values.
func (f source) texts() iter.Seq2[string, ast.Node] {
	return func(yield func(string, ast.Node) bool) {
		for n := range ast.Preorder(f.tree) {
			l, ok := n.(*ast.BasicLit)
			if !ok || l.Kind != token.STRING {
				continue
			}
			value, _ := strconv.Unquote(l.Value)
			if !yield(value, l) {
				return
			}
		}
	}
}
