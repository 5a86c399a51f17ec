// Package mutants is our own small mutation run: a list of mistakes that once
// passed every test, or would have, each as an edit of one file with the test
// that must fail for it. mutants.txt is the list, the program in run tries them.
package mutants

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

//go:embed mutants.txt
var list string

// Mutant is a mistake, and the test that notices it.
type Mutant struct {
	Name    string
	File    string // from the module's folder, with slashes
	Old     string // is in the file exactly once
	New     string // stands in its place
	Package string // of the test: a Go package as ./api, or Client
	Test    string // the test's name; of the client its file and its title
}

// Client is the package of the client's unit tests.
const Client = "client"

// IsInClient tells whether the client's tests are to fail.
func (m Mutant) IsInClient() bool { return m.Package == Client }

// List is what mutants.txt holds.
func List() ([]Mutant, error) { return parse(list) }

// parse reads blocks that a blank line ends; lines that begin with # are for the
// reader. In an edit, lines that begin with - are what is there, and those that
// begin with + what is put in their place.
func parse(text string) ([]Mutant, error) {
	var all []Mutant
	names := map[string]bool{}
	for block := range strings.SplitSeq(text, "\n\n") {
		m, err := parseOne(block)
		switch {
		case err != nil:
			return nil, fmt.Errorf("mutants: %q: %w", m.Name, err)
		case m == (Mutant{}):
			continue
		case names[m.Name]:
			return nil, fmt.Errorf("mutants: %q is there twice", m.Name)
		}
		names[m.Name] = true
		all = append(all, m)
	}
	return all, nil
}

func parseOne(block string) (Mutant, error) {
	var m Mutant
	var old, changed []string
	for line := range strings.SplitSeq(strings.Trim(block, "\n"), "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch {
		case line == "", strings.HasPrefix(line, "#"):
		case line[0] == '-':
			old = append(old, line[1:])
		case line[0] == '+':
			changed = append(changed, line[1:])
		case key == "mutant":
			m.Name = value
		case key == "file":
			m.File = value
		case key == "test":
			m.Package, m.Test, _ = strings.Cut(value, " ")
		default:
			return m, fmt.Errorf("what is %q?", line)
		}
	}
	m.Old, m.New = strings.Join(old, "\n"), strings.Join(changed, "\n")
	switch {
	case m == (Mutant{}):
		return m, nil
	case m.Name == "", m.File == "", m.Package == "", m.Test == "", m.Old == "":
		return m, fmt.Errorf("a mutant has a name, a file, a test and an edit")
	case m.Old == m.New:
		return m, fmt.Errorf("the edit changes nothing")
	}
	return m, nil
}

// Apply returns the text of the mutant's file with the mistake in it. It is an
// error when the edit does not fit exactly one place any more.
func (m Mutant) Apply(root string) (string, error) {
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(m.File)))
	if err != nil {
		return "", fmt.Errorf("mutants: %q: %w", m.Name, err)
	}
	if n := strings.Count(string(text), m.Old); n != 1 {
		return "", fmt.Errorf("mutants: %q: %s has %d places for the edit, not one: "+
			"make the same mistake in the code as it is now", m.Name, m.File, n)
	}
	return strings.Replace(string(text), m.Old, m.New, 1), nil
}
