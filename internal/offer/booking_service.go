package offer

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/passcode"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
)

// saved is a booking after a step. What others read of its words it gets when it is saved.
type saved struct {
	*Booking
	step matter.Step
}

// saveBookings queues what steps have made of bookings. Whose time is nobody's any more gives its half hours back.
func (s *Service) saveBookings(tx *mysql.Tx, all []saved) error {
	var (
		steps []matter.Saved
		free  []id.Booking
		err   error
	)
	for _, one := range all {
		if one.step.Name == state.EventCallOff {
			var wrong error
			wrote := matter.Writer{ID: one.step.Actor, Staff: true}
			one.Instead, wrong = matter.HoldText(tx, s.sealer, one.field("instead"), wrote, one.Instead)
			err = errors.Join(err, wrong)
		}
		steps = append(steps, matter.Saved{Matter: one.matter(), Step: one.step})
		if !one.HasSlots() {
			free = append(free, one.ID)
		}
		err = errors.Join(err, tx.Add("offer.save_booking", *one.Booking))
	}
	if len(free) > 0 {
		err = errors.Join(err, tx.Add("offer.free_slots", mysql.Args{"bookings": free}))
	}
	_, wrong := matter.SaveAll(tx, s.sealer, steps)
	return errors.Join(err, wrong)
}

// deed is what becomes of a booking, and by whom; 0: the system.
type deed struct {
	actor id.User
	rule  func(tx *mysql.Tx, b *Booking, by Actor) (matter.Step, error)
}

// step locks a booking, applies the rule, and writes the step that it gives.
func (s *Service) step(ctx context.Context, booking id.Booking, d deed,
	onCommit mysql.OnCommit[Booking]) (Booking, error) {
	var b Booking
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		by := Actor{ID: d.actor}
		b = Booking{}
		if err := tx.Read(ctx, mysql.One(&b, "offer.lock_booking", mysql.Args{"booking": booking}),
			grant.CoveringMatter(&by.Grants, d.actor, state.Booking.Noun, booking)); err != nil {
			return mysql.NotFound(err)
		}
		from := b.Status
		b.Version++
		step, err := d.rule(tx, &b, by)
		if err != nil {
			return err
		}
		step.Actor, step.From = d.actor, string(from)
		err = s.saveBookings(tx, []saved{{&b, step}})
		return errors.Join(err, onCommit.Do(tx, b, err))
	})
	return b, err
}

// Answer is what a host says to who wants to come.
type Answer struct {
	Yes    bool
	Reason string // of a no
}

// Decide says yes or no to a booking. Errors: fault.ReasonInvalidInput, and those of Booking.Decide.
func (s *Service) Decide(ctx context.Context, actor id.User, booking id.Booking, a Answer,
	onCommit mysql.OnCommit[Booking]) (Booking, error) {
	if err := fault.CheckText(&a.Reason, "reason", "原因", letters.Reason); err != nil {
		return Booking{}, err
	}
	return s.step(ctx, booking, deed{actor, func(tx *mysql.Tx, b *Booking, by Actor) (matter.Step, error) {
		g, event, err := b.Decide(by, a, tx.Now())
		return matter.Step{Grant: &g.ID, Name: event, Reason: a.Reason}, err
	}}, onCommit)
}

// Cancel takes a booking back. Errors: those of Booking.Cancel.
func (s *Service) Cancel(ctx context.Context, actor id.User, booking id.Booking,
	onCommit mysql.OnCommit[Booking]) (Booking, error) {
	return s.step(ctx, booking, deed{actor, func(tx *mysql.Tx, b *Booking, by Actor) (matter.Step, error) {
		g, err := b.Cancel(by, tx.Now())
		return matter.Step{Grant: g, Name: state.EventCancel}, err
	}}, onCommit)
}

// CallOff says that the host is not open then after all. Errors: fault.ReasonInvalidInput, those of Booking.CallOff.
func (s *Service) CallOff(ctx context.Context, actor id.User, booking id.Booking, why Apology,
	onCommit mysql.OnCommit[Booking]) (Booking, error) {
	if err := why.trim(); err != nil {
		return Booking{}, err
	}
	return s.step(ctx, booking, deed{actor, func(tx *mysql.Tx, b *Booking, by Actor) (matter.Step, error) {
		g, err := b.CallOff(by, why, tx.Now())
		return matter.Step{Grant: &g.ID, Name: state.EventCallOff, Reason: why.Reason}, err
	}}, onCommit)
}

