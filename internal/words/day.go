package words

import (
	"fmt"
	"time"
)

// Day is a date as papers write it.
func Day(year int, month time.Month, day int) string {
	return fmt.Sprintf("%d 年 %d 月 %d 日", year, month, day)
}

// Moment is a time of a day as papers write it. The day is that of the time's location.
func Moment(t time.Time) string {
	return Day(t.Date()) + " " + plain(t)
}

// Span is when something is, as people say it: 3 月 12 日 9:00 到 11:00. Its end names its day where that is another;
// midnight still belongs to the day before.
func Span(from, to time.Time) string {
	var until string
	switch y, m, d := from.Date(); {
	case to.Equal(time.Date(y, m, d+1, 0, 0, 0, 0, from.Location())):
		until = "24:00"
	case to.YearDay() != from.YearDay():
		until = MonthDay(to) + " " + plain(to)
	default:
		until = plain(to)
	}
	return MonthDay(from) + " " + plain(from) + " 到 " + until
}

// MonthDay is a day of this year, as people say it: 3 月 12 日.
func MonthDay(t time.Time) string { return fmt.Sprintf("%d 月 %d 日", t.Month(), t.Day()) }

func plain(t time.Time) string { return fmt.Sprintf("%d:%02d", t.Hour(), t.Minute()) }
