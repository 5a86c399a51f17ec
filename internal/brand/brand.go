// Package brand is a lasting service of a community that several units build (品牌). It is never done: each year the
// community renews it, with what was done, which is counted and never typed, and with what residents said in an open
// vote; otherwise it sleeps until a renewal wakes it. There is no money in it, no points, and no order of units.
//
// This file holds the rules, pure.
package brand

import (
	"errors"
	"slices"
	"time"

	"xinyuan/internal/ballot"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/state"
)

const (
	// Ahead is how long before its year is over a brand may be renewed.
	Ahead = 60 * 24 * time.Hour
	// Grace is how long after a vote it does not sleep, so that who decides can renew it.
	Grace = 14 * 24 * time.Hour
)

// Draft is what is proposed.
type Draft struct {
	NodeID  id.Node // the community
	UnitID  id.Node // that leads
	ByUnit  bool    // the actor proposes it for the unit; otherwise for the community
	Name    string
	Text    string
	ForWhom string
}

// check trims the texts. Error: fault.ReasonInvalidInput.
func (d *Draft) check() error {
	return errors.Join(fault.NeedText(&d.Name, "name", "品牌名称", letters.BrandName),
		fault.NeedText(&d.Text, "text", "做什么", letters.BrandText),
		fault.NeedText(&d.ForWhom, "forWhom", "为谁做", letters.BrandForWhom))
}

// Brand is a lasting service of a community.
type Brand struct {
	ID        id.Brand   `db:"id"`
	NodeID    id.Node    `db:"node_id"` // the community
	UnitID    id.Node    `db:"unit_id"` // that leads
	Name      string     `db:"name"`
	Text      string     `db:"text"`     // what it is, in a sentence
	ForWhom   string     `db:"for_whom"` // in words
	SenderID  id.User    `db:"sender_id"`
	ByUnit    bool       `db:"is_by_unit"` // the sender proposed it for the unit; otherwise for the community
	AgreedBy  id.User    `db:"agreed_by"`  // who said yes for the other side; 0: nobody yet
	BallotID  id.Ballot  `db:"ballot_id"`  // the vote about the next year, open or carried; 0: none
	VoteUntil *time.Time `db:"vote_until"` // when that closes
	CreatedAt time.Time  `db:"created_at"`
	SinceAt   *time.Time `db:"since_at"`   // since when it goes on; nil: it never began
	RenewedAt *time.Time `db:"renewed_at"` // when its year began
	DueAt     *time.Time `db:"due_at"`     // when that is over
	EndedAt   *time.Time `db:"ended_at"`   // when it was stopped

	Status  state.BrandStatus `db:"status"`
	Version int               `db:"version"`

	Helpers int `db:"helpers"` // units beside the one that leads

	NodeName string `db:"node_name"` // only views read the names
	UnitName string `db:"unit_name"`
}

// RenewFrom is from when on its community may renew it. It is due from then on.
func (b Brand) RenewFrom() time.Time { return b.DueAt.Add(-Ahead) }

// Actor is who acts, and what the rules ask of them.
type Actor struct {
	ID       id.User
	Place    grant.Grants // at the community and above
	Units    grant.Grants // by which they speak for units
	MemberOf id.Node      // from which unit they reported in; 0: none

	Helpers []id.Node // units that help
}

// units are all that build it.
func (b Brand) units(by Actor) []id.Node { return append([]id.Node{b.UnitID}, by.Helpers...) }

// isOf tells whether the actor belongs to a unit that builds it.
func (b Brand) isOf(by Actor, now time.Time) bool {
	return slices.ContainsFunc(b.units(by), func(unit id.Node) bool {
		_, speaks := by.Units.For(unit, now)
		return speaks || by.MemberOf == unit
	})
}

// Sees tells whether the actor may know of it: what has begun is everybody's.
func (a Actor) Sees(b Brand, now time.Time) bool {
	_, leads := a.Units.For(b.UnitID, now)
	return b.SinceAt != nil || a.ID == b.SenderID || leads || a.Place.Reads(now)
}

