package attendance

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// at is so many minutes after nine.
func at(minutes int) time.Time { return nine.Add(time.Duration(minutes) * time.Minute) }

// pair is a check-in and, unless out is -1, its check-out.
func pair(in, out int, modes ...state.Mode) Attendance {
	modes = append(modes, state.ModeLive, state.ModeLive)
	a := Attendance{InAt: at(in), InMode: modes[0]}
	if out != -1 {
		until, mode := at(out), modes[1]
		a.OutAt, a.OutMode = &until, &mode
	}
	return a
}

func TestCheckInAndOut(t *testing.T) {
	live := func(minutes int) Mark { return Mark{at(minutes), state.ModeLive} }
	for _, x := range []struct {
		name  string
		pairs []Attendance
		do    func([]Attendance, Mark, time.Time) (Attendance, error)
		when  Mark
		want  fault.Reason // "" where it may be
	}{
		{"the first time", nil, checkIn, live(0), ""},
		{"again", []Attendance{pair(0, 60)}, checkIn, live(60), ""},
		{"while in", []Attendance{pair(0, -1)}, checkIn, live(10), fault.ReasonAlreadyCheckedIn},
		{"the same code, sent again after all", []Attendance{pair(0, 60)}, checkIn, Mark{at(0), state.ModeOffline}, fault.ReasonAlreadyCheckedIn},
		{"the same code, in and out at once", []Attendance{pair(0, 0)}, checkIn, live(0), fault.ReasonAlreadyCheckedIn},
		{"within a time that is known", []Attendance{pair(0, 60)}, checkIn, Mark{at(30), state.ModeOffline}, fault.ReasonAlreadyCheckedIn},
		{"the third", []Attendance{pair(0, 10), pair(20, 30)}, checkIn, live(40), ""},
		{"the fourth", []Attendance{pair(0, 10), pair(20, 30), pair(40, 50)}, checkIn, live(60), fault.ReasonTooManyPairs},
		{"the fourth, on the next day", []Attendance{pair(0, 10), pair(20, 30), pair(40, 50)}, checkIn, live(15 * 60), ""},
		{"out", []Attendance{pair(0, 10), pair(20, -1)}, checkOut, live(30), ""},
		{"out at once", []Attendance{pair(20, -1)}, checkOut, live(20), ""},
		{"out without in", nil, checkOut, live(30), fault.ReasonNotCheckedIn},
		{"out twice", []Attendance{pair(0, 10)}, checkOut, live(30), fault.ReasonNotCheckedIn},
		{"out before in", []Attendance{pair(20, -1)}, checkOut, live(10), fault.ReasonOutBeforeIn},
	} {
		a, err := x.do(x.pairs, x.when, at(90))
		if x.want != "" {
			if !fault.Has(err, x.want) {
				t.Errorf("%s: got %+v, %v; want %s", x.name, a, err, x.want)
			}
		} else if err != nil || !a.InReceivedAt.Equal(at(90)) && !a.OutReceivedAt.Equal(at(90)) {
			t.Errorf("%s: got %+v, %v", x.name, a, err)
		}
	}
}

func TestWindow(t *testing.T) {
	w := Rules{Before: 30 * time.Minute, After: 2 * time.Hour}.Window(Span{at(0), at(120)})
	for minutes, want := range map[int]fault.Reason{
		-31: fault.ReasonCheckInEarly, -30: "", 0: "", 120: "", 239: "", 240: fault.ReasonCheckInOver,
	} {
		if err := w.checkWithin(at(minutes)); want == "" && err != nil || want != "" && !fault.Has(err, want) {
			t.Errorf("at %d minutes: %v, want %q", minutes, err, want)
		}
	}
}

