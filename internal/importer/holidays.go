package importer

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"
	"unicode/utf8"

	"xinyuan/internal/clock"
	"xinyuan/internal/mysql"
	"xinyuan/internal/term"
)

// The columns of a table of holidays.
const (
	holidayDay = iota
	holidayKind
	holidayName
)

var holidayColumns = []column{
	holidayDay:  {names: []string{"日期", "日子", "date"}},
	holidayKind: {names: []string{"安排", "类型", "kind"}},
	holidayName: {names: []string{"节日", "名称", "name"}},
}

// announced is a day of the calendar with the holiday that it belongs to.
type announced struct {
	term.Day
	Name string `db:"name"`
}

// mostDaysOff is how many days off a year has at most: a table with more has another column for the kind.
const mostDaysOff = 60

// Holidays takes the days on which offices do not work, and the weekends on which they do, as the State Council
// announces them a year before. Days to come only: by those gone things were owed already. Those that are there and not
// in the file stay. Errors: as Units.
func Holidays(ctx context.Context, db *mysql.DB, file io.Reader, o Options) (Report, error) {
	var r Report
	t, err := readTable(file, holidayColumns)
	if err != nil {
		return r, err
	}
	err = db.Tx(ctx, func(tx *mysql.Tx) error {
		r = Report{NotStored: t.notStored, Notes: slices.Clone(t.notes)}
		var there []announced
		if err := tx.Select(ctx, &there, "importer.calendar_days", nil); err != nil {
			return err
		}
		known := map[string]announced{}
		for _, d := range there {
			known[d.Date.Format(time.DateOnly)] = d
		}
		k := knownHolidays{known: known, lines: map[string]string{}, off: map[int]int{}, now: tx.Now()}
		for _, row := range t.rows {
			if problem := k.judge(&r, row); problem != "" {
				r.bad(row, problem)
			}
		}
		if err := r.checkRows(); err != nil {
			return err
		}
		if err := checkRunning(ctx, tx, k.turned); err != nil || !o.Commit {
			return err
		}
		return write(ctx, tx, o, k.changed, func(tx *mysql.Tx, d announced) error {
			return tx.Add("importer.save_calendar_day", d)
		})
	})
	return r, err
}

// knownHolidays are the days that the database has or that the file adds.
type knownHolidays struct {
	known   map[string]announced
	lines   map[string]string // where the file has a day
	off     map[int]int       // days off that the file has of a year
	now     time.Time
	changed []announced
	turned  []announced // those of them that were the opposite
}

// judge counts what becomes of a row, or says why it cannot be taken.
func (k *knownHolidays) judge(r *Report, row line) string {
	d, problem := newHoliday(row)
	if problem != "" {
		return problem
	}
	day := d.Date.Format(time.DateOnly)
	if first := k.lines[day]; first != "" {
		return "与" + first + "重复"
	}
	k.lines[day] = row.at()
	if d.Kind == term.DayHoliday {
		k.off[d.Date.Year()]++
	}
	was, there := k.known[day]
	switch {
	case there && was.Kind == d.Kind && was.Name == d.Name:
		r.Unchanged++
		return ""
	case !clock.Date(d.Date).After(k.now):
		return "这一天已经过了，按它算过期限，不能再改"
	case k.off[d.Date.Year()] > mostDaysOff:
		return fmt.Sprintf("%d 年的放假日超过 %d 天，请看看“安排”这一列", d.Date.Year(), mostDaysOff)
	case there:
		r.Changed++
	default:
		r.New++
	}
	if there && was.Kind != d.Kind {
		k.turned = append(k.turned, d)
	}
	d.Since = k.now.Add(time.Minute) // what is being written now has read the calendar already
	k.changed = append(k.changed, d)
	return ""
}

// checkRunning refuses that a day becomes the opposite over which something runs already: until when it is owed was
// said to people. A day that is new changes nothing that has begun.
func checkRunning(ctx context.Context, tx *mysql.Tx, turned []announced) error {
	for _, d := range turned {
		var running int
		err := tx.Get(ctx, &running, "importer.running_past", mysql.Args{"day": clock.Date(d.Date).UTC()})
		if err != nil {
			return err
		}
		if running > 0 {
			return fmt.Errorf("%s 原来是另一种安排，有 %d 件事的期限按它算过；已经告诉居民的日子不能再变",
				d.Date.Format(time.DateOnly), running)
		}
	}
	return nil
}

// dayKinds are how announcements say it.
var dayKinds = map[string]term.DayKind{
	"放假": term.DayHoliday, "休": term.DayHoliday, "holiday": term.DayHoliday,
	"上班": term.DayWorking, "班": term.DayWorking, "working": term.DayWorking,
}

// newHoliday is what a row says, and what is wrong with its cells.
func newHoliday(row line) (d announced, problem string) {
	if row.problem != "" {
		return d, row.problem
	}
	day, err := time.Parse(time.DateOnly, row.cells[holidayDay])
	d.Date, d.Kind, d.Name = day, dayKinds[row.cells[holidayKind]], row.cells[holidayName]
	weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
	switch n := utf8.RuneCountInString(d.Name); {
	case err != nil || day.Before(clock.Earliest) || !day.Before(clock.Latest):
		return d, fmt.Sprintf("日期“%s”应写成 2027-01-01 这样", shown(row.cells[holidayDay]))
	case d.Kind == "":
		return d, fmt.Sprintf("安排应写“放假”或者“上班”，不是“%s”", shown(row.cells[holidayKind]))
	case d.Kind == term.DayWorking && !weekend:
		return d, fmt.Sprintf("%s 不是周末，本来就上班", day.Format(time.DateOnly))
	case n == 0 || n > 20:
		return d, "节日应有 1 到 20 个字"
	}
	return d, ""
}
