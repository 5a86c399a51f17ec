package tidy

import (
	"fmt"
	"go/ast"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
)

// A transaction has one connection. Whoever reads through the pool inside one needs a second: when as many do so at once
// as the pool has connections, each waits for the others and the whole server stops. So nothing that runs inside a
// transaction uses the database beside it.

// beside are the methods of mysql.DB that need a connection of the pool.
var beside = []string{"Get", "Select", "Read", "Tx", "Ping", "Setting", "Check", "Pool"}

// typed are the module's packages with their types, without tests.
func typed(t *testing.T) []*packages.Package {
	t.Helper()
	all, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		for _, e := range p.Errors {
			t.Fatal(e)
		}
	}
	return all
}

var loaded = sync.OnceValues(func() ([]*packages.Package, error) {
	return packages.Load(&packages.Config{
		Dir: root, Mode: packages.NeedName | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedImports | packages.NeedDeps,
	}, "./internal/...", "./api", ".")
})

// No refusal is picked out of joined errors beside fault.Of, in which trouble outranks it.
func TestOneWayToRefusals(t *testing.T) {
	for _, p := range typed(t) {
		if p.PkgPath == "xinyuan/internal/fault" {
			continue
		}
		for _, file := range p.Syntax {
			for n := range ast.Preorder(file) {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) != 2 || p.TypesInfo.TypeOf(call.Args[1]).String() != "**xinyuan/internal/fault.Error" {
					continue
				}
				t.Errorf("%s: no errors.As for a fault.Error: ask fault.Of, in which trouble outranks a refusal", locate(p, n))
			}
		}
	}
}

// body is a function with what it calls, and where it uses the database beside a transaction.
type body struct {
	calls []*types.Func
	uses  []string
}

// callGraph has the bodies of the module, and those that run inside a transaction.
type callGraph struct {
	bodies map[*types.Func]*body
	inside []inside
}

// inside is code that runs in a transaction: a function that is given one.
type inside struct {
	where string
	body  *body
}

func TestNothingBesideATransaction(t *testing.T) {
	g := callGraph{bodies: map[*types.Func]*body{}}
	for _, p := range typed(t) {
		if p.PkgPath == "xinyuan/internal/mysql" {
			continue // it is the database
		}
		for _, file := range p.Syntax {
			g.add(p, file)
		}
	}
	if len(g.inside) < 100 {
		t.Fatalf("only %d functions run in a transaction: the rule has lost its way", len(g.inside))
	}
	said := map[string]bool{}
	for _, in := range g.inside {
		for _, found := range g.follow(in.body, nil, map[*types.Func]bool{}) {
			if !said[found] {
				said[found] = true
				t.Errorf("%s: inside a transaction: %s: ask the transaction instead", in.where, found)
			}
		}
	}
}

// add looks at each function of a file.
func (g *callGraph) add(p *packages.Package, file *ast.File) {
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		fn, _ := p.TypesInfo.Defs[f.Name].(*types.Func)
		b := read(p, f.Body)
		g.bodies[fn] = b
		if takesTx(p.TypesInfo.TypeOf(f.Name)) {
			g.inside = append(g.inside, inside{locate(p, f), b})
		}
		for n := range ast.Preorder(f.Body) {
			if lit, ok := n.(*ast.FuncLit); ok && takesTx(p.TypesInfo.TypeOf(lit)) {
				g.inside = append(g.inside, inside{locate(p, lit), read(p, lit.Body)})
			}
		}
	}
}

// takesTx tells whether a function is given a transaction.
func takesTx(of types.Type) bool {
	signature, ok := of.(*types.Signature)
	if !ok {
		return false
	}
	for v := range signature.Params().Variables() {
		if v.Type().String() == "*xinyuan/internal/mysql.Tx" {
			return true
		}
	}
	return false
}

// read finds what a body calls and uses. What it leaves for after the commit, and functions with a transaction of their
// own, are no part of it.
func read(p *packages.Package, block *ast.BlockStmt) *body {
	b := new(body)
	ast.Inspect(block, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return !takesTx(p.TypesInfo.TypeOf(n))
		case *ast.CallExpr:
			selector, ok := n.Fun.(*ast.SelectorExpr)
			if ok && selector.Sel.Name == "AfterCommit" {
				return false
			}
			for _, argument := range n.Args {
				if isDB(p.TypesInfo.TypeOf(argument)) {
					b.uses = append(b.uses, locate(p, argument)+" passes the database on")
				}
			}
		case *ast.SelectorExpr:
			if isDB(p.TypesInfo.TypeOf(n.X)) && slices.Contains(beside, n.Sel.Name) {
				b.uses = append(b.uses, locate(p, n)+" uses DB."+n.Sel.Name)
			}
		case *ast.Ident:
			if fn, ok := p.TypesInfo.Uses[n].(*types.Func); ok {
				b.calls = append(b.calls, fn.Origin())
			}
		}
		return true
	})
	return b
}

func isDB(of types.Type) bool { return of != nil && of.String() == "*xinyuan/internal/mysql.DB" }

// follow lists the uses that a body comes to, each with the way to it.
func (g *callGraph) follow(b *body, way []string, seen map[*types.Func]bool) (found []string) {
	for _, use := range b.uses {
		found = append(found, strings.Join(append(slices.Clone(way), use), " → "))
	}
	for _, call := range b.calls {
		if next := g.bodies[call]; next != nil && !seen[call] {
			seen[call] = true
			found = append(found, g.follow(next, append(slices.Clone(way), call.Name()), seen)...)
		}
	}
	return found
}

func locate(p *packages.Package, n ast.Node) string {
	position := p.Fset.Position(n.Pos())
	return fmt.Sprintf("%s/%s:%d", strings.TrimPrefix(p.PkgPath, "xinyuan/"), filepath.Base(position.Filename), position.Line)
}
