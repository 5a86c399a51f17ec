package attendance

import (
	"testing"

	"xinyuan/internal/state"
)

// More than three people without a phone and without a live check-in, or than a
// fifth of who came, the larger, are not the leader's alone to vouch for.
func TestUnseen(t *testing.T) {
	list := []Attendance{pair(0, 60, state.ModeList, state.ModeList)}
	far := pair(0, 60)
	distance := 111_000
	far.InDistance = &distance
	for _, x := range []struct {
		name         string
		unseen, seen int
		pairs        []Attendance
		wait         bool
	}{
		{"three", 3, 0, list, false},
		{"four", 4, 0, list, true},
		{"four, by the leader's word alone", 4, 0, nil, true},
		{"four, with a code from elsewhere", 4, 0, []Attendance{far}, true},
		{"four, live", 4, 0, []Attendance{pair(0, 60)}, false},
		{"four of twenty", 4, 16, list, false},
		{"four of nineteen", 4, 15, list, true},
		{"ten of fifty", 10, 40, list, false},
		{"twenty and a friend", 20, 1, list, true},
	} {
		var all []Outcome
		for range x.unseen {
			all = append(all, Outcome{Present: Present{NoPhone: true, Pairs: x.pairs}, Attended: true})
		}
		for range x.seen {
			all = append(all, Outcome{Attended: true}, Outcome{Present: Present{NoPhone: true}})
		}
		unseenRule{People: 3, Percent: 20}.markUnseen(all)
		for _, o := range all {
			if want := x.wait && o.NoPhone && o.Attended; o.Unseen != want {
				t.Errorf("%s: %+v waits: %t", x.name, o.Present, o.Unseen)
			}
		}
	}
}
