package offer

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
	"xinyuan/internal/term"
	"xinyuan/internal/words"
)

// Wish is what somebody wants to book.
type Wish struct {
	Audience Audience
	Team     id.Team
	Unit     id.Node
	Guest    string // the name of who called; only the host writes it
	People   int
	Purpose  string
	From     time.Time
	Until    time.Time
	Weeks    int // how many weeks in a row; 1: only once
}

// spans are the times of a series, a week apart.
func (w Wish) spans() []Span {
	all := make([]Span, w.Weeks)
	for i := range all {
		all[i] = Span{w.From.AddDate(0, 0, 7*i), w.Until.AddDate(0, 0, 7*i)} // China has no summer time
	}
	return all
}

// checkSpans refuses times that are nobody's to book, whatever is open. Error: fault.ReasonInvalidInput.
func (w Wish) checkSpans(most int, now time.Time) error {
	for _, span := range w.spans() {
		if err := span.check(most, now); err != nil {
			return err
		}
	}
	return nil
}

// slotsOf are all half hours of a series.
func slotsOf(spans []Span) (all []time.Time) {
	for _, s := range spans {
		all = append(all, s.slots()...)
	}
	return all
}

// room is what is read of an offer when somebody books it.
type room struct {
	Offer
	opening Opening
	book    term.Book
	by      Actor
	unit    grant.Grants // the actor's at the unit for which they book
	leads   int
	ahead   int // half hours of it that the actor has and that have not begun
	missed  []time.Time
	taken   []place
	about   About
}

// place is a half hour of a seat.
type place struct {
	Seat int       `db:"seat_no"`
	At   time.Time `db:"starts_at"`
}

// maxTries bounds how often somebody who lost a seat takes another one: each time somebody else got one.
const maxTries = 40

// Book books an offer, once or for some weeks in a row: all of it or nothing. Errors: fault.ReasonInvalidInput,
// fault.ReasonNotFound, fault.ReasonOfferState where nobody books it now, fault.ReasonOfferClosed outside its hours,
// fault.ReasonForbidden for whom it is not, fault.ReasonBookByPhone, fault.ReasonTooManyBookings,
// fault.ReasonSlotTaken, which names the days, also where the actor has another seat for themselves at that time.
func (s *Service) Book(ctx context.Context, actor id.User, offer id.Offer, w Wish,
	onCommit mysql.OnCommit[[]Booking]) ([]Booking, error) {
	if err := errors.Join(fault.CheckText(&w.Purpose, "purpose", "用来做什么", letters.BookingPurpose),
		fault.CheckText(&w.Guest, "guest", "称呼", letters.ContactName)); err != nil {
		return nil, err
	}
	if err := w.checkSpans(MaxSlots, s.db.Now()); err != nil { // before each of them is asked for
		return nil, err
	}
	for try := 1; ; try++ {
		all, err := s.book(ctx, actor, offer, w, onCommit)
		if mysql.IsDuplicate(err, "booking_slots_resident") {
			return nil, fault.Because(fault.ReasonSlotTaken, err).Saying("这个时间您已经约过了，看看“我约的”。")
		}
		if !mysql.IsDuplicate(err, "PRIMARY") {
			return all, err
		}
		if try == maxTries {
			return nil, fault.Because(fault.ReasonUnavailable, err)
		}
	}
}

// book tries it once. Where somebody is faster, the key of the half hours says so, and nothing is written.
func (s *Service) book(ctx context.Context, actor id.User, offer id.Offer, w Wish,
	onCommit mysql.OnCommit[[]Booking]) (all []Booking, err error) {
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		all = nil
		r, err := s.readRoom(ctx, tx, actor, offer, w)
		if err != nil {
			return err
		}
		if err := r.check(w, tx.Now()); err != nil {
			return err
		}
		seat, err := r.seat(w, mysql.NewID[id.Booking](tx))
		if err != nil {
			return err
		}
		if all, err = s.fill(tx, r, w, seat); err != nil {
			return err
		}
		return errors.Join(s.add(tx, r, all), onCommit.Do(tx, all, nil))
	})
	return all, err
}

