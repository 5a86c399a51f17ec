package tidy

import (
	"testing"

	"xinyuan/internal/mutants"
)

// TestMutantsFit holds the mistakes of mutants.txt against the code as it is:
// make mutants tries them.
func TestMutantsFit(t *testing.T) {
	all, err := mutants.List()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if _, err := m.Apply(root); err != nil {
			t.Error(err)
		}
	}
}
