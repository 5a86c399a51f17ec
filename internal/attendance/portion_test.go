package attendance

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xinyuan/internal/state"
)

// Minutes that the leader gives lie where no other record does, and where there
// is room for them, whatever the check-ins say.
func TestSettleBesideOtherService(t *testing.T) {
	span := Span{at(0), at(120)}
	n := func(minutes int) *int { return &minutes }
	for _, x := range []struct {
		name    string
		pairs   []Attendance
		busy    []Span
		minutes *int
		want    []Portion
	}{
		{"what the check-ins say, refused for the overlap", []Attendance{pair(0, 120)}, []Span{{at(-30), at(20)}}, nil,
			[]Portion{{span, 120}}},
		{"less than is free of the check-ins", []Attendance{pair(0, 120)}, []Span{{at(-30), at(20)}, {at(40), at(50)}}, n(30),
			[]Portion{{Span{at(20), at(40)}, 20}, {Span{at(50), at(120)}, 10}}},
		{"all that is free of them", []Attendance{pair(0, 120)}, []Span{{at(-30), at(20)}, {at(40), at(50)}}, n(90),
			[]Portion{{Span{at(20), at(40)}, 20}, {Span{at(50), at(120)}, 70}}},
		{"more than is free, refused for the overlap", []Attendance{pair(0, 120)}, []Span{{at(-30), at(20)}}, n(101),
			[]Portion{{Span{at(0), at(120)}, 101}}},
		{"no check-in, busy at first", nil, []Span{{at(-30), at(90)}}, n(30), []Portion{{Span{at(90), at(120)}, 30}}},
		{"no check-in, busy in between", nil, []Span{{at(20), at(100)}}, n(30),
			[]Portion{{Span{at(0), at(20)}, 20}, {Span{at(100), at(110)}, 10}}},
		{"a short check-in, busy at first", []Attendance{pair(95, 100)}, []Span{{at(-30), at(90)}}, n(28),
			[]Portion{{Span{at(92), at(120)}, 28}}},
		{"the rest from the time without check-in", []Attendance{pair(60, 70)}, []Span{{at(30), at(50)}}, n(80),
			[]Portion{{Span{at(0), at(10)}, 10}, {Span{at(50), at(120)}, 70}}},
		{"busy for the whole time", nil, []Span{{at(-5), at(130)}}, n(1), []Portion{{Span{at(0), at(1)}, 1}}},
	} {
		people := []Present{{UserID: 1, Pairs: x.pairs, Busy: x.busy}}
		all, err := settle(people, span, []Attendee{{UserID: 1, Minutes: x.minutes, Reason: "看着他做的"}})
		if err != nil || !slices.Equal(all[0].Portions, x.want) {
			t.Errorf("%s: got %+v, %v, want %+v", x.name, all, err, x.want)
		}
	}
	if left := subtract([]Span{{at(0), at(60)}}, []Span{{at(-10), at(90)}}); len(left) > 0 {
		t.Errorf("%v is left of nothing", left)
	}
}

// Whatever else a person did at the time, and whatever the check-ins say: where
// the free minutes of the activity are enough, the portions hold exactly what the
// leader gives, in order, within the activity, and beside all that is busy.
func TestFreeTimeSuffices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.IntRange(1, 300).Draw(t, "length")
		span := Span{at(0), at(length)}
		var busy []Span
		from := rapid.IntRange(-100, 100).Draw(t, "busy from")
		for range rapid.IntRange(0, 3).Draw(t, "busy") {
			until := from + rapid.IntRange(1, 60).Draw(t, "busy until")
			busy = append(busy, Span{at(from), at(until).Add(time.Duration(rapid.IntRange(0, 59).Draw(t, "s")) * time.Second)})
			from = until + rapid.IntRange(1, 60).Draw(t, "gap")
		}
		var pairs []Attendance
		for range rapid.IntRange(0, 2).Draw(t, "pairs") {
			in := rapid.IntRange(-30, 300).Draw(t, "in")
			pairs = append(pairs, pair(in, in+rapid.IntRange(0, 100).Draw(t, "stay"), state.ModeLive))
		}
		free := served{Spans: subtract([]Span{span}, busy)}.Minutes()
		if free == 0 {
			return
		}
		minutes := rapid.IntRange(1, free).Draw(t, "minutes")
		all, err := settle([]Present{{UserID: 1, Pairs: pairs, Busy: busy}}, span,
			[]Attendee{{UserID: 1, Minutes: &minutes, Reason: "看着他做的"}})
		if err != nil {
			t.Fatal(err)
		}
		sum, spans := 0, []Span{}
		for _, p := range all[0].Portions {
			if p.Minutes < 1 || p.Minutes > p.Span.Minutes() {
				t.Fatalf("%d minutes lie in %v", p.Minutes, p.Span)
			}
			sum, spans = sum+p.Minutes, append(spans, p.Span)
			if left := (served{Spans: subtract([]Span{p.Span}, busy)}); len(left.Spans) != 1 || left.Spans[0] != p.Span {
				t.Fatalf("%v is busy: %v", p.Span, busy)
			}
		}
		if sum != minutes {
			t.Fatalf("%d of %d minutes lie in %v", sum, minutes, all[0].Portions)
		}
		apart(t, spans, span)
	})
}
