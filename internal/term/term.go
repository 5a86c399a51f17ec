// Package term says until when a thing is owed: how long each kind of matter may take, and which days count.
package term

import (
	"fmt"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/words"
)

// Code is a kind of matter by how fast it has to be done.
type Code string

// The codes.
const (
	CodeUrgent   Code = "urgent"   // life and property
	CodeUtility  Code = "utility"  // water, power, gas, heat
	CodeOrdinary Code = "ordinary" // most
	CodeComplex  Code = "complex"
)

// Codes lists every code, the shortest first.
func Codes() []Code { return []Code{CodeUrgent, CodeUtility, CodeOrdinary, CodeComplex} }

// Unit is what a term is counted in.
type Unit string

// The units.
const (
	UnitHour    Unit = "hour"    // on the clock, day and night
	UnitDay     Unit = "day"     // but for the days that a holiday has
	UnitWorkday Unit = "workday" // days on which offices work
)

// Units lists every unit.
func Units() []Unit { return []Unit{UnitHour, UnitDay, UnitWorkday} }

// Span is how long something may take.
type Span struct {
	Amount int
	Unit   Unit
}

// Term is how long a matter of a kind may take, under the rule in force from a day on.
type Term struct {
	Code         Code      `db:"code"`
	From         time.Time `db:"from_at"`
	AcceptAmount int       `db:"accept_amount"`
	AcceptUnit   Unit      `db:"accept_unit"`
	WorkAmount   int       `db:"work_amount"`
	WorkUnit     Unit      `db:"work_unit"`
}

// Accept is until when somebody says who does it.
func (t Term) Accept() Span { return Span{t.AcceptAmount, t.AcceptUnit} }

// Work is until when it is done.
func (t Term) Work() Span { return Span{t.WorkAmount, t.WorkUnit} }

// Until is until when a thing of the term is owed, as papers write it: the hour where hours count, else the day.
func (c Code) Until(due time.Time) string {
	local := due.In(clock.Shanghai)
	if c == CodeUrgent || c == CodeUtility {
		return words.Moment(local)
	}
	return words.Day(local.Date())
}

// InForce is the term of the code at the time, of all that there are or ever were.
func InForce(all []Term, code Code, at time.Time) (found Term, ok bool) {
	for _, t := range all {
		if t.Code == code && !t.From.After(at) && (!ok || t.From.After(found.From)) {
			found, ok = t, true
		}
	}
	return found, ok
}

// DayKind is why a day counts differently than its day of the week.
type DayKind string

// The kinds.
const (
	DayHoliday DayKind = "holiday" // of a holiday, its moved days off included
	DayWorking DayKind = "working" // a Saturday or Sunday on which offices work
)

// DayKinds lists every kind.
func DayKinds() []DayKind { return []DayKind{DayHoliday, DayWorking} }

// Day is a day of the calendar that is not as its day of the week says.
type Day struct {
	Date time.Time `db:"day"` // at 00:00 UTC of that date, as the database has it
	Kind DayKind   `db:"kind"`

	Since time.Time `db:"since"` // when it was made known here: what began before goes on without it
}

// Calendar knows which days count.
type Calendar map[string]DayKind

// NewCalendar is the calendar with these days.
func NewCalendar(days []Day) Calendar {
	c := Calendar{}
	for _, d := range days {
		c[d.Date.Format(time.DateOnly)] = d.Kind
	}
	return c
}

// counts tells whether the business day that begins then counts in the unit.
func (c Calendar) counts(day time.Time, unit Unit) bool {
	local := day.In(clock.Shanghai)
	kind := c[local.Format(time.DateOnly)]
	weekend := local.Weekday() == time.Saturday || local.Weekday() == time.Sunday
	return kind != DayHoliday && (unit != UnitWorkday || !weekend || kind == DayWorking)
}

const aDay = 24 * time.Hour

// Add is when so much percent of the span is over for what begins then. Days are counted by the hour: a day from
// 10:00 ends at 10:00 of the next day that counts, and what begins on a day that does not count begins with the next
// that does.
func (c Calendar) Add(from time.Time, s Span, percent int) time.Time {
	if s.Unit == UnitHour {
		return from.Add(time.Duration(s.Amount) * time.Hour * time.Duration(percent) / 100).UTC()
	}
	left, at := time.Duration(s.Amount)*aDay*time.Duration(percent)/100, from
	for {
		day := clock.DayOf(at)
		if c.counts(day.From, s.Unit) {
			room := day.Until.Sub(at)
			if left <= room {
				return at.Add(left).UTC()
			}
			left -= room
		}
		at = day.Until
	}
}

// String is the span in words.
func (s Span) String() string {
	switch s.Unit {
	case UnitHour:
		return fmt.Sprintf("%d 小时", s.Amount)
	case UnitDay:
		return fmt.Sprintf("%d 天，法定节假日不算", s.Amount)
	case UnitWorkday:
		return fmt.Sprintf("%d 个工作日", s.Amount)
	}
	return ""
}
