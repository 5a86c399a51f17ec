package offer

import (
	"context"
	"fmt"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/paper"
	"xinyuan/internal/state"
)

// Month is what was booked of an offer in a month (月表), for its host: names and all.
type Month struct {
	Offer
	From     time.Time // the month begins then
	At       time.Time // when it was read
	Bookings []Booking // the earliest first; what was declined or taken back is not among them
	IsCut    bool      // there were more than a table has
}

// maxMonth is how many bookings a table has.
const maxMonth = 10_000

// OpenMonth reads the bookings of a month, 2026-11 for example. Errors: fault.ReasonInvalidInput, and those of byHost.
func (s *Service) OpenMonth(ctx context.Context, actor id.User, offer id.Offer, month string) (Month, error) {
	first, err := time.ParseInLocation("2006-01", month, clock.Shanghai)
	m := Month{From: first, At: s.db.Now()}
	if err != nil || first.Before(m.At.AddDate(-2, 0, 0)) || first.After(lastDay(m.At)) {
		return m, fault.BadField("month", "月份请写成“2026-03”，从两年前到下个月。")
	}
	by := Actor{ID: actor}
	if err := s.db.Read(ctx, mysql.One(&m.Offer, "offer.get", mysql.Args{"offer": offer}),
		grant.CoveringMatter(&by.Grants, actor, state.Offer.Noun, offer)); err != nil {
		return m, mysql.NotFound(err)
	}
	if _, err := m.byHost(by, m.At); err != nil {
		return m, err
	}
	err = s.db.Select(ctx, &m.Bookings, "offer.month", mysql.Args{
		"offer": offer, "from": first.UTC(), "until": first.AddDate(0, 1, 0).UTC(), "limit": maxMonth + 1,
	})
	if m.IsCut = len(m.Bookings) > maxMonth; m.IsCut {
		m.Bookings = m.Bookings[:maxMonth]
	}
	return m, err
}

// bookingNames are where a booking stands, in the words of papers.
var bookingNames = map[state.BookingStatus]string{
	state.BookingRequested: "等回话", state.BookingConfirmed: "约好了", state.BookingUsed: "用过了",
	state.BookingMissed:   "没来",
	state.BookingDeclined: "没约上", state.BookingCancelled: "已取消", state.BookingCalledOff: "临时没开",
}

// who is the name at the door, with the team or the unit for which they come.
func (b Booking) who() string {
	name := b.OwnerName
	if b.OwnerID == 0 {
		name = b.Guest
	}
	if of := b.TeamName + b.UnitName; of != "" {
		return of + "　" + name
	}
	return name
}

func (m Month) month() string { return m.From.Format("2006 年 1 月") }

func (m Month) title() string { return m.month() + "预约表" }

// about says in a sentence how often it was used.
func (m Month) about() string {
	used, people, missed := 0, 0, 0
	for _, b := range m.Bookings {
		switch b.Status {
		case state.BookingUsed:
			used, people = used+1, people+b.People
		case state.BookingMissed:
			missed++
		case state.BookingRequested, state.BookingConfirmed, state.BookingDeclined, state.BookingCancelled,
			state.BookingCalledOff:
		}
	}
	return fmt.Sprintf("约了 %d 次，用过 %d 次、大约 %d 人次，没来 %d 次", len(m.Bookings), used, people, missed)
}

func (m Month) notes() []string {
	notes := []string{"只给管这个地方的人用。打电话约的，称呼一个月后就删掉了。"}
	if m.IsCut {
		notes = append(notes, fmt.Sprintf("这个月的预约太多，只列了前 %d 次。", maxMonth))
	}
	return notes
}

func (m Month) rows() [][]string {
	rows := make([][]string, len(m.Bookings))
	for i, b := range m.Bookings {
		at := b.StartsAt.In(clock.Shanghai)
		rows[i] = []string{
			fmt.Sprintf("%d 日 %s", at.Day(), weekdayNames[weekday(at)-1]), b.span().words(), b.who(),
			fmt.Sprint(b.People), b.Purpose, bookingNames[b.Status],
		}
	}
	return rows
}

// PDF is the month to print. Error: that of a font.
func (m Month) PDF() ([]byte, error) {
	return paper.Grid{
		Info:  paper.Info{Title: m.Name + " " + m.title(), Author: m.HostName, At: m.At},
		Title: "预约表", About: m.Name + "　" + m.month() + "　" + m.about(), Number: paper.Day(m.At) + "打印",
		Columns: []paper.Column{
			{Name: "日期", Share: 1}, {Name: "几点到几点", Share: 1.1}, {Name: "谁来", Share: 2}, {Name: "人数", Share: 0.5},
			{Name: "用来做什么", Share: 3}, {Name: "怎么样", Share: 0.8},
		},
		Rows: m.rows(), Empty: "这个月没有人约。", Notes: m.notes(),
	}.PDF()
}

// Sheet is the month as a spreadsheet.
func (m Month) Sheet() ([]byte, error) {
	t := paper.Table{
		Name: "预约表",
		Above: append([]string{
			m.Name + "　" + m.title(), m.HostName + "　" + m.about() + "。" + paper.Day(m.At) + "制表",
		}, m.notes()...),
		Head: []any{"日期", "几点到几点", "谁来", "人数", "用来做什么", "怎么样"},
	}
	for i, row := range m.rows() {
		t.Rows = append(t.Rows, []any{row[0], row[1], row[2], m.Bookings[i].People, row[4], row[5]})
	}
	return paper.Sheet(t)
}
