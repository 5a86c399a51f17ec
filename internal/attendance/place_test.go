package attendance

import "testing"

// A code that was forwarded shows as its reader's distance from the place.
func TestFar(t *testing.T) {
	n := func(m int) *int { return &m }
	for _, x := range []struct {
		name               string
		distance, accuracy *int
		want               bool
	}{
		{"no location", nil, nil, false},
		{"there", n(199), n(0), false},
		{"at the edge", n(230), n(30), false},
		{"beyond it", n(231), n(30), true},
		{"111 km away", n(111_000), n(30), true},
		{"111 km away, by a phone that knows nothing", n(111_000), n(100_000), true},
	} {
		in, out := pair(0, 60), pair(0, 60)
		in.InDistance, in.InAccuracy, in.Radius = x.distance, x.accuracy, 200
		out.OutDistance, out.OutAccuracy, out.Radius = x.distance, x.accuracy, 200
		if in.IsFar() != x.want || out.IsFar() != x.want || in.isUnsure() != x.want || out.isUnsure() != x.want {
			t.Errorf("%s: %t and %t", x.name, in.IsFar(), out.IsFar())
		}
		span := Span{at(0), at(120)}
		if s := serve([]Attendance{in}, span, false); x.want && (s.Seen || s.Minutes() > 0) {
			t.Errorf("%s: counts before the leader names the person: %+v", x.name, s)
		}
		if s := serve([]Attendance{in}, span, true); s.Minutes() != 60 || s.Far != x.want {
			t.Errorf("%s: named it is %+v", x.name, s)
		}
	}
}
