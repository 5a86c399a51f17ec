package offer

import (
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/state"
)

// Booking is that somebody uses an offer at a time.
type Booking struct {
	ID        id.Booking `db:"id"`
	OfferID   id.Offer   `db:"offer_id"`
	SeriesID  id.Booking `db:"series_id"` // the first of those that were made together
	OwnerID   id.User    `db:"owner_id"`  // who booked; 0: somebody called, and the host wrote it down
	Guest     string     `db:"guest"`     // the name at the door of who called
	Audience  Audience   `db:"audience"`
	TeamID    id.Team    `db:"team_id"` // 0: no team's
	UnitID    id.Node    `db:"unit_id"` // 0: no unit's
	People    int        `db:"people"`
	Purpose   string     `db:"purpose"`
	Seat      int        `db:"seat_no"`
	StartsAt  time.Time  `db:"starts_at"`
	EndsAt    time.Time  `db:"ends_at"`
	CreatedAt time.Time  `db:"created_at"`
	AnswerBy  *time.Time `db:"answer_by"` // until when its host says yes or no; nil: it is not asked
	MissedAt  *time.Time `db:"missed_at"`
	Instead   string     `db:"instead"` // where and when its host proposes in its place

	Status  state.BookingStatus `db:"status"`
	Version int                 `db:"version"`

	About
}

// About is what people read of a booking in the place of ids; the host's node is for rules, too.
type About struct {
	HostID    id.Node `db:"host_id"`
	HostName  string  `db:"host_name"`
	OfferName string  `db:"offer_name"`
	Kind      Kind    `db:"kind"`
	Place     string  `db:"place"`
	OwnerName string  `db:"owner_name"`
	TeamName  string  `db:"team_name"`
	UnitName  string  `db:"unit_name"`
}

const (
	// doorBefore is how long before its beginning people are let in.
	doorBefore = Slot
	// correctFor is how long a host says that somebody came after all.
	correctFor = 7 * 24 * time.Hour
	// missedWithin and byPhoneFor: two missed within the one, and one books by phone for the other.
	missedWithin = 60 * 24 * time.Hour
	byPhoneFor   = 30 * 24 * time.Hour
	maxMissed    = 2
)

// span is when it is.
func (b *Booking) span() Span { return Span{b.StartsAt, b.EndsAt} }

// HasSlots tells whether its half hours are nobody else's.
func (b *Booking) HasSlots() bool {
	return b.isAhead() || b.Status == state.BookingUsed || b.Status == state.BookingMissed
}

// resident is the person who comes for themselves, or for the group that nobody else knows; 0: others do.
func (b *Booking) resident() id.User {
	if b.Audience == AudienceResident || b.Audience == AudienceGroup {
		return b.OwnerID
	}
	return 0
}

// isAhead tells whether somebody is still to come.
func (b *Booking) isAhead() bool {
	return b.Status == state.BookingRequested || b.Status == state.BookingConfirmed
}

func (b *Booking) move(e state.Event) error {
	next, ok := state.Booking.Next(b.Status, e)
	if !ok {
		return fault.New(fault.ReasonBookingState)
	}
	b.Status = next
	return nil
}

// sees tells whether the actor may know of the booking: who booked, and who answers for the host.
func (b *Booking) sees(by Actor, now time.Time) bool {
	_, hosts := by.host(now)
	return hosts || by.ID != 0 && by.ID == b.OwnerID || by.Grants.Reads(now)
}

// byHost is the grant by which the actor answers for the host. Errors: fault.ReasonNotFound for whom the booking does
// not exist, fault.ReasonNotYourCommunity.
func (b *Booking) byHost(by Actor, now time.Time) (grant.Grant, error) {
	g, ok := by.host(now)
	switch {
	case ok:
		return g, nil
	case b.sees(by, now):
		return g, notTheHost()
	}
	return g, fault.New(fault.ReasonNotFound)
}

// moveByHost is move by who answers for the host, and their grant. Errors: those of byHost, fault.ReasonBookingState.
func (b *Booking) moveByHost(e state.Event, by Actor, now time.Time) (grant.Grant, error) {
	g, err := b.byHost(by, now)
	if err != nil {
		return g, err
	}
	return g, b.move(e)
}

// Decide says yes or no. Errors: those of byHost, fault.ReasonPartyToMatter for one's own, fault.ReasonBookingState
// also once nobody has answered in time, fault.ReasonReasonRequired for a no without one.
func (b *Booking) Decide(by Actor, a Answer, now time.Time) (grant.Grant, state.Event, error) {
	event := state.EventConfirm
	if !a.Yes {
		event = state.EventDecline
	}
	g, err := b.moveByHost(event, by, now)
	if err != nil {
		return g, event, err
	}
	switch {
	case by.ID == b.OwnerID:
		return g, event, fault.New(fault.ReasonPartyToMatter)
	case b.isExpired(now):
		return g, event, fault.New(fault.ReasonBookingState)
	case !a.Yes && a.Reason == "":
		return g, event, fault.New(fault.ReasonReasonRequired)
	}
	return g, event, nil
}

// isExpired tells whether its host has not answered in time, or it has begun without an answer.
func (b *Booking) isExpired(now time.Time) bool {
	return b.AnswerBy != nil && !now.Before(*b.AnswerBy) || !now.Before(b.StartsAt)
}

