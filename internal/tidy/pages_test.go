package tidy

import (
	"go/ast"
	"net/http"
	"slices"
	"testing"
)

// Every operation with a cursor reads it through page, or paging where its cursor says
// more than an id: cursors are read and refused in one place.
func TestEveryListIsPaged(t *testing.T) {
	paged := map[string]bool{}
	for f := range written(t) {
		if f.dir != "api" || f.test {
			continue
		}
		for _, d := range f.tree.Decls {
			function, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			for n := range ast.Preorder(function) {
				if name, ok := n.(*ast.Ident); ok && slices.Contains([]string{"page", "paging"}, name.Name) {
					paged[function.Name.Name] = true
				}
			}
		}
	}
	lists := 0
	for path, item := range contract(t).Paths.Map() {
		get := item.GetOperation(http.MethodGet)
		if get == nil || get.Parameters.GetByInAndName("query", "cursor") == nil {
			continue
		}
		lists++
		if name := handlerOf(get.OperationID); !paged[name] {
			t.Errorf("%s takes a cursor and does not answer through page (api/page.go): let %s call it", path, name)
		}
	}
	if lists < 10 {
		t.Errorf("only %d lists found: the rule has lost its way", lists)
	}
}

// handlerOf is the operation's handler.
func handlerOf(operation string) string { return string(operation[0]-'a'+'A') + operation[1:] }