func (s *Service) readRoom(ctx context.Context, tx *mysql.Tx, actor id.User, offer id.Offer, w Wish) (*room, error) {
	r := &room{by: Actor{ID: actor}}
	args := mysql.Args{
		"offer": offer, "user": actor, "team": w.Team, "unit": w.Unit, "slots": slotsOf(w.spans()), "at": tx.Now(),
	}
	tx.Touch("offer.use", args)
	// The offer is held first: what is read before it may be of before its host closed the day.
	wants := append([]mysql.Want{mysql.One(&r.Offer, "offer.hold", args)},
		wantOpening(&r.opening, &r.book, offer, tx.Now())...)
	wants = append(wants, mysql.One(&r.about, "offer.about", args),
		mysql.Many(&r.taken, "offer.wanted", args), mysql.One(&r.leads, "offer.leads", args),
		mysql.One(&r.ahead, "offer.ahead", args),
		wantMissed(&r.missed, actor, tx.Now()),
		grant.CoveringMatter(&r.by.Grants, actor, state.Offer.Noun, offer),
		grant.Covering(&r.unit, actor, w.Unit))
	if err := tx.Read(ctx, wants...); err != nil {
		return nil, mysql.NotFound(err)
	}
	r.opening.OnHolidays = r.OnHolidays
	return r, nil
}

// check refuses what cannot be booked, by whom.
func (r *room) check(w Wish, now time.Time) error {
	if !r.by.Sees(r.Offer, now) {
		return fault.New(fault.ReasonNotFound)
	}
	if r.Status != state.OfferOpen {
		return fault.New(fault.ReasonOfferState).Saying("这里现在不能约，请看看别的地方。")
	}
	if err := r.checkWho(w, now); err != nil {
		return err
	}
	if w.People > r.People {
		return fault.BadField("people", "来的人太多，坐不下。")
	}
	if err := w.checkSpans(r.Slots, now); err != nil {
		return err
	}
	for _, span := range w.spans() {
		if !r.opening.Has(span) {
			return fault.New(fault.ReasonOfferClosed).Saying("%s这个时间不开放，请换一个时间。", dayWords(span.From))
		}
	}
	return r.checkAhead(w)
}

// heldAhead is how many of the longest bookings one person may have ahead at an offer: those of a whole series.
const heldAhead = letters.BookingWeeks

// checkAhead refuses more half hours than one person may have ahead here. Two wishes at one moment are not seen by each
// other: somebody may have one more. Error: fault.ReasonTooManyBookings.
func (r *room) checkAhead(w Wish) error {
	most := r.Slots * heldAhead
	if w.Guest != "" || r.ahead+len(slotsOf(w.spans())) <= most {
		return nil
	}
	return fault.New(fault.ReasonTooManyBookings).Saying("在这里最多先约着%s，您已经约着%s。用过一些再来约，别人也好用。",
		words.Duration(most*slotMinutes), words.Duration(r.ahead*slotMinutes))
}

