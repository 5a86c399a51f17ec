package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// plan says which packages need -race, as ./folder.
type plan struct {
	concurrent []string            // the code itself starts goroutines, and is compiled soon
	plain      []string            // only tests do, or nothing; or all of the program is in it
	racing     map[string][]string // the tests of plain packages that are for -races
}

const (
	// checked has the tests about the code itself, which make check runs.
	checked = "./internal/tidy"

	// assembled is the package in which all of the program comes together: what
	// imports it has to be compiled whole once more with -race.
	assembled = "./internal/app"
)

// makePlan reads the module in the folder.
func makePlan(root string) (plan, error) {
	p := plan{racing: map[string][]string{}}
	folders := map[string]*folder{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch hidden := strings.HasPrefix(d.Name(), ".") && name != "."; {
		case err != nil:
			return err
		case d.IsDir() && (hidden || d.Name() == "node_modules" || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() && name != "." && isThere(filepath.Join(root, name, "go.mod")):
			return fs.SkipDir // another module
		case d.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		tree, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := "./" + path.Dir(name)
		if folders[dir] == nil {
			folders[dir] = &folder{bodies: map[string][]ast.Node{}}
		}
		folders[dir].add(tree, strings.HasSuffix(name, "_test.go"))
		return nil
	})
	for _, dir := range slices.Sorted(maps.Keys(folders)) {
		f := folders[dir]
		if len(f.tests) == 0 || dir == checked {
			continue
		}
		whole := reachesAll(folders, dir, map[string]bool{})
		if f.code && !whole {
			p.concurrent = append(p.concurrent, dir)
			continue
		}
		p.plain = append(p.plain, dir)
		racing := f.racing()
		if f.code {
			racing = f.tests
		}
		if len(racing) > 0 {
			p.racing[dir] = racing
		}
	}
	return p, err
}

// reachesAll tells whether the package, or one that it imports, is the assembled program.
func reachesAll(folders map[string]*folder, dir string, seen map[string]bool) bool {
	if seen[dir] || folders[dir] == nil {
		return false
	}
	seen[dir] = true
	return dir == assembled || slices.ContainsFunc(folders[dir].imports, func(path string) bool {
		_, below, inside := strings.Cut(path, "/") // the module's name is one word
		return inside && reachesAll(folders, "./"+below, seen)
	})
}

// racingPackages are those with a test that races.
func (p plan) racingPackages() []string { return slices.Sorted(maps.Keys(p.racing)) }

// racingNames is the pattern of the tests that race. Where another package has
// a test of one name, it runs, too, since go test picks by the name.
func (p plan) racingNames() string {
	names := slices.Concat(slices.Collect(maps.Values(p.racing))...)
	slices.Sort(names)
	return "^(" + strings.Join(slices.Compact(names), "|") + ")$"
}

func isThere(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

// folder is what the Go files of one package say.
type folder struct {
	code    bool                  // the code itself starts goroutines
	imports []string              // also those of its tests
	tests   []string              // tests, fuzz tests and examples
	bodies  map[string][]ast.Node // the functions of its test files; methods by their names alone
}

func (f *folder) add(tree *ast.File, test bool) {
	for _, one := range tree.Imports {
		f.imports = append(f.imports, strings.Trim(one.Path.Value, `"`))
	}
	if !test {
		f.code = f.code || starts(tree)
		return
	}
	for _, decl := range tree.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			for name := range declared(decl) {
				f.bodies[name] = append(f.bodies[name], decl) // a function in a variable
			}
			continue
		}
		f.bodies[fn.Name.Name] = append(f.bodies[fn.Name.Name], fn)
		if fn.Recv == nil && isTest(fn.Name.Name) {
			f.tests = append(f.tests, fn.Name.Name)
		}
	}
}

// declared are the names of variables that the declaration makes.
func declared(decl ast.Decl) map[string]bool {
	names := map[string]bool{}
	ast.Inspect(decl, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			for _, name := range v.Names {
				names[name.Name] = true
			}
		}
		return true
	})
	return names
}

func isTest(name string) bool {
	for _, kind := range []string{"Test", "Fuzz", "Example"} {
		if strings.HasPrefix(name, kind) && name != "TestMain" {
			return true
		}
	}
	return false
}

// racing are the tests that start goroutines.
func (f *folder) racing() []string {
	return slices.DeleteFunc(slices.Clone(f.tests), func(test string) bool { return !f.reaches(test, map[string]bool{}) })
}

// reaches tells whether the function starts goroutines, or one that it names
// does. Those that were seen are not looked at again.
func (f *folder) reaches(name string, seen map[string]bool) bool {
	if seen[name] {
		return false
	}
	seen[name] = true
	return slices.ContainsFunc(f.bodies[name], func(body ast.Node) bool {
		found := starts(body)
		ast.Inspect(body, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && !found && f.bodies[id.Name] != nil {
				found = f.reaches(id.Name, seen)
			}
			return !found
		})
		return found
	})
}

// starts tells whether the code itself starts a goroutine: a go statement, or a
// call of a method Go, as sync.WaitGroup and errgroup.Group have.
func starts(code ast.Node) bool {
	found := false
	ast.Inspect(code, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = true
		case *ast.CallExpr:
			called, ok := n.Fun.(*ast.SelectorExpr)
			found = found || ok && called.Sel.Name == "Go"
		}
		return !found
	})
	return found
}
