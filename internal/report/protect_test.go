package report

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestSmallNumbersAreHidden(t *testing.T) {
	for name, c := range map[string]struct {
		places [][]int
		hidden []bool // already
		want   []bool
	}{
		"nothing is small":             {[][]int{{9, 8, 0}}, []bool{false, false, false}, []bool{false, false, false}},
		"five is shown":                {[][]int{{5, 8}}, []bool{false, false}, []bool{false, false}},
		"one small takes the next":     {[][]int{{4, 20, 6}}, []bool{false, false, false}, []bool{true, false, true}},
		"two small whose sum is small": {[][]int{{1, 2, 9, 30}}, []bool{false, false, false, false}, []bool{true, true, true, false}},
		"two small whose sum is not":   {[][]int{{4, 4, 9}}, []bool{false, false, false}, []bool{true, true, false}},
		"small in one place is hidden in all": {
			[][]int{{9, 9, 9}, {3, 9, 9}}, []bool{false, false, false}, []bool{true, true, false},
		},
		"what the level above hides stays hidden": {[][]int{{9, 9, 7}}, []bool{true, false, false}, []bool{true, false, true}},
		"nothing else is there to hide it in":     {[][]int{{4, 0}}, []bool{false, false}, []bool{true, false}},
	} {
		if got := protect(c.places, c.hidden); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Of random tables no small number is shown, and where the sums are shown none is told by them: what is hidden of a
// place has at least two numbers that are not zero.
func TestNoSmallNumberIsTold(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	told := 0
	for range 2000 {
		places := make([][]int, 1+rng.IntN(5))
		for i := range places {
			places[i] = make([]int, 6)
			for j := range places[i] {
				places[i][j] = max(0, rng.IntN(14)-2)
			}
		}
		hidden := protect(places, make([]bool, 6))
		for _, p := range places {
			shown, hiddenColumns, sum := 0, 0, 0
			for c, n := range p {
				switch {
				case !hidden[c] && isSmallCell(n):
					t.Fatalf("%v hides %v: %d is shown", places, hidden, n)
				case hidden[c] && n > 0:
					hiddenColumns, sum = hiddenColumns+1, sum+n
				case !hidden[c]:
					shown += n
				}
			}
			if showsSums(places) && (hiddenColumns == 1 && shown > 0 || isSmallCell(sum)) {
				t.Fatalf("%v hides %v: of %v the sum tells what is hidden", places, hidden, p)
			}
		}
		if slices.Contains(hidden, true) {
			told++
		}
	}
	if told == 0 || !showsSums([][]int{{5}, {0}}) || showsSums([][]int{{5}, {2, 2}}) {
		t.Errorf("%d of the tables hid something", told)
	}
}