// checkWho refuses who may not book as that.
func (r *room) checkWho(w Wish, now time.Time) error {
	_, hosts := r.by.host(now)
	switch {
	case w.Guest != "" && !hosts:
		return fault.New(fault.ReasonForbidden).Saying("替打电话来的人约，由开放它的单位来记。")
	case w.Guest != "" && (w.Team != 0 || w.Unit != 0):
		return fault.BadField("audience", "打电话来的，记个人或者居民小组。")
	case (w.Audience == AudienceTeam) != (w.Team != 0):
		return fault.BadField("teamId", "请选是哪个志愿队。")
	case (w.Audience == AudienceUnit) != (w.Unit != 0):
		return fault.BadField("unitId", "请选是哪个单位。")
	case !r.isFor(w.Audience):
		return fault.New(fault.ReasonForbidden).Saying("这里不是给您这样约的，请看看谁可以来约。")
	case w.Team != 0 && r.leads == 0:
		return fault.New(fault.ReasonForbidden).Saying("志愿队由队长来约。")
	case w.Unit != 0 && !r.answersForUnit(now):
		return fault.New(fault.ReasonForbidden).Saying("单位由联络员来约。")
	}
	if until, so := byPhoneUntil(r.missed, now); so && w.Guest == "" {
		return fault.New(fault.ReasonBookByPhone).Saying("最近有两次约了没有来，%s以前请打电话约。要是来过，请告诉对方改过来。",
			dayWords(until))
	}
	return nil
}

func (r *room) answersForUnit(now time.Time) bool {
	_, ok := Actor{Grants: r.unit}.host(now)
	return ok
}

// dayWords is a day as people say it.
func dayWords(at time.Time) string { return words.MonthDay(at.In(clock.Shanghai)) }

// seat is a seat that nobody has in any of the half hours. Who want one at the same time begin at different seats.
// Error: fault.ReasonSlotTaken, which names the days on which none is free.
func (r *room) seat(w Wish, booking id.Booking) (int, error) {
	var free []int
	for seat := range r.Seats {
		if !slices.ContainsFunc(r.taken, func(p place) bool { return p.Seat == seat }) {
			free = append(free, seat)
		}
	}
	if len(free) > 0 {
		return free[int(uint64(booking)%uint64(len(free)))], nil
	}
	return 0, r.noSeat(w)
}

// noSeat says on which days no seat is free.
func (r *room) noSeat(w Wish) error {
	var days []string
	for _, span := range w.spans() {
		inSpan := map[int]bool{}
		for _, p := range r.taken {
			if !p.At.Before(span.From) && p.At.Before(span.Until) {
				inSpan[p.Seat] = true
			}
		}
		if len(inSpan) >= r.Seats {
			days = append(days, dayWords(span.From))
		}
	}
	err := fault.New(fault.ReasonSlotTaken)
	switch {
	case w.Weeks == 1:
		return err
	case len(days) == 0: // each day has a seat, and no seat has all days
		return err.Saying("这几次没有同一个位子空着，请分开约。")
	}
	return err.Saying("%s已经有人约了，一次都没有约上。请换个时间，或者少约几次。", strings.Join(days, "、"))
}