// Arrive notes that somebody came, who said the name. Errors: those of Booking.Arrive.
func (s *Service) Arrive(ctx context.Context, actor id.User, booking id.Booking,
	onCommit mysql.OnCommit[Booking]) (Booking, error) {
	return s.step(ctx, booking, deed{actor, func(tx *mysql.Tx, b *Booking, by Actor) (matter.Step, error) {
		g, event, err := b.Arrive(by, tx.Now())
		return matter.Step{Grant: &g.ID, Name: event}, err
	}}, onCommit)
}

// codes are the digits of a booking, one a key.
func (s *Service) codes(booking id.Booking) []string {
	return passcode.Digits(s.sealer, seal.PurposeBooking, booking.String())
}

// ArriveByCode notes that somebody came to an offer today, who showed the code. Errors: fault.ReasonInvalidInput,
// fault.ReasonNotFound, those of Booking.Arrive, fault.ReasonCodeWrong for a code that no booking of today has.
func (s *Service) ArriveByCode(ctx context.Context, actor id.User, offer id.Offer, code string,
	onCommit mysql.OnCommit[Booking]) (Booking, error) {
	code = passcode.Clean(code)
	if !passcode.IsWhole(code) {
		return Booking{}, fault.BadField("code", "预约码是八位数字，请看着对方的手机再输一次。")
	}
	var (
		o     Offer
		by    = Actor{ID: actor}
		today = clock.DayOf(s.db.Now())
		all   []struct {
			ID     id.Booking          `db:"id"`
			Status state.BookingStatus `db:"status"`
		}
	)
	args := mysql.Args{"offer": offer, "from": today.From.UTC(), "until": today.Until.UTC()}
	err := s.db.Read(ctx, mysql.One(&o, "offer.get", args), mysql.Many(&all, "offer.at_door", args),
		grant.CoveringMatter(&by.Grants, actor, state.Offer.Noun, offer))
	if err != nil {
		return Booking{}, mysql.NotFound(err)
	}
	if _, err := o.byHost(by, s.db.Now()); err != nil {
		return Booking{}, err
	}
	for _, one := range all {
		if passcode.Has(s.codes(one.ID), code) {
			return s.Arrive(ctx, actor, one.ID, onCommit)
		}
	}
	return Booking{}, fault.New(fault.ReasonCodeWrong).Saying("今天的预约里没有这个码。请再看一遍，或者问名字。")
}

// BookingView is a booking as one person may see it.
type BookingView struct {
	Booking
	Code    string // only for who booked, while they are still to come; empty otherwise
	Series  []Booking
	History []matter.Entry
	Insider bool // who answers for the host
	May     BookingMay
}

// BookingMay is what the person may do with it now.
type BookingMay struct{ Decide, Cancel, CallOff, Arrive, Receipt bool }

// GetBooking reads a booking for a person. Error: fault.ReasonNotFound.
func (s *Service) GetBooking(ctx context.Context, actor id.User, booking id.Booking) (BookingView, error) {
	v, by, args := BookingView{}, Actor{ID: actor}, mysql.Args{"booking": booking}
	err := s.db.Read(ctx, mysql.One(&v.Booking, "offer.get_booking", args),
		grant.CoveringMatter(&by.Grants, actor, state.Booking.Noun, booking),
		matter.History(&v.History, state.Booking.Noun, int64(booking)))
	if err != nil {
		return v, mysql.NotFound(err)
	}
	now := s.db.Now()
	if !v.sees(by, now) {
		return BookingView{}, fault.New(fault.ReasonNotFound)
	}
	err = s.db.Select(ctx, &v.Series, "offer.series", mysql.Args{"series": v.SeriesID, "booking": booking})
	if err != nil {
		return v, err
	}
	v.Insider = by.ID != v.OwnerID
	if !v.Insider && v.Status == state.BookingConfirmed {
		v.Code = s.codes(booking)[0]
	}
	try := fault.Trial(v.Booking)
	v.May.Decide = try(func(b *Booking) error { _, _, err := b.Decide(by, Answer{Yes: true}, now); return err })
	v.May.Cancel = try(func(b *Booking) error { _, err := b.Cancel(by, now); return err })
	v.May.CallOff = try(func(b *Booking) error { _, err := b.CallOff(by, Apology{"-", "-"}, now); return err })
	_, hosts := by.host(now)
	v.May.Receipt = v.hasReceipt(!v.Insider, hosts)
	v.May.Arrive = try(func(b *Booking) error { _, _, err := b.Arrive(by, now); return err })
	return v, nil
}

// BookingScope is which bookings a list is of.
type BookingScope string

// The scopes of bookings.
const (
	BookingsMine   BookingScope = "mine"
	BookingsHosted BookingScope = "hosted" // of offers that the actor answers for
)

