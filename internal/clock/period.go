package clock

import "time"

// Period is [From, Until).
type Period struct{ From, Until time.Time }

// Has tells whether the time is in the period.
func (p Period) Has(t time.Time) bool { return !t.Before(p.From) && t.Before(p.Until) }

// Minutes are the whole minutes of the period.
func (p Period) Minutes() int { return max(0, int(p.Until.Sub(p.From)/time.Minute)) }

// Day is the start, in Shanghai, of the business day that t falls on.
func Day(t time.Time) time.Time { return DayOf(t).From }

// NextDay is the start of the business day after that one.
func NextDay(t time.Time) time.Time { return DayOf(t).Until }

// Month is the start, in Shanghai, of the business month that t falls in.
func Month(t time.Time) time.Time { return MonthOf(t).From }

// Year is the business year that t falls in.
func Year(t time.Time) int { return t.In(Shanghai).Year() }

// Date begins, in Shanghai, the day that a date without a time names.
func Date(date time.Time) time.Time {
	y, m, d := date.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Shanghai)
}

// DayOf is the business day that t falls on.
func DayOf(t time.Time) Period {
	day := Date(t.In(Shanghai))
	return Period{day, day.AddDate(0, 0, 1)}
}

// MonthOf is the business month that t falls in.
func MonthOf(t time.Time) Period {
	y, m, _ := t.In(Shanghai).Date()
	return Months(y, m, 1)
}

// YearOf is the business year that t falls in.
func YearOf(t time.Time) Period { return Months(Year(t), time.January, 12) }

// Months are so many business months, from the first one on.
func Months(year int, first time.Month, count int) Period {
	from := time.Date(year, first, 1, 0, 0, 0, 0, Shanghai)
	return Period{from, from.AddDate(0, count, 0)}
}
