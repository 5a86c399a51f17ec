package term

import (
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/mysql"
)

// Book is the terms and the calendar as they are read for one decision.
type Book struct {
	terms []Term
	days  []Day
}

// Wants wants all terms and the days of the calendar.
func (b *Book) Wants() []mysql.Want {
	return []mysql.Want{mysql.Many(&b.terms, "term.terms", mysql.Args{}), mysql.Many(&b.days, "term.days", mysql.Args{})}
}

// calendar is the one that was known at the time.
func (b *Book) calendar(at time.Time) Calendar {
	return NewCalendar(slices.DeleteFunc(slices.Clone(b.days), func(d Day) bool { return d.Since.After(at) }))
}

// Due is until when a matter of the code that begins at the time is accepted and done, and when 80 and 200 percent of
// the time for it are gone.
type Due struct {
	Accept time.Time
	Soon   time.Time // 80 %
	Work   time.Time
	Twice  time.Time // 200 %
}

// Due reckons until when a matter of the code is owed, share percent of its usual time. Without a term in force the
// database is wrong, which is an internal error.
func (b *Book) Due(code Code, begin time.Time, share int) (Due, error) {
	t, ok := InForce(b.terms, code, begin)
	if !ok {
		return Due{}, fmt.Errorf("term: no term %q is in force", code)
	}
	c := b.calendar(begin)
	return Due{
		Accept: c.Add(begin, t.Accept(), 100), Soon: c.Add(begin, t.Work(), 80*share/100),
		Work: c.Add(begin, t.Work(), share), Twice: c.Add(begin, t.Work(), 2*share),
	}, nil
}

// IsHoliday tells whether the business day that the time falls on belongs to a holiday that was known then.
func (b *Book) IsHoliday(day, known time.Time) bool {
	return b.calendar(known)[day.In(clock.Shanghai).Format(time.DateOnly)] == DayHoliday
}

// Workdays is when so many working days are over for what begins then.
func (b *Book) Workdays(begin time.Time, days int) time.Time {
	return b.calendar(begin).Add(begin, Span{days, UnitWorkday}, 100)
}

// Words are how long a matter of the code may take.
func (b *Book) Words(code Code, at time.Time) string {
	t, _ := InForce(b.terms, code, at)
	return t.Work().String()
}