// BookingScopes lists every scope of bookings.
func BookingScopes() []BookingScope { return []BookingScope{BookingsMine, BookingsHosted} }

// BookingFilter chooses bookings.
type BookingFilter struct {
	Scope  BookingScope
	Offer  id.Offer   // 0: all
	Day    *time.Time // of hosted ones; nil: all
	Cursor id.Booking // the last of the page before; 0: the first page
	Limit  int
}

// ListBookings lists bookings, the latest written first.
func (s *Service) ListBookings(ctx context.Context, actor id.User, f BookingFilter) ([]Booking, error) {
	query, days := "offer.page_mine", clock.Period{From: clock.Earliest, Until: clock.Latest}
	if f.Scope == BookingsHosted {
		query = "offer.page_bookings"
	}
	if f.Day != nil {
		days = clock.DayOf(clock.Date(*f.Day))
	}
	var all []Booking
	err := s.db.Select(ctx, &all, query, mysql.Args{
		"user": actor, "offer": f.Offer, "from": days.From.UTC(), "until": days.Until.UTC(), "at": s.db.Now(),
		"before": id.OrLatest(f.Cursor), "limit": f.Limit, "hosting": Hosting(),
	})
	return all, err
}

// idleFor is how long nobody comes to a desk before its street is told.
const idleFor = 14 * 24 * time.Hour

// Sweep ends what nobody has answered, notes who did not come, and tells of desks to which nobody comes.
func (s *Service) Sweep(ctx context.Context) error {
	return errors.Join(s.expire(ctx), s.miss(ctx), s.tellOfIdleDesks(ctx), s.forgetGuests(ctx))
}

// guest is how who called is named once the name is of no use.
const guest = "打电话约的人"

// forgetGuests forgets who called, a month after they came: the names, and what was hidden in what they said.
func (s *Service) forgetGuests(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var all []id.Booking
		args := mysql.Args{"guest": guest, "since": tx.Now().Add(-byPhoneFor), "limit": sweep.Size}
		if err := tx.Select(ctx, &all, "offer.lock_guests", args); err != nil || len(all) == 0 {
			return err
		}
		return errors.Join(tx.Add("offer.forget_guests", mysql.Args{"guest": guest, "bookings": all}),
			matter.ForgetOriginals(tx, state.Booking.Noun, all), matter.ForgetTexts(tx, state.Booking.Noun, all))
	})
}

func (s *Service) expire(ctx context.Context) error {
	var all []id.Booking
	args := mysql.Args{"at": s.db.Now(), "limit": sweep.Size}
	if err := s.db.Select(ctx, &all, "offer.unanswered", args); err != nil {
		return err
	}
	return sweep.Each(ctx, "bookings without an answer", all, func(ctx context.Context, one id.Booking) error {
		_, err := s.step(ctx, one, deed{0, func(tx *mysql.Tx, b *Booking, _ Actor) (matter.Step, error) {
			return matter.Step{Name: state.EventExpire}, b.Expire(tx.Now())
		}}, nil)
		return err
	})
}

func (s *Service) miss(ctx context.Context) error {
	var all []id.Booking
	args := mysql.Args{"since": clock.Day(s.db.Now()).UTC(), "limit": sweep.Size}
	if err := s.db.Select(ctx, &all, "offer.to_miss", args); err != nil {
		return err
	}
	return sweep.Each(ctx, "bookings that are over", all, func(ctx context.Context, one id.Booking) error {
		_, err := s.step(ctx, one, deed{0, func(tx *mysql.Tx, b *Booking, _ Actor) (matter.Step, error) {
			return matter.Step{Name: state.EventMiss}, b.Miss(tx.Now())
		}}, nil)
		return err
	})
}

func (s *Service) tellOfIdleDesks(ctx context.Context) error {
	var all []id.Offer
	args := mysql.Args{"since": s.db.Now().Add(-idleFor), "limit": sweep.Size}
	if err := s.db.Select(ctx, &all, "offer.idle_desks", args); err != nil {
		return err
	}
	return sweep.Each(ctx, "desks to which nobody comes", all, func(ctx context.Context, one id.Offer) error {
		_, err := s.change(ctx, 0, one, nil, func(tx *mysql.Tx, o *Offer, _ Actor) (matter.Step, error) {
			now := tx.Now()
			if o.IdleAt != nil && now.Sub(*o.IdleAt) < idleFor {
				return matter.Step{}, fault.New(fault.ReasonOfferState)
			}
			o.IdleAt = &now
			return matter.Step{Name: state.EventRemind}, o.move(state.EventRemind)
		})
		return err
	})
}
