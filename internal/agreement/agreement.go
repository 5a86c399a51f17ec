// Package agreement is what a unit promises a community for a year (共驻共建协议): the community writes the lines
// and signs, the unit signs, and from then on each line says by itself how much of it was done. Nobody types that it
// is kept, and there is no money in it.
//
// This file holds the rules, pure.
package agreement

import (
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/state"
)

// Kind is what a line promises.
type Kind string

// The kinds. What people use is counted by an offer of the unit, what its people do by their hours.
const (
	KindResource Kind = "resource" // a thing or a vehicle
	KindVenue    Kind = "venue"
	KindSkill    Kind = "skill" // a lecture, a craft
	KindService  Kind = "service"
	KindPost     Kind = "post" // people who take a post
)

// Kinds lists every kind.
func Kinds() []Kind { return []Kind{KindResource, KindVenue, KindSkill, KindService, KindPost} }

// HasOffer tells whether a line of the kind names what people book; without one it counts hours.
func (k Kind) HasOffer() bool { return k != KindService && k != KindPost }

// Line is one promise.
type Line struct {
	AgreementID id.Agreement `db:"agreement_id"`
	Position    int          `db:"position"`
	Kind        Kind         `db:"kind"`
	Text        string       `db:"text"`
	Quantity    int          `db:"quantity"` // bookings or hours, from the beginning of the agreement
	Quarter     int          `db:"quarter"`  // until whose end
	OfferID     id.Offer     `db:"offer_id"` // 0: it counts hours

	OfferName string `db:"offer_name"` // only views read it, and Done
	Done      int    `db:"done"`       // bookings that were used, or whole hours that were credited, in time
}

// IsKept tells whether as much was done as is promised.
func (l Line) IsKept() bool { return l.Done >= l.Quantity }

// Agreement is what a unit promises a community for a year.
type Agreement struct {
	ID          id.Agreement `db:"id"`
	NodeID      id.Node      `db:"node_id"` // the community
	UnitID      id.Node      `db:"unit_id"`
	NodeBody    Body         `db:"node_body"` // as what each side agrees
	UnitBody    Body         `db:"unit_body"`
	Year        int          `db:"year"`
	SenderID    id.User      `db:"sender_id"` // who signed for the community; 0: nobody yet
	SenderGrant id.Grant     `db:"sender_grant_id"`
	SenderGiver id.User      `db:"sender_giver"` // whom the sender stood in for, or the sender; read for the steps alone
	SignerID    id.User      `db:"signer_id"`    // who signed for the unit; 0: nobody yet
	SignerGrant id.Grant     `db:"signer_grant_id"`
	CreatedAt   time.Time    `db:"created_at"`
	OfferedAt   *time.Time   `db:"offered_at"` // nil: the unit knows nothing of it
	SignedAt    *time.Time   `db:"signed_at"`
	SinceAt     *time.Time   `db:"since_at"` // the signature, or that of the version before; see Since
	EndedAt     *time.Time   `db:"ended_at"`

	Status  state.AgreementStatus `db:"status"`
	Version int                   `db:"version"`

	NodeName   string `db:"node_name"` // only views read the names
	UnitName   string `db:"unit_name"`
	SenderName string `db:"sender_name"`
	SignerName string `db:"signer_name"`
}

// Since is from when on deeds count for what both have signed: its year, and nothing before it.
func (a Agreement) Since() time.Time {
	if begin := quarterEnd(a.Year, 0); a.SinceAt.Before(begin) {
		return begin
	}
	return *a.SinceAt
}

// Until is when the year of the agreement is over.
func (a Agreement) Until() time.Time { return quarterEnd(a.Year, 4) }

// Due is until when a line is to be done.
func (a Agreement) Due(l Line) time.Time { return quarterEnd(a.Year, l.Quarter) }

func quarterEnd(year, quarter int) time.Time {
	return time.Date(year, time.Month(quarter*3+1), 1, 0, 0, 0, 0, clock.Shanghai)
}

// IsInForce tells whether both have signed and its year is not over.
func (a Agreement) IsInForce(now time.Time) bool {
	return a.Status == state.AgreementSigned && now.Before(a.Until())
}

// Actor is who acts, with their grants at the community and at the unit, and above.
type Actor struct {
	ID    id.User
	Place grant.Grants
	Unit  grant.Grants
}

// Signing lists the roles that sign for the unit at whose node they are held.
func Signing() []id.Role { return id.ForUnits() }

// forUnit is the grant by which the actor signs for the unit.
func (a Actor) forUnit(now time.Time) (grant.Grant, bool) {
	for _, g := range a.Unit {
		if g.IsInForce(now) && g.Distance == 0 && slices.Contains(Signing(), g.Role) {
			return g, true
		}
	}
	return grant.Grant{}, false
}

// Sees tells whether the actor may know of it: what both have signed is everybody's.
func (a Actor) Sees(one Agreement, now time.Time) bool {
	_, forUnit := a.forUnit(now)
	return one.SignedAt != nil || a.Place.Reads(now) || forUnit && one.OfferedAt != nil
}

