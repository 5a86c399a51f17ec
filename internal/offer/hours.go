package offer

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
	"xinyuan/internal/term"
)

// Week is when an offer is open in each week from now on, and what becomes of what is booked at other times.
type Week struct {
	Hours      []Hours
	OnHolidays bool
	CallOff    bool    // what is booked at other times is called off; otherwise it stands, and is an exception
	Why        Apology // of what is called off
}

// hoursRows are the rows of an offer's hours.
func hoursRows(offer id.Offer, all []Hours) []mysql.Args {
	rows := make([]mysql.Args, len(all))
	for i, h := range all {
		rows[i] = mysql.Args{"offer": offer, "weekday": h.Weekday, "from": h.From, "until": h.Until}
	}
	return rows
}

// SetHours says when an offer is open in each week from now on. What is booked at other times stands, as an exception
// on its day, or is called off. Errors: fault.ReasonInvalidInput, those of Offer.SetHours, and of Apology.check where
// something is called off.
func (s *Service) SetHours(ctx context.Context, actor id.User, offer id.Offer, w Week,
	onCommit mysql.OnCommit[Offer]) (Offer, error) {
	wrong := errors.Join(w.Why.trim(), checkHours("hours", w.Hours))
	if len(w.Hours) == 0 {
		wrong = fault.BadField("hours", "请写上哪几天、几点到几点开放。")
	}
	if wrong != nil {
		return Offer{}, wrong
	}
	return s.change(ctx, actor, offer, onCommit, func(tx *mysql.Tx, o *Offer, by Actor) (matter.Step, error) {
		g, err := o.SetHours(by, w.OnHolidays, tx.Now())
		if err != nil {
			return matter.Step{}, err
		}
		var (
			opening Opening
			book    term.Book
			ahead   []Booking
		)
		if err := tx.Read(ctx, append(wantOpening(&opening, &book, offer, tx.Now()),
			mysql.Many(&ahead, "offer.lock_ahead", mysql.Args{"offer": offer, "at": tx.Now()}))...); err != nil {
			return matter.Step{}, err
		}
		opening.Hours, opening.OnHolidays = w.Hours, w.OnHolidays
		step := matter.Step{Grant: &g.ID, Name: state.EventReplace}
		err = errors.Join(tx.Add("offer.drop_hours", mysql.Args{"offer": offer}),
			tx.Add("offer.add_hours", hoursRows(offer, w.Hours)))
		isOutside := func(b *Booking) bool { return !opening.Has(b.span()) }
		if w.CallOff {
			step.Reason = w.Why.Reason
			return step, errors.Join(err, s.callOffAll(ctx, tx, offer, calledOff{actor, g.ID, w.Why, isOutside}))
		}
		for i := range ahead {
			if isOutside(&ahead[i]) {
				err = errors.Join(err, tx.Add("offer.put_day", ahead[i].exception()))
			}
		}
		return step, err
	})
}

// exception is the day and time of a booking at which its offer is open for it.
func (b *Booking) exception() Day {
	day := clock.Day(b.StartsAt)
	y, m, d := day.In(clock.Shanghai).Date()
	return Day{
		OfferID: b.OfferID, Date: time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Kind: DayExtra,
		From: int(b.StartsAt.Sub(day) / time.Minute), Until: int(b.EndsAt.Sub(day) / time.Minute),
	}
}
