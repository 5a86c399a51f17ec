package tidy

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// A transaction that loses a deadlock runs again. What its function has changed
// outside itself stays changed then, and the second run starts from something
// else: a text that is already redacted, a list that is twice as long. So such a
// function sets outer variables from scratch, and never what its method was given.
func TestTransactionsChangeNothingOutside(t *testing.T) {
	looked := 0
	for f := range written(t) {
		// The seed writes alone into a database of its own, and has no rival to lose to.
		if f.test || under(f.dir, "internal/app/apptest", "internal/seed") {
			continue
		}
		for _, d := range f.tree.Decls {
			function, ok := d.(*ast.FuncDecl)
			if !ok || function.Body == nil {
				continue
			}
			given := names(function.Type.Params, function.Recv)
			for n := range ast.Preorder(function.Body) {
				if inner, ok := n.(*ast.FuncLit); ok && isOfTx(inner.Type) {
					looked++
					for _, found := range outside(inner, given) {
						t.Errorf("%s: a transaction may run again, so its function leaves what is outside as it is:"+
							" copy it inside, or set all of it anew first", at(found))
					}
				}
			}
		}
	}
	if looked < 80 {
		t.Errorf("only %d functions of transactions found: the rule has lost its way", looked)
	}
}

// Planted faults are found, and what is right is not.
func TestChangesOutsideAreFound(t *testing.T) {
	for text, want := range map[string]int{
		"given.Text = clean(given.Text)":                   1,
		"given = 7":                                        1,
		"if given, err = clean(given); err != nil {}":      1,
		"result = append(result, 1)":                       1,
		"result.Points += 1":                               1,
		"result++":                                         1,
		"result[3] = 1":                                    1,
		"for i := range 3 { result.N = i }":                1,
		"result = tx.Now()":                                0,
		"result = nil; result = append(result, 1)":         0,
		"result = load(); result.N += 1; result.M = 2":     0,
		"given := given; given.Text = clean(given.Text)":   0,
		"var own int; own++; other, err := f(); other = 1": 0,
		"for _, one := range given { one.N = 1 }":          0,
		"func(own *int) { *own = 1 }(nil)":                 0,
		"tx.Get(ctx, &result, name, nil); result.N++":      0,
		"tx.Get(ctx, &given, name, nil); given.N++":        1,
	} {
		tree := parse(t, "package p; func f(given T) (result T) { s.db.Tx(ctx, func(tx *mysql.Tx) error {"+text+"; return nil}); return }")
		function, _ := tree.Decls[0].(*ast.FuncDecl)
		for n := range ast.Preorder(function.Body) {
			inner, ok := n.(*ast.FuncLit)
			if ok && isOfTx(inner.Type) && len(outside(inner, names(function.Type.Params))) != want {
				t.Errorf("%s: not %d", text, want)
			}
		}
	}
}

func names(lists ...*ast.FieldList) map[string]bool {
	all := map[string]bool{}
	for _, list := range lists {
		if list == nil {
			continue
		}
		for _, field := range list.List {
			for _, name := range field.Names {
				all[name.Name] = true
			}
		}
	}
	return all
}

// isOfTx tells whether a function is given a transaction.
func isOfTx(f *ast.FuncType) bool {
	for _, p := range f.Params.List {
		star, ok := p.Type.(*ast.StarExpr)
		if !ok {
			continue
		}
		if sel, ok := star.X.(*ast.SelectorExpr); ok && isIdent(sel.X, "mysql") && sel.Sel.Name == "Tx" {
			return true
		}
	}
	return false
}

// outside are the assignments of the function to variables that are not its own
// and that it has not set as a whole before. A variable of the method's parameters
// is given, not a result.
func outside(f *ast.FuncLit, given map[string]bool) (found []ast.Node) {
	own := names(f.Type.Params, f.Type.Results)
	set := map[string]bool{"_": true, "err": true} // err is a result everywhere
	changes := func(target, value ast.Expr, n ast.Node) {
		whole, isName := target.(*ast.Ident)
		root := rootOf(target)
		switch {
		case root == "" || own[root] || set[root]:
		case isName && !given[root] && value != nil && !mentions(value, root):
			set[whole.Name] = true
		default:
			found = append(found, n)
		}
	}
	for n := range ast.Preorder(f.Body) {
		switch n := n.(type) {
		case *ast.UnaryExpr: // read into it
			if name, ok := n.X.(*ast.Ident); ok && n.Op == token.AND && !given[name.Name] {
				set[name.Name] = true
			}
		case *ast.FuncLit:
			for name := range names(n.Type.Params, n.Type.Results) {
				own[name] = true
			}
		case *ast.RangeStmt:
			declare(own, n.Tok, n.Key, n.Value)
		case *ast.ValueSpec:
			for _, name := range n.Names {
				own[name.Name] = true
			}
		case *ast.IncDecStmt:
			changes(n.X, nil, n)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				declare(own, n.Tok, n.Lhs...)
				continue
			}
			for i, target := range n.Lhs {
				value := n.Rhs[min(i, len(n.Rhs)-1)]
				if n.Tok != token.ASSIGN {
					value = nil
				}
				changes(target, value, n)
			}
		}
	}
	return found
}

func declare(own map[string]bool, tok token.Token, targets ...ast.Expr) {
	for _, e := range targets {
		if name, ok := e.(*ast.Ident); ok && tok == token.DEFINE {
			own[name.Name] = true
		}
	}
}

// rootOf is the variable that an assignment changes; "" where there is none.
func rootOf(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x.Name
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return ""
		}
	}
}

// mentions tells whether an expression names the variable.
func mentions(e ast.Expr, name string) bool {
	for n := range ast.Preorder(e) {
		if sel, ok := n.(*ast.SelectorExpr); ok && strings.EqualFold(sel.Sel.Name, name) {
			continue
		}
		if ident, ok := n.(*ast.Ident); ok && ident.Name == name {
			return true
		}
	}
	return false
}

func parse(t *testing.T, text string) *ast.File {
	t.Helper()
	tree, err := parser.ParseFile(positions, "", text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestNoKeptAnswerHasAContact holds that no answer which is kept for retries tells
// anybody's phone, address or real name: it lies in the database as it is.
func TestNoKeptAnswerHasAContact(t *testing.T) {
	for _, path := range contract(t).Paths.Map() {
		for _, op := range path.Operations() {
			if op.Parameters.GetByInAndName(openapi3.ParameterInHeader, "Idempotency-Key") == nil {
				continue
			}
			for status, r := range op.Responses.Map() {
				for _, c := range r.Value.Content {
					for _, name := range properties(c.Schema, nil) {
						switch name {
						case "phone", "address", "realName", "holderName":
							t.Errorf("%s, %s: the answer has a property %s, which would be kept in clear", op.OperationID, status, name)
						}
					}
				}
			}
		}
	}
}

// properties are the names of all properties of a schema and of what it holds.
func properties(of *openapi3.SchemaRef, seen []*openapi3.Schema) (names []string) {
	if of == nil || slices.Contains(seen, of.Value) {
		return nil
	}
	s := of.Value
	seen = append(seen, s)
	for name, p := range s.Properties {
		if name == "line" { // the number that a community publishes
			continue
		}
		names = append(append(names, name), properties(p, seen)...)
	}
	for _, some := range []openapi3.SchemaRefs{s.AllOf, s.AnyOf, s.OneOf, {s.Items}} {
		for _, p := range some {
			names = append(names, properties(p, seen)...)
		}
	}
	return names
}
