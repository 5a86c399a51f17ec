// Package attendance holds who came to activities, when, and who served how long.
package attendance

import (
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/state"
)

// Attendance is a check-in (签到) with its check-out (签退). Positions are not
// kept: only how far from the place they were, and how sure the phone was.
type Attendance struct {
	ID            id.Attendance `db:"id"`
	ActivityID    id.Activity   `db:"activity_id"`
	UserID        id.User       `db:"user_id"`
	InAt          time.Time     `db:"in_at"`
	InMode        state.Mode    `db:"in_mode"`
	InReceivedAt  time.Time     `db:"in_received_at"`
	InDistance    *int          `db:"in_distance"` // meters
	InAccuracy    *int          `db:"in_accuracy"`
	OutAt         *time.Time    `db:"out_at"` // nil: still there
	OutMode       *state.Mode   `db:"out_mode"`
	OutReceivedAt *time.Time    `db:"out_received_at"`
	OutDistance   *int          `db:"out_distance"`
	OutAccuracy   *int          `db:"out_accuracy"`
	RecorderID    id.User       `db:"recorder_id"` // the leader who wrote it down; 0: nobody
	Radius        int           `db:"radius"`      // how many meters from the activity's place still count as there

	span Span // of the activity, where Minutes is asked
}

// Minutes are the whole minutes of the activity for which the person was there;
// none before they have checked out.
func (a Attendance) Minutes() int {
	if a.isOpen() {
		return 0
	}
	return serve([]Attendance{a}, a.span, true).Minutes()
}

// MaxPairs is how often a person comes and goes within an activity and a day.
const MaxPairs = letters.CheckIns

// isOffline tells whether an end of it was sent later.
func (a Attendance) isOffline() bool {
	return a.InMode == state.ModeOffline || a.OutMode != nil && *a.OutMode == state.ModeOffline
}

// isLive tells whether the person's own phone was there at the time.
func (a Attendance) isLive() bool { return a.InMode == state.ModeLive && !a.isFarIn() }

func (a Attendance) isOpen() bool { return a.OutAt == nil }

// maxAccuracy is how far from where it believes to be a phone may be, in meters:
// whoever claims to know less says nothing.
const maxAccuracy = 5000

// isFarIn and farOut tell whether a phone was beyond radius and accuracy from the
// place, so that the code was forwarded. Without a location nobody can tell, and
// the leader's phone says nothing of whom the leader writes down.
func (a Attendance) isFarIn() bool {
	return a.InMode != state.ModeList && isFar(a.InDistance, a.InAccuracy, a.Radius)
}

func (a Attendance) isFarOut() bool {
	return a.OutMode != nil && *a.OutMode != state.ModeList && isFar(a.OutDistance, a.OutAccuracy, a.Radius)
}

// IsFar tells whether one of the ends was sent from elsewhere.
func (a Attendance) IsFar() bool { return a.isFarIn() || a.isFarOut() }

func isFar(distance, accuracy *int, radius int) bool {
	if distance == nil {
		return false
	}
	around := radius
	if accuracy != nil {
		around += min(*accuracy, maxAccuracy)
	}
	return *distance > around
}

// isUnsure tells whether one of the two parties is missing: an end was sent later
// or from elsewhere, or there is no check-out. Only the leader who names the
// person makes it count.
func (a Attendance) isUnsure() bool { return a.isOffline() || a.IsFar() || a.isOpen() }

// checkIn begins a pair beside those there are. Errors:
// fault.ReasonAlreadyCheckedIn, fault.ReasonTooManyPairs.
func checkIn(pairs []Attendance, m Mark, now time.Time) (Attendance, error) {
	today := 0
	for _, p := range pairs {
		if p.isOpen() || !m.At.Before(p.InAt) && m.At.Before(*p.OutAt) || m.At.Equal(p.InAt) {
			return Attendance{}, fault.New(fault.ReasonAlreadyCheckedIn)
		}
		if clock.Day(p.InAt).Equal(clock.Day(m.At)) {
			today++
		}
	}
	if today >= MaxPairs {
		return Attendance{}, fault.New(fault.ReasonTooManyPairs)
	}
	return Attendance{InAt: m.At, InMode: m.Mode, InReceivedAt: now}, nil
}