func TestServedTime(t *testing.T) {
	const offline, list = state.ModeOffline, state.ModeList
	span := Span{at(0), at(120)}
	for _, x := range []struct {
		name            string
		pairs           []Attendance
		minutes, named  int
		seen, off, open bool
	}{
		{"nobody came", nil, 0, 0, false, false, false},
		{"the whole time", []Attendance{pair(0, 120)}, 120, 120, true, false, false},
		{"early and late", []Attendance{pair(-25, 180)}, 120, 120, true, false, false},
		{"before it begins", []Attendance{pair(-25, -5)}, 0, 0, true, false, false},
		{"twice", []Attendance{pair(0, 30), pair(60, 90)}, 60, 60, true, false, false},
		{"overlapping, out of order", []Attendance{pair(60, 100), pair(0, 80)}, 100, 100, true, false, false},
		{"one within the other", []Attendance{pair(0, 100), pair(20, 30)}, 100, 100, true, false, false},
		{"no check-out", []Attendance{pair(100, -1)}, 0, 20, true, false, true},
		{"by the list", []Attendance{pair(0, 60, list, list)}, 60, 60, true, false, false},
		{"sent later", []Attendance{pair(0, 60, offline, offline)}, 0, 60, false, true, false},
		{"the way out sent later", []Attendance{pair(0, 60, state.ModeLive, offline)}, 0, 60, true, true, false},
		{"half of it sent later", []Attendance{pair(0, 60), pair(60, 90, offline)}, 60, 90, true, true, false},
		{"after it is over", []Attendance{pair(125, 130)}, 0, 0, true, false, false},
	} {
		s, named := serve(x.pairs, span, false), serve(x.pairs, span, true)
		if s.Minutes() != x.minutes || named.Minutes() != x.named || s.Seen != x.seen || s.Offline != x.off || s.Open != x.open {
			t.Errorf("%s: got %+v, and named %+v", x.name, s, named)
		}
	}
}

// Whatever the check-ins are: what counts is time within the activity at which
// the person was in, each moment once.
func TestServeCountsEachMomentOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.IntRange(1, 300).Draw(t, "length")
		span := Span{at(0), at(length)}
		mode := rapid.SampledFrom([]state.Mode{state.ModeLive, state.ModeOffline, state.ModeList})
		pairs := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Attendance {
			in := rapid.IntRange(-60, 400).Draw(t, "in")
			a := pair(in, 0, mode.Draw(t, "in mode"), mode.Draw(t, "out mode"))
			out := at(in + rapid.IntRange(0, 200).Draw(t, "stay"))
			if a.OutAt = &out; rapid.IntRange(0, 3).Draw(t, "leaves") == 0 {
				a.OutAt, a.OutMode = nil, nil
			}
			return a
		}), 0, 4).Draw(t, "pairs")
		named := rapid.Bool().Draw(t, "named")
		want := 0
		for m := range length {
			for _, p := range pairs {
				if (named || !p.isUnsure()) && !at(m).Before(p.InAt) && (p.isOpen() || at(m).Before(*p.OutAt)) {
					want++
					break
				}
			}
		}
		s := serve(pairs, span, named)
		if s.Minutes() != want {
			t.Fatalf("%d minutes count, want %d", s.Minutes(), want)
		}
		apart(t, s.Spans, span)
	})
}

// Whatever the leader says: nobody is credited more than the activity is long,
// and the minutes fit in where the record lies.
func TestSettleStaysWithinTheActivity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.IntRange(1, 300).Draw(t, "length")
		span := Span{at(0), at(length)}
		var pairs []Attendance
		for range rapid.IntRange(0, 3).Draw(t, "pairs") {
			in := rapid.IntRange(0, 300).Draw(t, "in")
			pairs = append(pairs, pair(in, in+rapid.IntRange(0, 100).Draw(t, "stay")))
		}
		var said []Attendee
		if rapid.Bool().Draw(t, "named") {
			a := Attendee{UserID: 1, Reason: "看着他做的", Absent: rapid.Bool().Draw(t, "absent")}
			if rapid.Bool().Draw(t, "minutes") {
				n := rapid.IntRange(-5, 400).Draw(t, "n")
				a.Minutes = &n
			}
			said = append(said, a)
		}
		all, err := settle([]Present{{UserID: 1, Pairs: pairs}}, span, said)
		if err != nil {
			return
		}
		o := all[0]
		sum, spans := 0, []Span{}
		for _, p := range o.Portions {
			if p.Minutes < 1 || p.Minutes > p.Span.Minutes() {
				t.Fatalf("%d minutes lie in %v", p.Minutes, p.Span)
			}
			sum, spans = sum+p.Minutes, append(spans, p.Span)
		}
		if sum != o.Minutes || sum > length || !o.Attended && sum > 0 {
			t.Fatalf("got %+v", o)
		}
		apart(t, spans, span)
	})
}