// Expire ends one that nobody has answered. Error: fault.ReasonBookingState.
func (b *Booking) Expire(now time.Time) error {
	if !b.isExpired(now) {
		return fault.New(fault.ReasonBookingState)
	}
	return b.move(state.EventExpire)
}

// Cancel takes it back: who booked, or the host for who called. Errors: fault.ReasonNotFound, fault.ReasonForbidden,
// fault.ReasonBookingState also once it has begun.
func (b *Booking) Cancel(by Actor, now time.Time) (*id.Grant, error) {
	g, hosts := by.host(now)
	switch isOwner := by.ID != 0 && by.ID == b.OwnerID; {
	case !isOwner && !b.sees(by, now):
		return nil, fault.New(fault.ReasonNotFound)
	case !isOwner && (!hosts || b.OwnerID != 0):
		return nil, fault.New(fault.ReasonForbidden).Saying("只有约的人自己能取消。不开了，请写明原因和改到哪里。")
	case !now.Before(b.StartsAt):
		return nil, fault.New(fault.ReasonBookingState)
	case isOwner:
		return nil, b.move(state.EventCancel)
	}
	return &g.ID, b.move(state.EventCancel)
}

// CallOff says that the host is not open then after all, and what it proposes in its place. Errors: those of byHost,
// fault.ReasonBookingState also once it is over, fault.ReasonReasonRequired.
func (b *Booking) CallOff(by Actor, why Apology, now time.Time) (grant.Grant, error) {
	g, err := b.byHost(by, now)
	if err != nil {
		return g, err
	}
	if !now.Before(b.EndsAt) {
		return g, fault.New(fault.ReasonBookingState)
	}
	return g, b.endFor(why)
}

// Apology is why something is not open after all, and where and when people may come instead.
type Apology struct{ Reason, Instead string }

// check refuses an apology that leaves people alone. Errors: fault.ReasonReasonRequired, fault.ReasonInvalidInput.
func (a Apology) check() error {
	switch {
	case a.Reason == "":
		return fault.New(fault.ReasonReasonRequired)
	case a.Instead == "":
		return fault.BadField("instead", "请写上改到哪里、什么时候，约好的人要有地方去。")
	}
	return nil
}

func (b *Booking) endFor(why Apology) error {
	if err := why.check(); err != nil {
		return err
	}
	b.Instead = why.Instead
	return b.move(state.EventCallOff)
}

// Arrive notes that somebody came. A missed one is corrected for a week. Errors: those of byHost,
// fault.ReasonPartyToMatter for one's own, but what the unit itself uses, fault.ReasonBookingState also before the door
// opens, and for a missed one after that week.
func (b *Booking) Arrive(by Actor, now time.Time) (grant.Grant, state.Event, error) {
	event := state.EventAttend
	if b.Status == state.BookingMissed {
		event = state.EventCorrect
	}
	g, err := b.moveByHost(event, by, now)
	if err != nil {
		return g, event, err
	}
	switch {
	case by.ID == b.OwnerID && b.Audience != AudienceUnit:
		return g, event, fault.New(fault.ReasonPartyToMatter).Saying("这是您自己约的，请别的同事来登记。")
	case event == state.EventCorrect && now.After(b.EndsAt.Add(correctFor)):
		return g, event, fault.New(fault.ReasonBookingState)
	case now.Before(b.StartsAt.Add(-doorBefore)):
		return g, event, fault.New(fault.ReasonBookingState).Saying("还没到约好的时间，开始前半小时再来登记。")
	}
	b.MissedAt = nil
	return g, event, nil
}

// Miss says that nobody came, once its day is over. Error: fault.ReasonBookingState.
func (b *Booking) Miss(now time.Time) error {
	if now.Before(clock.NextDay(b.EndsAt.Add(-1))) {
		return fault.New(fault.ReasonBookingState)
	}
	b.MissedAt = &now
	return b.move(state.EventMiss)
}

// byPhoneUntil is until when somebody books by phone who missed those, and whether they do.
func byPhoneUntil(missed []time.Time, now time.Time) (time.Time, bool) {
	all := slices.SortedFunc(slices.Values(missed), time.Time.Compare)
	for i := len(all) - 1; i >= maxMissed-1; i-- {
		until := all[i].Add(byPhoneFor)
		if all[i].Sub(all[i-maxMissed+1]) <= missedWithin && now.Before(until) {
			return until, true
		}
	}
	return time.Time{}, false
}

func (b *Booking) field(name string) matter.Field {
	return matter.Field{Noun: state.Booking.Noun, Subject: int64(b.ID), Name: name}
}

// matter is the booking as the register has it: its offer names it.
func (b *Booking) matter() matter.Matter {
	m := matter.Matter{
		Noun: state.Booking.Noun, ID: int64(b.ID), OfNoun: state.Offer.Noun, OfID: int64(b.OfferID), Node: b.HostID,
		Status: string(b.Status), Version: b.Version, Turns: []matter.Turn{},
		Parties: []matter.Party{{Part: state.PartyOwner, Person: b.OwnerID}},
	}
	if b.Status == state.BookingRequested {
		turn := matter.Respond(b.HostID, b.CreatedAt)
		turn.Asker, turn.Due = b.OwnerID, b.AnswerBy
		m.Turns = append(m.Turns, turn)
	}
	return m
}
