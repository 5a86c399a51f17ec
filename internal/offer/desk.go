package offer

import (
	"context"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/term"
)

// DeskWeek is when the desks of a place are on duty in a week (错时延时值守表): read from their hours, the days that differ
// and what is booked. Nobody fills it in.
type DeskWeek struct {
	Place org.Node
	From  time.Time // its Monday begins then in Shanghai
	At    time.Time // when it was read
	Desks []DeskDuty
}

// DeskDuty is a desk with its week.
type DeskDuty struct {
	Offer
	IsIdle  bool     `db:"is_idle"` // the street was told that nobody comes, and nobody has since
	Matters []string `db:"-"`       // that it can do
	Shifts  []Shift  `db:"-"`
}

// Shift is a time without a break on a day at which a desk is on duty.
type Shift struct {
	Span
	Booked int // bookings that begin in it, of those that were not taken back
	Used   int // of them, whose people came
}

// maxDesks is how many desks a table has: no county has as many.
const maxDesks = 500

// weekDays is how many days a week has.
const weekDays = 7

// GetDesks reads the week in which the day is of the open desks at and below a node. The caller has checked that the
// reader sees all of it. Errors: fault.ReasonNotFound, fault.ReasonInvalidInput for a day that is years away.
func (s *Service) GetDesks(ctx context.Context, node id.Node, day time.Time) (DeskWeek, error) {
	now := s.db.Now()
	w := DeskWeek{At: now, From: clock.Day(day).AddDate(0, 0, 1-weekday(day))}
	if w.From.Before(now.AddDate(-1, 0, -weekDays)) || w.From.After(now.AddDate(0, 2, 0)) {
		return w, fault.BadField("day", "请选一年以来、两个月以内的一周。")
	}
	var there bool
	err := s.db.Read(ctx, org.WantNode(ctx, &w.Place, &there, node), mysql.Many(&w.Desks, "offer.desks", mysql.Args{
		"node": node, "idle": int(idleFor / (24 * time.Hour)), "limit": maxDesks,
	}))
	switch {
	case err != nil:
		return w, err
	case !there:
		return w, fault.New(fault.ReasonNotFound)
	case len(w.Desks) == 0:
		return w, nil
	}
	return w, s.readDuties(ctx, &w)
}

// readDuties reads what the desks can do, and their shifts.
func (s *Service) readDuties(ctx context.Context, w *DeskWeek) error {
	var (
		book  term.Book
		lines []struct {
			Offer id.Offer `db:"offer_id"`
			Text  string   `db:"text"`
		}
		hours []struct {
			Offer id.Offer `db:"offer_id"`
			Hours
		}
		days   []Day
		booked []deskBooking
		until  = w.From.AddDate(0, 0, weekDays)
		ids    = make([]id.Offer, len(w.Desks))
		args   = mysql.Args{
			"offers": ids, "first": today(w.From), "last": today(until.Add(-1)), "from": w.From.UTC(), "until": until.UTC(),
		}
	)
	for i, d := range w.Desks {
		ids[i] = d.ID
	}
	err := s.db.Read(ctx, append(book.Wants(), mysql.Many(&lines, "offer.desk_matters", args),
		mysql.Many(&hours, "offer.desk_hours", args), mysql.Many(&days, "offer.desk_days", args),
		mysql.Many(&booked, "offer.desk_bookings", args))...)
	if err != nil {
		return err
	}
	at := make(map[id.Offer]*DeskDuty, len(w.Desks))
	openings := make(map[id.Offer]*Opening, len(w.Desks))
	for i := range w.Desks {
		d := &w.Desks[i]
		at[d.ID] = d
		openings[d.ID] = &Opening{
			OnHolidays: d.OnHolidays, IsHoliday: func(day time.Time) bool { return book.IsHoliday(day, w.At) },
		}
	}
	for _, l := range lines {
		at[l.Offer].Matters = append(at[l.Offer].Matters, l.Text)
	}
	for _, h := range hours {
		openings[h.Offer].Hours = append(openings[h.Offer].Hours, h.Hours)
	}
	for _, d := range days {
		openings[d.OfferID].Days = append(openings[d.OfferID].Days, d)
	}
	for day := w.From; day.Before(until); day = day.AddDate(0, 0, 1) {
		for of, opening := range openings {
			at[of].Shifts = append(at[of].Shifts, opening.shiftsOf(day)...)
		}
	}
	for _, b := range booked {
		at[b.Offer].count(b)
	}
	return nil
}

// deskBooking is a booking of a desk as its table counts it.
type deskBooking struct {
	Offer    id.Offer  `db:"offer_id"`
	StartsAt time.Time `db:"starts_at"`
	IsUsed   bool      `db:"is_used"`
}

// count counts a booking in the shift in which it begins.
func (d *DeskDuty) count(b deskBooking) {
	for i := range d.Shifts {
		s := &d.Shifts[i]
		if !b.StartsAt.Before(s.From) && b.StartsAt.Before(s.Until) {
			s.Booked++
			if b.IsUsed {
				s.Used++
			}
		}
	}
}

// shiftsOf are the times without a break at which it is open on the business day.
func (o Opening) shiftsOf(day time.Time) (all []Shift) {
	for _, at := range o.SlotsOf(day) {
		if n := len(all); n > 0 && all[n-1].Until.Equal(at) {
			all[n-1].Until = at.Add(Slot)
		} else {
			all = append(all, Shift{Span: Span{at, at.Add(Slot)}})
		}
	}
	return all
}