// apart fails the test unless the spans are in order, apart, and within the
// activity.
func apart(t *rapid.T, spans []Span, activity Span) {
	for i, s := range spans {
		if s.From.Before(activity.From) || s.Until.After(activity.Until) || i > 0 && s.From.Before(spans[i-1].Until) {
			t.Fatalf("%v lie in %v", spans, activity)
		}
	}
}

func TestSettle(t *testing.T) {
	n := func(minutes int) *int { return &minutes }
	span := Span{at(0), at(120)}
	came, later := []Attendance{pair(0, 60)}, []Attendance{pair(0, 60, state.ModeOffline)}
	for _, x := range []struct {
		name     string
		pairs    []Attendance
		said     []Attendee
		attended bool
		minutes  int
		want     fault.Reason
		field    string
	}{
		{"as the check-ins say", came, nil, true, 60, "", ""},
		{"named, as the check-ins say", came, []Attendee{{UserID: 1}}, true, 60, "", ""},
		{"less than they say", came, []Attendee{{UserID: 1, Minutes: n(30)}}, true, 30, "", ""},
		{"more than they say", came, []Attendee{{UserID: 1, Minutes: n(90), Reason: "忘了签退"}}, true, 90, "", ""},
		{"more, without a reason", came, []Attendee{{UserID: 1, Minutes: n(90)}}, false, 0, fault.ReasonReasonRequired, "attendees.0.reason"},
		{"more than there is", came, []Attendee{{UserID: 1, Minutes: n(121), Reason: "做得久"}}, false, 0, fault.ReasonInvalidInput, "attendees.0.minutes"},
		{"none", came, []Attendee{{UserID: 1, Minutes: n(0)}}, false, 0, fault.ReasonInvalidInput, "attendees.0.minutes"},
		{"seen and not gone: not named", []Attendance{pair(0, -1)}, nil, false, 0, fault.ReasonInvalidInput, "1"},
		{"seen and not gone: named", []Attendance{pair(30, -1)}, []Attendee{{UserID: 1}}, true, 90, "", ""},
		{"gone before it began", []Attendance{pair(-20, -5)}, nil, false, 0, "", ""},
		{"nobody came", nil, nil, false, 0, "", ""},
		{"named without a number", nil, []Attendee{{UserID: 1, Reason: "来了"}}, false, 0, fault.ReasonInvalidInput, "attendees.0.minutes"},
		{"by the leader's word", nil, []Attendee{{UserID: 1, Minutes: n(120), Reason: "没带手机"}}, true, 120, "", ""},
		{"absent", nil, []Attendee{{UserID: 1, Absent: true}}, false, 0, "", ""},
		{"absent, against the check-ins", came, []Attendee{{UserID: 1, Absent: true}}, false, 0, fault.ReasonReasonRequired, "attendees.0.reason"},
		{"absent, with a number", nil, []Attendee{{UserID: 1, Absent: true, Minutes: n(5)}}, false, 0, fault.ReasonInvalidInput, "attendees.0.minutes"},
		{"a forwarded code: not named", later, nil, false, 0, "", ""},
		{"a forwarded code: not there", later, []Attendee{{UserID: 1, Absent: true}}, false, 0, "", ""},
		{"sent later, and named", later, []Attendee{{UserID: 1}}, true, 60, "", ""},
		{"somebody else", came, []Attendee{{UserID: 2, Minutes: n(5)}}, false, 0, fault.ReasonInvalidInput, "attendees.0.userId"},
		{"named twice", came, []Attendee{{UserID: 1}, {UserID: 1}}, false, 0, fault.ReasonInvalidInput, "attendees.1.userId"},
	} {
		all, err := settle([]Present{{UserID: 1, Pairs: x.pairs}, {UserID: id.User(3), Pairs: came}}, span, x.said)
		if x.want != "" {
			var e *fault.Error
			if !fault.Has(err, x.want) || !errors.As(err, &e) || e.Fields[0].Path != x.field {
				t.Errorf("%s: got %v, want %s about %s", x.name, err, x.want, x.field)
			}
			continue
		}
		if err != nil || all[0].Attended != x.attended || all[0].Minutes != x.minutes || all[1].Minutes != 60 {
			t.Errorf("%s: got %+v, %v", x.name, all, err)
		}
	}
}
