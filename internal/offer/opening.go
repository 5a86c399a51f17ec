package offer

import (
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
)

// Slot is the shortest time for which something is booked. Bookings begin and end on it.
const Slot = 30 * time.Minute

const (
	slotMinutes = int(Slot / time.Minute)
	dayMinutes  = 24 * 60
)

// Ahead is for how many days from today something is booked at most.
const Ahead = 30

// LineKind is what a sentence of an offer says.
type LineKind string

// The kinds of sentences.
const (
	LineRule   LineKind = "rule"
	LineMatter LineKind = "matter" // what a desk can do
)

// LineKinds lists every kind of sentence.
func LineKinds() []LineKind { return []LineKind{LineRule, LineMatter} }

// Hours is when an offer is open on a day of the week, in minutes from midnight in Shanghai.
type Hours struct {
	Weekday int `db:"weekday"` // Monday is 1
	From    int `db:"from_minute"`
	Until   int `db:"until_minute"`
}

// DayKind is how a day differs from its day of the week.
type DayKind string

// The kinds of days.
const (
	DayClosed DayKind = "closed" // all day, but for hours that are named later
	DayExtra  DayKind = "extra"  // open at these hours, too
)

// DayKinds lists every kind of day.
func DayKinds() []DayKind { return []DayKind{DayClosed, DayExtra} }

// Day is a day on which an offer is not open as its day of the week says.
type Day struct {
	OfferID id.Offer  `db:"offer_id"`
	Date    time.Time `db:"day"` // at 00:00 UTC of that date, as the database has it
	Kind    DayKind   `db:"kind"`
	From    int       `db:"from_minute"`
	Until   int       `db:"until_minute"`
}

// Opening is when an offer is open.
type Opening struct {
	Hours      []Hours
	Days       []Day
	OnHolidays bool
	IsHoliday  func(day time.Time) bool
}

// weekday of a time in Shanghai, Monday being 1.
func weekday(at time.Time) int { return int(at.In(clock.Shanghai).Weekday()+6)%7 + 1 }

// hoursOf are the hours of the business day that begins then.
func (o Opening) hoursOf(day time.Time) (all []Hours) {
	date := day.In(clock.Shanghai).Format(time.DateOnly)
	isClosed := !o.OnHolidays && o.IsHoliday != nil && o.IsHoliday(day)
	for _, d := range o.Days {
		switch {
		case d.Date.Format(time.DateOnly) != date:
		case d.Kind == DayClosed:
			isClosed = true
		default:
			all = append(all, Hours{From: d.From, Until: d.Until})
		}
	}
	for _, h := range o.Hours {
		if !isClosed && h.Weekday == weekday(day) {
			all = append(all, h)
		}
	}
	return all
}

// SlotsOf are when the half hours of the business day begin on which it is open, the earliest first.
func (o Opening) SlotsOf(day time.Time) (all []time.Time) {
	for _, h := range o.hoursOf(day) {
		for m := h.From; m < h.Until; m += slotMinutes {
			all = append(all, day.Add(time.Duration(m)*time.Minute).UTC())
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return slices.Compact(all)
}

// Has tells whether each half hour of the span is one on which it is open.
func (o Opening) Has(s Span) bool {
	open := o.SlotsOf(clock.Day(s.From))
	for _, one := range s.slots() {
		if !slices.ContainsFunc(open, one.Equal) {
			return false
		}
	}
	return true
}

// checkHours refuses hours that no day has.
func checkHours(path string, all []Hours) error {
	for i, h := range all {
		switch {
		case h.From < 0 || h.Until > dayMinutes || h.From%slotMinutes != 0 || h.Until%slotMinutes != 0 || h.From >= h.Until:
			return fault.BadField(path, "开放时间从整点或半点开始，到整点或半点为止，结束要晚于开始。")
		case slices.ContainsFunc(all[:i], func(o Hours) bool {
			return o.Weekday == h.Weekday && o.From < h.Until && h.From < o.Until
		}):
			return fault.BadField(path, "同一天的两段时间重在一起了，请合成一段。")
		}
	}
	return nil
}

// Span is when something is used.
type Span struct{ From, Until time.Time }

// slots are when its half hours begin.
func (s Span) slots() (all []time.Time) {
	for at := s.From; at.Before(s.Until); at = at.Add(Slot) {
		all = append(all, at.UTC())
	}
	return all
}

// check refuses a span that is nobody's to book, whatever is open. Error: fault.ReasonInvalidInput.
func (s Span) check(most int, now time.Time) error {
	onSlot := func(t time.Time) bool { return t.Equal(t.Truncate(Slot)) } // Shanghai is whole hours from UTC
	switch {
	case !onSlot(s.From):
		return fault.BadField("startsAt", "请从整点或半点开始。")
	case !onSlot(s.Until) || !s.Until.After(s.From):
		return fault.BadField("endsAt", "请到整点或半点为止，结束要晚于开始。")
	case !s.From.After(now):
		return fault.BadField("startsAt", "请选以后的时间。")
	case !s.From.Before(lastDay(now)):
		return fault.BadField("startsAt", "最多提前 30 天约。")
	case s.Until.Sub(s.From) > time.Duration(most)*Slot:
		return fault.BadField("endsAt", "一次约不了这么久，请分几次约。")
	case !clock.Day(s.Until.Add(-1)).Equal(clock.Day(s.From)):
		return fault.BadField("endsAt", "请在同一天里结束。")
	}
	return nil
}

// lastDay is when the days end for which something is booked today.
func lastDay(now time.Time) time.Time { return clock.Day(now).AddDate(0, 0, Ahead+1) }
