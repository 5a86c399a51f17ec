package offer

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
)

// march is a time of day in Shanghai, in March 2026, which begins on a Sunday.
func march(day, hour, minute int) time.Time {
	return time.Date(2026, 3, day, hour, minute, 0, 0, clock.Shanghai)
}

// written are the hours that half hours in a row make: 9:00–12:00 13:00–17:00.
func written(slots []time.Time) string {
	var (
		all         []string
		from, until time.Time
	)
	end := func() {
		if !until.IsZero() {
			all = append(all, from.In(clock.Shanghai).Format("15:04")+"–"+until.In(clock.Shanghai).Format("15:04"))
		}
	}
	for _, at := range slots {
		if !at.Equal(until) {
			end()
			from = at
		}
		until = at.Add(Slot)
	}
	end()
	return strings.Join(all, " ")
}

// A day's hours are those of its day of the week, but for holidays and for what its host said of that very day.
func TestOpeningOfADay(t *testing.T) {
	t.Parallel()
	date := func(day int) time.Time { return time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC) }
	o := Opening{
		Hours: []Hours{{1, 540, 720}, {1, 780, 1020}, {2, 540, 720}, {3, 540, 720}, {4, 0, dayMinutes}, {6, 540, 720}},
		Days: []Day{
			{Date: date(3), Kind: DayClosed, Until: dayMinutes},                                                           // a Tuesday
			{Date: date(4), Kind: DayExtra, From: 690, Until: 780},                                                        // a Wednesday, half an hour of it open anyway
			{Date: date(7), Kind: DayClosed, Until: dayMinutes}, {Date: date(7), Kind: DayExtra, From: 1140, Until: 1200}, // a Saturday
			{Date: date(9), Kind: DayExtra, From: 1080, Until: 1140}, // a Monday, and a holiday
		},
		IsHoliday: func(day time.Time) bool { return day.In(clock.Shanghai).Day() == 9 },
	}
	for day, want := range map[int]string{
		2: "09:00–12:00 13:00–17:00", 3: "", 4: "09:00–13:00", 5: "00:00–00:00", 6: "", 7: "19:00–20:00", 8: "", 9: "18:00–19:00",
		10: "09:00–12:00", 16: "09:00–12:00 13:00–17:00",
	} {
		if got := written(o.SlotsOf(march(day, 0, 0))); got != want {
			t.Errorf("on %d March it is open %q, want %q", day, got, want)
		}
	}
	o.OnHolidays = true
	if got := written(o.SlotsOf(march(9, 0, 0))); got != "09:00–12:00 13:00–17:00 18:00–19:00" {
		t.Errorf("open on holidays, it is open %q on one", got)
	}
}

// A span is open only if each of its half hours is.
func TestOpeningHasASpan(t *testing.T) {
	t.Parallel()
	o := Opening{Hours: []Hours{{1, 540, 720}, {1, 780, 1020}, {1, 1380, 1440}, {2, 0, 60}}}
	for name, c := range map[string]struct {
		from, until time.Time
		open        bool
	}{
		"all of a morning":   {march(2, 9, 0), march(2, 12, 0), true},
		"over noon":          {march(2, 11, 30), march(2, 13, 30), false},
		"half before":        {march(2, 8, 30), march(2, 9, 30), false},
		"half after":         {march(2, 16, 30), march(2, 17, 30), false},
		"until midnight":     {march(2, 23, 0), march(3, 0, 0), true},
		"another week's":     {march(9, 9, 0), march(9, 10, 0), true},
		"another day's":      {march(4, 9, 0), march(4, 10, 0), false},
		"of the early hours": {march(3, 0, 0), march(3, 1, 0), true}, // which are yesterday in UTC
	} {
		if got := o.Has(Span{c.from, c.until}); got != c.open {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Hours are of half hours, forward, within a day, and not twice.
func TestWrongHours(t *testing.T) {
	t.Parallel()
	for hours, want := range map[string]bool{
		"1 540 720": true, "1 0 1440": true, "1 540 720, 1 720 780": true, "1 540 720, 2 540 720": true, "": true,
		"1 720 540": false, "1 540 540": false, "1 545 720": false, "1 540 725": false, "1 -30 60": false, "1 1380 1470": false,
		"1 540 720, 1 690 780": false, "1 540 720, 1 540 720": false,
	} {
		var all []Hours
		for _, one := range strings.Split(hours, ", ") {
			var h Hours
			if _, err := fmt.Sscan(one, &h.Weekday, &h.From, &h.Until); err == nil {
				all = append(all, h)
			}
		}
		if err := checkHours("hours", all); (err == nil) != want || err != nil && !fault.Has(err, fault.ReasonInvalidInput) {
			t.Errorf("%q: %v", hours, err)
		}
	}
}

// Two missed within 60 days close the phone's way for 30 from the second on.
func TestByPhoneUntil(t *testing.T) {
	t.Parallel()
	days := func(all ...int) (missed []time.Time) {
		for _, d := range all {
			missed = append(missed, march(1, 0, 0).AddDate(0, 0, d))
		}
		return missed
	}
	for name, c := range map[string]struct {
		missed []time.Time
		now    int
		until  int // 0: anybody books
	}{
		"none":                    {nil, 5, 0},
		"one":                     {days(1), 5, 0},
		"two":                     {days(1, 5), 5, 35},
		"the last day":            {days(1, 5), 34, 35},
		"a month later":           {days(1, 5), 35, 0},
		"in no order":             {days(5, 1), 6, 35},
		"61 days apart":           {days(1, 62), 63, 0},
		"60 days apart":           {days(1, 61), 63, 91},
		"three":                   {days(1, 5, 20), 21, 50},
		"a third, long afterward": {days(1, 5, 70), 71, 0},
	} {
		until, so := byPhoneUntil(c.missed, days(c.now)[0])
		if so != (c.until != 0) || so && !until.Equal(days(c.until)[0]) {
			t.Errorf("%s: %v until %v", name, so, until)
		}
	}
}
