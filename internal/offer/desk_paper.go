package offer

import (
	"fmt"
	"strings"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/paper"
	"xinyuan/internal/words"
)

var weekdayNames = []string{"周一", "周二", "周三", "周四", "周五", "周六", "周日"}

const (
	desksDerived = "值守表由系统从开放时间、临时变动和预约里取，没有人填写。“约”是这一班有几个人约。"
	idleWords    = "最近 14 天没有人来"
)

// hourWords is a time of a day as tables write it.
func hourWords(at time.Time) string { return at.In(clock.Shanghai).Format("15:04") }

// words are when it is on its day, as tables write it.
func (s Span) words() string {
	until := hourWords(s.Until)
	if until == "00:00" {
		until = "24:00"
	}
	return hourWords(s.From) + "–" + until
}

func (w DeskWeek) title() string {
	return fmt.Sprintf("%s 到 %s", paper.Day(w.From), paper.Day(w.From.AddDate(0, 0, weekDays-1)))
}

// shiftsOn are the shifts of a day of the week, the first being 0.
func (d DeskDuty) shiftsOn(w DeskWeek, n int) (all []Shift) {
	day := w.From.AddDate(0, 0, n)
	for _, s := range d.Shifts {
		if clock.Day(s.From).Equal(day) {
			all = append(all, s)
		}
	}
	return all
}

// PDF is the table to print and to hang up, a row a desk and a column a day. Error: that of a font.
func (w DeskWeek) PDF() ([]byte, error) {
	g := paper.Grid{
		Info:  paper.Info{Title: "错时延时值守表 " + w.Place.Name, Author: w.Place.Name, At: w.At},
		Title: "错时延时值守表", About: w.Place.Name + "　" + w.title(), Number: paper.Day(w.At) + "打印",
		Columns: []paper.Column{{Name: "窗口", Share: 2.1}, {Name: "能办什么", Share: 2.2}},
		Empty:   "这里还没有错时窗口。", Notes: []string{desksDerived},
	}
	for n := range weekDays {
		day := w.From.AddDate(0, 0, n).In(clock.Shanghai)
		name := weekdayNames[n] + "\n" + words.MonthDay(day)
		g.Columns = append(g.Columns, paper.Column{Name: name, Share: 1.1})
	}
	for _, d := range w.Desks {
		name := d.Name + "\n" + d.HostName + "\n" + d.Place
		if d.IsIdle {
			name += "\n" + idleWords
		}
		row := []string{name, strings.Join(d.Matters, "、")}
		for n := range weekDays {
			var cell []string
			for _, s := range d.shiftsOn(w, n) {
				cell = append(cell, s.words())
				if s.Booked > 0 {
					cell = append(cell, fmt.Sprintf("约 %d", s.Booked))
				}
			}
			row = append(row, strings.Join(cell, "\n"))
		}
		g.Rows = append(g.Rows, row)
	}
	return g.PDF()
}

// Sheet is the table as a spreadsheet, a row a shift.
func (w DeskWeek) Sheet() ([]byte, error) {
	t := paper.Table{
		Name:  "错时延时值守表",
		Above: []string{w.Place.Name + "　错时延时值守表", w.title() + "，" + paper.Day(w.At) + "制表", desksDerived},
		Head:  []any{"日期", "星期", "几点到几点", "窗口", "谁值守", "在哪里", "社区", "能办什么", "约了几个", "来了几个", "注"},
	}
	booked, used := 0, 0
	for n := range weekDays {
		for _, d := range w.Desks {
			note := ""
			if d.IsIdle {
				note = idleWords
			}
			for _, s := range d.shiftsOn(w, n) {
				booked, used = booked+s.Booked, used+s.Used
				t.Rows = append(t.Rows, []any{
					paper.Day(s.From), weekdayNames[n], s.words(), d.Name, d.HostName, d.Place, d.NodeName,
					strings.Join(d.Matters, "、"), s.Booked, s.Used, note,
				})
			}
		}
	}
	t.Foot = []any{"合计", "", "", "", "", "", "", "", booked, used, ""}
	return paper.Sheet(t)
}
