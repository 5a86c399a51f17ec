package term

import (
	"encoding/csv"
	"os"
	"testing"
	"time"

	"xinyuan/internal/clock"
)

// of2026 is the calendar of the file that the migration was made of.
func of2026(t *testing.T) Calendar {
	t.Helper()
	file, err := os.Open("../../data/holidays-2026.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]DayKind{"放假": DayHoliday, "上班": DayWorking}
	var days []Day
	for _, row := range rows[1:] {
		at, err := time.Parse(time.DateOnly, row[0])
		if err != nil || kinds[row[1]] == "" {
			t.Fatal(row, err)
		}
		days = append(days, Day{Date: at, Kind: kinds[row[1]]})
	}
	return NewCalendar(days)
}

// Each line was reckoned by hand on a printed calendar of 2026.
func TestAdd(t *testing.T) {
	c := of2026(t)
	for _, one := range []struct {
		from    string
		span    Span
		percent int
		want    string
	}{
		// ordinary weeks
		{"2026-03-11 12:00", Span{2, UnitHour}, 100, "2026-03-11 14:00"},
		{"2026-03-11 12:00", Span{7, UnitDay}, 100, "2026-03-18 12:00"},
		{"2026-03-13 10:00", Span{1, UnitWorkday}, 100, "2026-03-16 10:00"}, // Friday to Monday
		{"2026-03-14 10:00", Span{1, UnitWorkday}, 100, "2026-03-17 00:00"}, // Saturday: all of Monday
		{"2026-03-11 12:00", Span{10, UnitWorkday}, 100, "2026-03-25 12:00"},
		// shares of a term
		{"2026-03-11 12:00", Span{10, UnitDay}, 80, "2026-03-19 12:00"},
		{"2026-03-11 12:00", Span{7, UnitDay}, 50, "2026-03-15 00:00"},
		{"2026-03-11 12:00", Span{7, UnitDay}, 200, "2026-03-25 12:00"},
		{"2026-03-11 12:00", Span{24, UnitHour}, 80, "2026-03-12 07:12"},
		// New Year: off from Thursday 1 to Saturday 3, Sunday 4 is worked
		{"2025-12-31 15:00", Span{1, UnitWorkday}, 100, "2026-01-04 15:00"},
		{"2025-12-31 15:00", Span{2, UnitWorkday}, 100, "2026-01-05 15:00"},
		{"2025-12-31 15:00", Span{7, UnitDay}, 100, "2026-01-10 15:00"},
		{"2026-01-02 09:00", Span{1, UnitDay}, 100, "2026-01-05 00:00"}, // all of the 4th
		{"2025-12-31 23:00", Span{24, UnitHour}, 100, "2026-01-01 23:00"},
		// Spring Festival: off from 15 to 23 February, Saturdays 14 and 28 are worked
		{"2026-02-13 16:00", Span{1, UnitWorkday}, 100, "2026-02-14 16:00"},
		{"2026-02-13 16:00", Span{2, UnitWorkday}, 100, "2026-02-24 16:00"},
		{"2026-02-13 16:00", Span{6, UnitWorkday}, 100, "2026-02-28 16:00"},
		{"2026-02-13 16:00", Span{7, UnitWorkday}, 100, "2026-03-02 16:00"},
		{"2026-02-10 08:30", Span{7, UnitDay}, 100, "2026-02-26 08:30"},
		{"2026-02-17 20:00", Span{1, UnitWorkday}, 100, "2026-02-25 00:00"}, // New Year's Day itself
		{"2026-02-12 09:00", Span{15, UnitDay}, 100, "2026-03-08 09:00"},
		// May: off from 1 to 5, Saturday 9 is worked
		{"2026-04-30 17:00", Span{3, UnitWorkday}, 100, "2026-05-08 17:00"},
		{"2026-04-30 17:00", Span{4, UnitWorkday}, 100, "2026-05-09 17:00"},
		{"2026-05-08 17:00", Span{2, UnitWorkday}, 100, "2026-05-11 17:00"},
		// October: off from 1 to 7, Saturday 10 is worked; Sunday 20 September is worked
		{"2026-09-18 11:00", Span{1, UnitWorkday}, 100, "2026-09-20 11:00"},
		{"2026-09-30 11:00", Span{3, UnitWorkday}, 100, "2026-10-10 11:00"},
		{"2026-09-24 11:00", Span{7, UnitDay}, 100, "2026-10-11 11:00"},
		// what begins and ends at midnight
		{"2026-03-13 00:00", Span{1, UnitWorkday}, 100, "2026-03-14 00:00"},
		{"2026-03-14 00:00", Span{1, UnitWorkday}, 100, "2026-03-17 00:00"},
	} {
		from, err := time.ParseInLocation("2006-01-02 15:04", one.from, clock.Shanghai)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Add(from, one.span, one.percent).In(clock.Shanghai).Format("2006-01-02 15:04"); got != one.want {
			t.Errorf("%d%% of %v from %s is over at %s, want %s", one.percent, one.span, one.from, got, one.want)
		}
	}
}

func TestTheTermInForce(t *testing.T) {
	at := func(day int) time.Time { return time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC) }
	all := []Term{
		{Code: CodeOrdinary, From: at(10), WorkAmount: 5}, {Code: CodeOrdinary, From: at(1), WorkAmount: 7},
		{Code: CodeComplex, From: at(1), WorkAmount: 15},
	}
	for day, want := range map[int]int{1: 7, 9: 7, 10: 5, 30: 5} {
		if got, ok := InForce(all, CodeOrdinary, at(day)); !ok || got.WorkAmount != want {
			t.Errorf("on the %d. it is %d days, want %d", day, got.WorkAmount, want)
		}
	}
	if _, ok := InForce(all, CodeUrgent, at(30)); ok {
		t.Error("a term that nobody has set is in force")
	}
}

func TestSpansInWords(t *testing.T) {
	for span, want := range map[Span]string{
		{2, UnitHour}: "2 小时", {7, UnitDay}: "7 天，法定节假日不算", {1, UnitWorkday}: "1 个工作日", {}: "",
	} {
		if span.String() != want {
			t.Errorf("%v, want %s", span, want)
		}
	}
}
