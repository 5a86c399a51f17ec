package task

import (
	"slices"
	"testing"
	"time"

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

// What is listed is the oldest of all that waits: what may have something older before it, at a desk of which only a
// part is read, is not.
func TestNothingIsListedBeforeWhatIsOlder(t *testing.T) {
	for name, c := range map[string]struct {
		found [][]int64 // desks, each with when its matters began to wait
		want  []int64
	}{
		"all is read":             {[][]int64{{1}, {3}, {2}}, []int64{1, 2, 3}},
		"a desk has more":         {[][]int64{{3}, {1, 2}}, []int64{1, 2}},
		"two have more":           {[][]int64{{1, 5}, {2, 3}, {4}}, []int64{1, 2, 3}},
		"what is read twice":      {[][]int64{{1}, {1, 2}}, []int64{1, 2}},
		"nothing waits":           {nil, nil},
		"more, and all is older":  {[][]int64{{1}, {2, 3}}, []int64{1, 2, 3}},
		"the last of a part read": {[][]int64{{1, 3}, {3, 4}}, []int64{1, 3}},
	} {
		found := make([][]row, len(c.found))
		for i, desk := range c.found {
			for _, at := range desk {
				found[i] = append(found[i], row{Noun: "wish", ID: at, Since: time.UnixMilli(at)})
			}
		}
		var got []int64
		for _, r := range inOrder(found, 2) {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %d is listed, want %d", name, got, c.want)
		}
	}
}