// byPlace is the grant by which the actor decides for the community, who is of none of the units. Errors:
// fault.ReasonNotFound for whom it does not exist, fault.ReasonNotYourCommunity, fault.ReasonPartyToMatter.
func (b Brand) byPlace(by Actor, now time.Time) (grant.Grant, error) {
	if !by.Sees(b, now) {
		return grant.Grant{}, fault.New(fault.ReasonNotFound)
	}
	g, err := grant.Eligible(by.Place, grant.Parties{}, now)
	if err == nil && b.isOf(by, now) {
		err = fault.New(fault.ReasonPartyToMatter).Saying("办这个品牌的单位的人，不能替社区定。")
	}
	return g, err
}

// byUnit is the grant by which the actor speaks for the unit. Errors: fault.ReasonNotFound,
// fault.ReasonNotYourCommunity.
func (b Brand) byUnit(by Actor, unit id.Node, now time.Time) (grant.Grant, error) {
	g, speaks := by.Units.For(unit, now)
	return grant.RequireUnit(g, speaks, by.Sees(b, now))
}

func (b *Brand) move(e state.Event) error {
	next, ok := state.Brand.Next(b.Status, e)
	if !ok {
		return fault.New(fault.ReasonBrandState)
	}
	b.Status = next
	return nil
}

// year has a year begin.
func (b *Brand) year(from, due time.Time) { b.RenewedAt, b.DueAt = &from, &due }

// Accept says yes for the other side than proposed it: its first year begins. Errors: those of byPlace and byUnit,
// fault.ReasonPartyToMatter for who proposed it, fault.ReasonBrandState.
func (b *Brand) Accept(by Actor, now time.Time) (g grant.Grant, err error) {
	if b.ByUnit {
		g, err = b.byPlace(by, now)
	} else {
		g, err = b.byUnit(by, b.UnitID, now)
	}
	switch {
	case err != nil:
		return g, err
	case by.ID == b.SenderID:
		return g, fault.New(fault.ReasonPartyToMatter).Saying("这是您提的，请另一边的人来答应。")
	}
	b.AgreedBy, b.SinceAt = by.ID, &now
	b.year(now, now.AddDate(1, 0, 0))
	return g, b.move(state.EventAccept)
}

// Join has another unit help. Errors: those of byUnit, fault.ReasonBrandState also where it does so already, once
// letters.BrandUnits build it, and while residents vote: the unit's people may be on the roll.
func (b *Brand) Join(by Actor, unit id.Node, now time.Time) (grant.Grant, error) {
	g, err := b.byUnit(by, unit, now)
	switch {
	case err != nil:
		return g, err
	case slices.Contains(b.units(by), unit):
		return g, fault.New(fault.ReasonBrandState).Saying("您单位已经在办这个品牌了。")
	case len(b.units(by)) >= letters.BrandUnits:
		return g, fault.New(fault.ReasonBrandState).Saying("一个品牌最多 %d 个单位一起办，现在满了。", letters.BrandUnits)
	case b.VoteUntil != nil && now.Before(*b.VoteUntil):
		return g, fault.New(fault.ReasonBrandState).Saying("居民还在投票，等投完再来一起办。")
	}
	b.Helpers++
	return g, b.move(state.EventJoin)
}

// Leave has a unit help no more. The one that leads stays until it is stopped. Errors: those of byUnit,
// fault.ReasonBrandState also for a unit that does not help.
func (b *Brand) Leave(by Actor, unit id.Node, now time.Time) (grant.Grant, error) {
	g, err := b.byUnit(by, unit, now)
	switch {
	case err != nil:
		return g, err
	case unit == b.UnitID:
		return g, fault.New(fault.ReasonBrandState).Saying("您单位是牵头的，不办了请选“不办了”，大家就知道了。")
	case !slices.Contains(by.Helpers, unit):
		return g, fault.New(fault.ReasonBrandState)
	}
	b.Helpers--
	return g, b.move(state.EventLeave)
}

// Ask opens a vote of the residents; the caller sets it. Errors: those of byPlace, fault.ReasonBrandState also before
// the last days of its year, and while there is a vote.
func (b *Brand) Ask(by Actor, now time.Time) (grant.Grant, error) {
	g, err := b.byPlace(by, now)
	switch {
	case err != nil:
		return g, err
	case b.BallotID != 0:
		return g, fault.New(fault.ReasonBrandState)
	case b.Status == state.BrandActive && now.Before(b.RenewFrom()):
		return g, fault.New(fault.ReasonBrandState).Saying("这一年还长，到期前两个月再请居民投票。")
	}
	return g, b.move(state.EventOpen)
}

