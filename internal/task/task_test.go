package task

import (
	"slices"
	"testing"

	"xinyuan/internal/state"
)

// What rises waits for staff, and its tasks are of a kind that is listed.
func TestEachNounThatWaitsHasAKind(t *testing.T) {
	for _, l := range state.All() {
		kind := row{Noun: l.Noun}.kind()
		if slices.Contains(l.Events(), state.EventEscalate) && !slices.Contains(Kinds(), kind) {
			t.Errorf("a %s waits for staff, and its kind %q is not among Kinds", l.Noun, kind)
		}
	}
}