// checkOut ends the open pair. Errors: fault.ReasonNotCheckedIn,
// fault.ReasonOutBeforeIn.
func checkOut(pairs []Attendance, m Mark, now time.Time) (Attendance, error) {
	i := slices.IndexFunc(pairs, Attendance.isOpen)
	if i < 0 {
		return Attendance{}, fault.New(fault.ReasonNotCheckedIn)
	}
	p := pairs[i]
	if m.At.Before(p.InAt) {
		return p, fault.New(fault.ReasonOutBeforeIn)
	}
	p.OutAt, p.OutMode, p.OutReceivedAt = &m.At, &m.Mode, &now
	return p, nil
}

// Span is a stretch of time, [From, Until).
type Span struct {
	From  time.Time `db:"from_at"`
	Until time.Time `db:"until_at"`
}

// Minutes are the whole minutes of the span.
func (s Span) Minutes() int { return max(0, int(s.Until.Sub(s.From)/time.Minute)) }

// Window is when people may check in and out: a little before the activity
// begins until some time after it ends.
func (w Rules) Window(activity Span) Span {
	return Span{activity.From.Add(-w.Before), activity.Until.Add(w.After)}
}

// checkWithin holds the moment against the window. Errors: fault.ReasonCheckInEarly,
// fault.ReasonCheckInOver.
func (s Span) checkWithin(at time.Time) error {
	switch {
	case at.Before(s.From):
		return fault.New(fault.ReasonCheckInEarly)
	case !at.Before(s.Until):
		return fault.New(fault.ReasonCheckInOver)
	}
	return nil
}

// Rules are what the configuration says about attendance.
type Rules struct {
	Before, After time.Duration // see Window
	// Guesses are the wrong codes that a person may send within GuessSpan.
	Guesses   int
	GuessSpan time.Duration
	// Sample and OfflineSample are how many of a hundred records are drawn for a
	// second review; the second of those with a check-in that came later.
	Sample, OfflineSample int
}

// served is what check-ins and check-outs say about a person's service.
type served struct {
	Spans   []Span // what counts, in order and apart
	Offline bool   // some of it came later
	Far     bool   // some of it came from elsewhere
	Open    bool   // a check-out is missing
	Seen    bool   // a check-in counts at all
}

// isUnsure tells whether the leader must name the person for some of it to count.
func (s served) isUnsure() bool { return s.Offline || s.Far || s.Open }

// Minutes are the whole minutes of each span.
func (s served) Minutes() int {
	sum := 0
	for _, span := range s.Spans {
		sum += span.Minutes()
	}
	return sum
}

// serve cuts the pairs to the activity and takes time that two of them cover
// once. For a missing check-out stands the activity's end. What is unsure counts
// only for a person whom the leader names.
func serve(pairs []Attendance, activity Span, named bool) served {
	var s served
	var counted []Span
	for _, p := range pairs {
		s.Open = s.Open || p.isOpen()
		s.Offline = s.Offline || p.isOffline()
		s.Far = s.Far || p.IsFar()
		s.Seen = s.Seen || named || p.InMode != state.ModeOffline && !p.isFarIn()
		if p.isUnsure() && !named {
			continue
		}
		until := activity.Until
		if !p.isOpen() && p.OutAt.Before(until) {
			until = *p.OutAt
		}
		from := p.InAt
		if from.Before(activity.From) {
			from = activity.From
		}
		if from.Before(until) {
			counted = append(counted, Span{from, until})
		}
	}
	slices.SortFunc(counted, func(a, b Span) int { return a.From.Compare(b.From) })
	for _, c := range counted {
		last := len(s.Spans) - 1
		switch {
		case last < 0 || c.From.After(s.Spans[last].Until):
			s.Spans = append(s.Spans, c)
		case c.Until.After(s.Spans[last].Until):
			s.Spans[last].Until = c.Until
		}
	}
	return s
}
