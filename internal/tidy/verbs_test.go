package tidy

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	// gets begins the name of a method that reads, and changes nothing.
	gets = regexp.MustCompile(`^(Get|List|Find|Count|Is|Has|Reads|Check|Require)([A-Z]|$)`)
	// does begins the name of any other: what is done, as people in the field call it. A new verb is added here.
	does = regexp.MustCompile(`^(Accept|Add|Agree|Alive|Allow|Amend|Answer|Arrive|Attach|Bind|Blur|Book|Call|Cancel|Cast|CheckIn|CheckOut|Claim|Clear|Close|` +
		`Concede|Confirm|Correct|Create|Decide|Delegate|Delete|Deliver|Dispatch|Draw|Edit|End|Enter|Erase|` +
		`Examine|Export|Extend|Follow|Forget|Give|HandOver|Hear|Hold|Install|Invite|Issue|Join|Keep|Lapse|Lease|Leave|Lift|` +
		`Log|Mark|Merge|Miss|Object|Open|Pass|Plan|Post|Project|Publish|Read|Rebuild|Receive|Record|Refuse|` +
		`Reject|Release|Remove|Renew|Reopen|Report|Resign|Resume|Retry|Return|Review|Revoke|Rule|Run|` +
		`Save|Schedule|Self|Send|Set|Settle|Show|Sign|Start|Stop|Submit|Suspend|Sweep|Switch|Tell|Thank|Turn|Undo|Update|` +
		`Verify|Withdraw|Work|Write)([A-Z]|$)`)
)

// unruled are packages that are one vendor's, whose words they speak, and tools over all of it.
var unruled = []string{
	"internal/mysql", "internal/redis", "internal/wechat", "internal/bucket", "internal/app", "internal/devstack",
	"internal/loadtest", "internal/bench", "internal/outbox", "internal/idempotency",
}

// TestServicesSayWhatTheyDo holds that an exported method of a service, which is given a context, begins with a verb;
// and that one that begins as reading does opens no transaction.
func TestServicesSayWhatTheyDo(t *testing.T) {
	methods := map[string]*ast.FuncDecl{}
	for f := range written(t) {
		if f.test || !under(f.dir, "internal") || under(f.dir, unruled...) {
			continue
		}
		for _, d := range f.tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil && fn.Body != nil && takesContext(fn) {
				methods[f.dir+" "+receiver(fn)+" "+fn.Name.Name] = fn
			}
		}
	}
	if len(methods) < 200 {
		t.Fatalf("only %d methods found: the rule has lost its way", len(methods))
	}
	for key, fn := range methods {
		name := fn.Name.Name
		switch owner := strings.TrimSuffix(key, name); {
		case !ast.IsExported(name):
		case gets.MatchString(name) && !does.MatchString(name) && writesIn(methods, owner, fn, nil):
			t.Errorf("%s: %s opens a transaction: begin with what it does, and not as one that reads", at(fn), name)
		case !gets.MatchString(name) && !does.MatchString(name):
			t.Errorf("%s: %s begins with no verb: get, list, find or count where it reads, or what it does", at(fn), name)
		}
	}
	for name, want := range map[string]bool{"Stats": false, "GetStats": true, "Mine": false, "Claim": true, "Counter": false} {
		if got := gets.MatchString(name) || does.MatchString(name); got != want {
			t.Errorf("%s begins with a verb: %v, want %v", name, got, want)
		}
	}
}

func takesContext(fn *ast.FuncDecl) bool {
	if len(fn.Type.Params.List) == 0 {
		return false
	}
	sel, ok := fn.Type.Params.List[0].Type.(*ast.SelectorExpr)
	return ok && isIdent(sel.X, "context")
}

// receiver is the type whose method it is.
func receiver(fn *ast.FuncDecl) string {
	e := fn.Recv.List[0].Type
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	name, _ := e.(*ast.Ident)
	if name == nil {
		return ""
	}
	return name.Name
}

// writesIn tells whether the method opens a transaction, itself or in another of the same receiver.
func writesIn(methods map[string]*ast.FuncDecl, owner string, fn *ast.FuncDecl, seen []string) bool {
	if slices.Contains(seen, fn.Name.Name) || len(fn.Recv.List[0].Names) == 0 {
		return false
	}
	seen = append(seen, fn.Name.Name)
	self := fn.Recv.List[0].Names[0].Name
	for n := range ast.Preorder(fn.Body) {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			continue
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			continue
		}
		other := methods[owner+sel.Sel.Name]
		if sel.Sel.Name == "Tx" || isIdent(sel.X, self) && other != nil && writesIn(methods, owner, other, seen) {
			return true
		}
	}
	return false
}