// byPlace is the grant by which the actor speaks for the community. Errors: fault.ReasonNotFound for whom the agreement
// does not exist, fault.ReasonNotYourCommunity.
func (a Agreement) byPlace(by Actor, now time.Time) (grant.Grant, error) {
	if !by.Sees(a, now) {
		return grant.Grant{}, fault.New(fault.ReasonNotFound)
	}
	return grant.Eligible(by.Place, grant.Parties{}, now)
}

// byUnit is the grant by which the actor speaks for the unit. Errors: as byPlace.
func (a Agreement) byUnit(by Actor, now time.Time) (grant.Grant, error) {
	g, speaks := by.forUnit(now)
	return grant.RequireUnit(g, speaks, by.Sees(a, now))
}

func (a *Agreement) move(e state.Event) error {
	next, ok := state.Agreement.Next(a.Status, e)
	if !ok {
		return fault.New(fault.ReasonAgreementState)
	}
	a.Status = next
	return nil
}

// Edit lets the community write its lines anew, and say as which body it agrees. Errors: those of byPlace,
// fault.ReasonAgreementState.
func (a *Agreement) Edit(by Actor, now time.Time) (grant.Grant, error) {
	g, err := a.byPlace(by, now)
	if err != nil {
		return g, err
	}
	return g, a.move(state.EventEdit)
}

// Dispatch signs it for the community, and asks the unit. Errors: those of byPlace, fault.ReasonAgreementState also
// once its year is over.
func (a *Agreement) Dispatch(by Actor, now time.Time) (grant.Grant, error) {
	g, err := a.byPlace(by, now)
	if err != nil {
		return g, err
	}
	if !now.Before(a.Until()) {
		return g, fault.New(fault.ReasonAgreementState)
	}
	a.SenderID, a.SenderGrant, a.OfferedAt = by.ID, g.ID, &now
	return g, a.move(state.EventDispatch)
}

// Sign signs it for the unit. Errors: those of byUnit, fault.ReasonPartyToMatter for who signed for the community, or
// whose deputy did, fault.ReasonAgreementState also once its year is over.
func (a *Agreement) Sign(by Actor, now time.Time) (grant.Grant, error) {
	g, err := a.byUnit(by, now)
	if err != nil {
		return g, err
	}
	if err := a.move(state.EventAccept); err != nil {
		return g, err
	}
	switch {
	case by.ID == a.SenderID || by.ID == a.SenderGiver:
		return g, fault.New(fault.ReasonPartyToMatter).Saying("社区那边是您或者替您的人签的，单位要由另一个人来签。")
	case !now.Before(a.Until()):
		return g, fault.New(fault.ReasonAgreementState)
	}
	a.SignerID, a.SignerGrant, a.SignedAt, a.SinceAt = by.ID, g.ID, &now, &now
	return g, nil
}

// Replace ends the version before: its deeds go on to count for the next one. Error: fault.ReasonAgreementState.
func (a *Agreement) Replace(next *Agreement, now time.Time) error {
	next.SinceAt, a.EndedAt = a.SinceAt, &now
	return a.move(state.EventReplace)
}

// Return takes it back to its draft: the unit wants it otherwise, or the community does. Errors: those of byPlace,
// fault.ReasonAgreementState.
func (a *Agreement) Return(by Actor, now time.Time) (grant.Grant, error) {
	g, err := a.bySide(by, now)
	if err != nil {
		return g, err
	}
	return g, a.move(state.EventReturn)
}

// bySide is the grant by which the actor speaks for one side or the other. Errors: as byPlace.
func (a Agreement) bySide(by Actor, now time.Time) (grant.Grant, error) {
	if g, err := a.byUnit(by, now); err == nil {
		return g, nil
	}
	return a.byPlace(by, now)
}

// End throws a draft away, or ends what both have signed before its year is over. Errors: those of byPlace,
// fault.ReasonReasonRequired for what was signed, fault.ReasonAgreementState.
func (a *Agreement) End(by Actor, reason string, now time.Time) (grant.Grant, error) {
	side := a.bySide
	if a.Status == state.AgreementDraft {
		side = a.byPlace
	}
	g, err := side(by, now)
	if err != nil {
		return g, err
	}
	switch {
	case a.Status == state.AgreementSigned && !now.Before(a.Until()):
		return g, fault.New(fault.ReasonAgreementState)
	case a.Status == state.AgreementSigned && reason == "":
		return g, fault.New(fault.ReasonReasonRequired)
	}
	a.EndedAt = &now
	return g, a.move(state.EventEnd)
}

// title names it in lists of all kinds of matters.
func (a Agreement) title() string { return fmt.Sprintf("%d 年共建协议", a.Year) }

// matter is the agreement as the register has it: the community's, and the unit's turn while it has not signed.
func (a Agreement) matter() matter.Matter {
	m := matter.Matter{
		Noun: state.Agreement.Noun, ID: int64(a.ID), Title: a.title(), Node: a.NodeID, Status: string(a.Status),
		Version: a.Version, Turns: []matter.Turn{}, Parties: matter.As(state.PartySender, a.SenderID),
	}
	if a.Status == state.AgreementOffered {
		turn := matter.Respond(a.UnitID, *a.OfferedAt)
		turn.Asker = a.SenderID
		m.Turns = append(m.Turns, turn)
	}
	return m
}