// fill makes the rows of a series.
func (s *Service) fill(tx *mysql.Tx, r *room, w Wish, seat int) ([]Booking, error) {
	var all []Booking
	for _, span := range w.spans() {
		b := Booking{
			ID: mysql.NewID[id.Booking](tx), OfferID: r.ID, OwnerID: r.by.ID, Guest: w.Guest, Audience: w.Audience,
			TeamID: w.Team, UnitID: w.Unit, People: w.People, Seat: seat, StartsAt: span.From.UTC(), EndsAt: span.Until.UTC(),
			CreatedAt: tx.Now(), Status: state.BookingConfirmed, Version: 1, About: r.about,
		}
		if w.Guest != "" {
			b.OwnerID = 0
		} else if r.Asked {
			due := r.book.Workdays(tx.Now(), 1)
			b.Status, b.AnswerBy = state.BookingRequested, &due
		}
		b.SeriesID = b.ID
		if len(all) > 0 {
			b.SeriesID = all[0].ID
		}
		var wrong [2]error
		wrote := matter.Writer{ID: r.by.ID, Staff: w.Guest != ""}
		b.Purpose, wrong[0] = matter.HoldText(tx, s.sealer, b.field("purpose"), wrote, w.Purpose)
		b.Guest, wrong[1] = matter.HoldText(tx, s.sealer, b.field("guest"), wrote, w.Guest)
		if err := errors.Join(wrong[:]...); err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, nil
}

// add queues the rows of bookings and of their half hours.
func (s *Service) add(tx *mysql.Tx, r *room, all []Booking) error {
	var (
		steps []matter.Saved
		slots []mysql.Args
		right *id.Grant
	)
	if g, ok := r.by.host(tx.Now()); ok && all[0].OwnerID == 0 {
		right = &g.ID
	}
	for _, b := range all {
		steps = append(steps, matter.Saved{
			Matter: b.matter(), Step: matter.Step{Actor: r.by.ID, Grant: right, Name: state.EventCreate},
		})
		for _, at := range b.span().slots() {
			slots = append(slots, mysql.Args{"offer": r.ID, "seat": b.Seat, "at": at, "booking": b.ID, "resident": b.resident()})
		}
	}
	_, err := matter.SaveAll(tx, s.sealer, steps)
	return errors.Join(err, tx.Add("offer.add_bookings", all), tx.Add("offer.add_slots", slots))
}

func wantMissed(dest *[]time.Time, person id.User, now time.Time) mysql.Want {
	return mysql.Many(dest, "offer.missed", mysql.Args{"user": person, "since": now.Add(-missedWithin - byPhoneFor)})
}

// DaySlots are the half hours of a day, with how many seats are free.
type DaySlots struct {
	Day       time.Time // begins then in Shanghai
	IsHoliday bool
	Slots     []Free
}

// Free is a half hour and how many may still book it.
type Free struct {
	At    time.Time
	Seats int
}

// slotDays is how many days are shown at once.
const slotDays = 7

// ListSlots lists when an offer is open and free, a week from a day on; nobody books what has begun, or is too far
// ahead. Error: fault.ReasonNotFound.
func (s *Service) ListSlots(ctx context.Context, actor id.User, offer id.Offer, from time.Time) ([]DaySlots, error) {
	var (
		o       Offer
		by      = Actor{ID: actor}
		opening Opening
		book    term.Book
		taken   []struct {
			At time.Time `db:"starts_at"`
			N  int       `db:"n"`
		}
		now = s.db.Now()
	)
	if first := clock.Day(now); from.Before(first) {
		from = first
	}
	args := mysql.Args{"offer": offer, "from": from.UTC(), "until": from.AddDate(0, 0, slotDays).UTC()}
	err := s.db.Read(ctx, append(wantOpening(&opening, &book, offer, now), mysql.One(&o, "offer.get", args),
		mysql.Many(&taken, "offer.taken", args), grant.CoveringMatter(&by.Grants, actor, state.Offer.Noun, offer))...)
	if err != nil {
		return nil, mysql.NotFound(err)
	}
	if !by.Sees(o, now) {
		return nil, fault.New(fault.ReasonNotFound)
	}
	used := map[time.Time]int{}
	for _, t := range taken {
		used[t.At.UTC()] = t.N
	}
	opening.OnHolidays = o.OnHolidays
	var all []DaySlots
	for i := range slotDays {
		day := from.AddDate(0, 0, i)
		if !day.Before(lastDay(now)) {
			break
		}
		d := DaySlots{Day: day, IsHoliday: opening.IsHoliday(day)}
		for _, at := range opening.SlotsOf(day) {
			if at.After(now) && o.Status == state.OfferOpen {
				d.Slots = append(d.Slots, Free{at, max(0, o.Seats-used[at])})
			}
		}
		all = append(all, d)
	}
	return all, nil
}

// overseers are who decides at the street of a host.
func overseers(ctx context.Context, tx *mysql.Tx, host id.Node) ([]matter.Party, error) {
	var people []id.User
	err := tx.Select(ctx, &people, "offer.streets", mysql.Args{"host": host, "at": tx.Now()})
	parties := matter.As(state.PartyOverseer, people...)
	for i := range parties {
		parties[i].Informed = true
	}
	return parties, err
}
