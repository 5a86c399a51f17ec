package tidy

import (
	"go/ast"
	"os"
	"regexp"
	"strings"
	"testing"
)

// Each chapter of docs/security.md names the tests that hold it, and each test that it names is there.
func TestSecurityNamesItsTests(t *testing.T) {
	text, err := os.ReadFile(root + "/docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for f := range written(t) {
		for _, d := range f.tree.Decls {
			if function, ok := d.(*ast.FuncDecl); ok && f.test {
				there[function.Name.Name] = true
			}
		}
	}
	for _, section := range strings.Split(string(text), "\n## ")[1:] {
		if name, rest, _ := strings.Cut(section, "\n"); !strings.Contains(rest, "Test") {
			t.Errorf("docs/security.md: no test holds %q: name it, or take out what does not hold", name)
		}
	}
	named := regexp.MustCompile(`\bTest[A-Z]\w+`).FindAllString(string(text), -1)
	if len(named) < 20 {
		t.Errorf("the document names %d tests", len(named))
	}
	for _, name := range named {
		if !there[name] {
			t.Errorf("docs/security.md names %s, which is no test", name)
		}
	}
}
