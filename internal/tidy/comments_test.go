package tidy

import (
	"go/ast"
	"go/token"
	"testing"
)

const undocumented = "%s: %s has no comment: say what it means or promises, its unit, its errors"

func TestExportedNamesAreDocumented(t *testing.T) {
	packages := map[string]bool{}
	for f := range written(t) {
		if f.test {
			continue
		}
		packages[f.dir] = packages[f.dir] || f.tree.Doc.Text() != ""
		for _, d := range f.tree.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if exported(d) && d.Doc.Text() == "" {
					t.Errorf(undocumented, at(d), d.Name.Name)
				}
			case *ast.GenDecl:
				checkGroup(t, d)
			}
		}
	}
	for dir, documented := range packages {
		if !documented {
			t.Errorf("package %s has no comment: say above one package clause what it is for", dir)
		}
	}
}

// exported tells whether a function, or a method of a type, can be seen outside.
func exported(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return d.Name.IsExported()
	}
	receiver := d.Recv.List[0].Type
	for {
		switch r := receiver.(type) {
		case *ast.StarExpr:
			receiver = r.X
		case *ast.IndexExpr:
			receiver = r.X
		case *ast.IndexListExpr:
			receiver = r.X
		case *ast.Ident:
			return r.IsExported() && d.Name.IsExported()
		default:
			return false
		}
	}
}

// checkGroup takes a comment of the group for all names in it, except that a
// type in a group of several has to say what it is where the group does not.
func checkGroup(t *testing.T, d *ast.GenDecl) {
	t.Helper()
	if d.Tok == token.IMPORT || d.Doc.Text() != "" {
		return
	}
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc.Text()+s.Comment.Text() == "" {
				t.Errorf(undocumented, at(s), s.Name.Name)
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if name.IsExported() && s.Doc.Text()+s.Comment.Text() == "" {
					t.Errorf(undocumented, at(name), name.Name)
				}
			}
		}
	}
}