// Count closes the vote, which the caller has counted. What did not carry leaves it as it was, but a brand that most
// voices are against sleeps at once. Error: fault.ReasonBrandState.
func (b *Brand) Count(vote ballot.Ballot) (state.Event, error) {
	e := state.EventClose
	if !vote.IsCarried() {
		b.BallotID, b.VoteUntil = 0, nil
		if vote.IsValid() && b.Status == state.BrandActive {
			e = state.EventLapse
		}
	}
	return e, b.move(e)
}

// Renew has it go on for a year, as residents voted, and returns the year that is over. Errors: those of byPlace,
// fault.ReasonBrandState, fault.ReasonNotCarried.
func (b *Brand) Renew(by Actor, vote *ballot.Ballot, now time.Time) (Renewal, grant.Grant, error) {
	g, err := b.byPlace(by, now)
	if err != nil {
		return Renewal{}, g, err
	}
	awake := b.Status == state.BrandActive && now.Before(*b.DueAt)
	if err := b.move(state.EventRenew); err != nil {
		return Renewal{}, g, err
	}
	if vote == nil || !vote.IsCarried() {
		return Renewal{}, g, fault.New(fault.ReasonNotCarried)
	}
	over := Renewal{BallotID: vote.ID, BrandID: b.ID, FromAt: *b.RenewedAt, UntilAt: now}
	due := now.AddDate(1, 0, 0)
	if awake {
		due = b.DueAt.AddDate(1, 0, 0)
	}
	b.year(now, due)
	b.BallotID, b.VoteUntil = 0, nil
	return over, g, nil
}

// Lapse has it sleep: its year is over, and nobody has renewed it. Error: fault.ReasonBrandState also before its time,
// while a vote is open, and for Grace after it.
func (b *Brand) Lapse(now time.Time) error {
	if b.DueAt == nil || now.Before(*b.DueAt) || b.VoteUntil != nil && now.Before(b.VoteUntil.Add(Grace)) {
		return fault.New(fault.ReasonBrandState)
	}
	b.BallotID, b.VoteUntil = 0, nil
	return b.move(state.EventLapse)
}

// Stop ends it, or what is proposed: the unit that leads, or who decides. vote is the one about it, nil: none. Errors:
// those of byPlace, fault.ReasonBrandState also while a vote is open.
func (b *Brand) Stop(by Actor, vote *ballot.Ballot, now time.Time) (grant.Grant, error) {
	g, err := b.byUnit(by, b.UnitID, now)
	if fault.Has(err, fault.ReasonNotYourCommunity) {
		g, err = b.byPlace(by, now)
	}
	switch {
	case err != nil:
		return g, err
	case vote != nil && vote.CountedAt == nil:
		return g, fault.New(fault.ReasonBrandState).Saying("居民还在投票，等投完再说。")
	}
	b.BallotID, b.VoteUntil, b.EndedAt = 0, nil, &now
	return g, b.move(state.EventStop)
}

// Renewal is a year that is over, with the vote by which it went on.
type Renewal struct {
	BallotID id.Ballot `db:"ballot_id"`
	BrandID  id.Brand  `db:"brand_id"`
	FromAt   time.Time `db:"from_at"`
	UntilAt  time.Time `db:"until_at"`
}

// Year is a year of a brand, with what was done in it and what residents said at its end.
type Year struct {
	BallotID id.Ballot `db:"ballot_id"` // 0: it is not over, or ended without a renewal
	FromAt   time.Time `db:"from_at"`
	UntilAt  time.Time `db:"until_at"` // so far
	Projects int       `db:"projects"` // of the brand that residents accepted
	Hours    int       `db:"hours"`    // whole ones, credited to people of its units in the community
	Bookings int       `db:"bookings"` // of what its units open, used by people who live in the community
	Yes      int       `db:"yes"`
	No       int       `db:"no"`
}
