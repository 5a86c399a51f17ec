package tidy

import (
	"go/ast"
	"strings"
	"testing"
)

// A loop of its own over what is due stops at the first row that fails, or says nothing of it: a function that sweeps
// leaves the loop to sweep.Each.
func TestSweepsLoopInOnePlace(t *testing.T) {
	found := 0
	for f := range written(t) {
		if f.test || f.dir == "internal/sweep" || f.dir == "internal/devstack" {
			continue
		}
		for _, d := range f.tree.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil || !strings.HasPrefix(strings.ToLower(fn.Name.Name), "sweep") {
				continue
			}
			found++
			for n := range ast.Preorder(fn.Body) {
				loop, counts := n.(*ast.ForStmt)
				_, ranges := n.(*ast.RangeStmt)
				if ranges || counts && (loop.Cond != nil || loop.Init != nil) {
					t.Errorf("%s: %s loops over rows: call sweep.Each, which goes on past one that fails, and says so",
						at(n), fn.Name.Name)
				}
			}
		}
	}
	if found < 10 {
		t.Errorf("%d functions sweep", found)
	}
}
