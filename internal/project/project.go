// Package project is what a unit does for many people of a community (微项目).
// It is proposed out of what residents need, published, led by the first unit that takes it, done in a few milestones,
// and accepted by the vote of those whom it is for. Who votes is computed and never picked. There is no money in it,
// and no points.
//
// This file holds the rules, pure.
package project

import (
	"slices"
	"time"

	"xinyuan/internal/ballot"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/state"
)

// OpenFor is how long a project waits for a unit.
const OpenFor = 180 * 24 * time.Hour

// Project is what a unit does for many people of a community.
type Project struct {
	ID           id.Project `db:"id"`
	NodeID       id.Node    `db:"node_id"`  // the community
	BrandID      id.Brand   `db:"brand_id"` // to which it belongs; 0: none
	Title        string     `db:"title"`
	Text         string     `db:"text"`
	ForAll       bool       `db:"is_for_all"` // it is for the whole community, beside those who asked
	SenderID     id.User    `db:"sender_id"`
	SenderUnitID id.Node    `db:"sender_unit_id"` // for which unit it was proposed; 0: for the community
	UnitID       id.Node    `db:"unit_id"`        // who leads; 0: nobody
	ClaimerID    id.User    `db:"claimer_id"`     // who took it for the unit
	BallotID     id.Ballot  `db:"ballot_id"`      // the vote since it was delivered; 0: none
	VoteUntil    *time.Time `db:"vote_until"`     // when that closes
	CreatedAt    time.Time  `db:"created_at"`
	OpenedAt     *time.Time `db:"opened_at"` // since when it waits for a unit, or waited last
	MatchedAt    *time.Time `db:"matched_at"`
	StartedAt    *time.Time `db:"started_at"`
	DeliveredAt  *time.Time `db:"delivered_at"`
	AcceptedAt   *time.Time `db:"accepted_at"`
	EndedAt      *time.Time `db:"ended_at"` // rejected, stopped or expired

	Status  state.ProjectStatus `db:"status"`
	Version int                 `db:"version"`

	Steps int `db:"steps"` // milestones
	Done  int `db:"done"`  // of them

	NodeName  string `db:"node_name"` // only views read the names
	UnitName  string `db:"unit_name"`
	BrandName string `db:"brand_name"`
}

// Milestone is what is done of a project by a day.
type Milestone struct {
	ProjectID id.Project `db:"project_id"`
	Position  int        `db:"position"`
	UnitID    id.Node    `db:"unit_id"`
	Text      string     `db:"text"`
	DueAt     time.Time  `db:"due_at"` // when the day begins by which it is done
	DoneAt    *time.Time `db:"done_at"`

	UnitName string `db:"unit_name"` // only views read it
}

// Actor is who acts, and what the rules ask of them.
type Actor struct {
	ID       id.User
	Place    grant.Grants // at the community and above
	Units    grant.Grants // by which they speak for units
	MemberOf id.Node      // from which unit they reported in; 0: none

	Askers  []id.User // whose needs it is for
	Helpers []id.Node // units that help
}

// isOf tells whether the actor belongs to a unit that leads or helps.
func (p Project) isOf(a Actor, now time.Time) bool {
	for _, unit := range append([]id.Node{p.UnitID}, a.Helpers...) {
		if _, speaks := a.Units.For(unit, now); speaks || unit != 0 && a.MemberOf == unit {
			return true
		}
	}
	return false
}

// Sees tells whether the actor may know of it: what was published is everybody's.
func (a Actor) Sees(p Project, now time.Time) bool {
	_, forSender := a.Units.For(p.SenderUnitID, now)
	return p.OpenedAt != nil || a.ID == p.SenderID || forSender || a.Place.Reads(now)
}

// byPlace is the grant by which the actor decides at the community. Whoever asked for it does not, nor who took it for
// their unit. Errors: fault.ReasonNotFound for whom the project does not exist, fault.ReasonNotYourCommunity,
// fault.ReasonPartyToMatter.
func (p Project) byPlace(by Actor, now time.Time, office ...id.User) (grant.Grant, error) {
	if !by.Sees(p, now) {
		return grant.Grant{}, fault.New(fault.ReasonNotFound)
	}
	return grant.Eligible(by.Place, grant.Parties{Personal: by.Askers, Office: append(office, p.ClaimerID)}, now)
}

// byOutsider is byPlace for what nobody of the units decides. Errors: those of byPlace.
func (p Project) byOutsider(by Actor, now time.Time) (grant.Grant, error) {
	g, err := p.byPlace(by, now)
	if err == nil && p.isOf(by, now) {
		err = fault.New(fault.ReasonPartyToMatter).Saying("办这个项目的单位的人，不能替居民认可。")
	}
	return g, err
}

// byUnit is the grant by which the actor speaks for the unit. Errors: fault.ReasonNotFound,
// fault.ReasonNotYourCommunity.
func (p Project) byUnit(by Actor, unit id.Node, now time.Time) (grant.Grant, error) {
	g, speaks := by.Units.For(unit, now)
	return grant.RequireUnit(g, speaks, by.Sees(p, now))
}

// byEither is the grant by which the actor speaks for the unit that leads, or decides at the community. Errors: those
// of byPlace.
func (p Project) byEither(by Actor, now time.Time) (grant.Grant, error) {
	if g, err := p.byUnit(by, p.UnitID, now); err == nil {
		return g, nil
	}
	return p.byPlace(by, now)
}

func (p *Project) move(e state.Event) error {
	next, ok := state.Project.Next(p.Status, e)
	if !ok {
		return fault.New(fault.ReasonProjectState)
	}
	p.Status = next
	return nil
}

// Publish lets units take it, or with a reason says no. Errors: those of byPlace, fault.ReasonPartyToMatter for who
// proposed it, fault.ReasonProjectState.
func (p *Project) Publish(by Actor, now time.Time) (grant.Grant, error) {
	g, err := p.byPlace(by, now, p.SenderID)
	if err != nil {
		return g, err
	}
	p.OpenedAt = &now
	return g, p.move(state.EventPublish)
}

// Reject says no to what is proposed. Errors: as Publish.
func (p *Project) Reject(by Actor, now time.Time) (grant.Grant, error) {
	g, err := p.byPlace(by, now, p.SenderID)
	if err != nil {
		return g, err
	}
	p.EndedAt = &now
	return g, p.move(state.EventReject)
}

// Claim has the unit lead: the first that asks. Errors: those of byUnit, fault.ReasonProjectState.
func (p *Project) Claim(by Actor, unit id.Node, now time.Time) (grant.Grant, error) {
	g, err := p.byUnit(by, unit, now)
	switch {
	case err != nil:
		return g, err
	case p.UnitID != 0 && p.UnitID != unit && (p.Status == state.ProjectMatched || p.Status == state.ProjectRunning):
		return g, fault.New(fault.ReasonProjectState).Saying("刚才有别的单位认了，由那个单位牵头。您可以一起办。")
	}
	if err := p.move(state.EventClaim); err != nil {
		return g, err
	}
	p.UnitID, p.ClaimerID, p.MatchedAt = unit, by.ID, &now
	return g, nil
}

// Join has another unit help. Errors: those of byUnit, fault.ReasonProjectState also where it does so already, and once
// letters.ProjectUnits do it.
func (p *Project) Join(by Actor, unit id.Node, now time.Time) (grant.Grant, error) {
	g, err := p.byUnit(by, unit, now)
	switch {
	case err != nil:
		return g, err
	case p.UnitID == unit || slices.Contains(by.Helpers, unit):
		return g, fault.New(fault.ReasonProjectState).Saying("您单位已经在办这个项目了。")
	case 1+len(by.Helpers) >= letters.ProjectUnits:
		return g, fault.New(fault.ReasonProjectState).Saying("一个项目最多 %d 个单位一起办，现在满了。", letters.ProjectUnits)
	}
	return g, p.move(state.EventJoin)
}

// Release gives it back before it has begun: the unit that leads, or who decides. A unit that helps leaves it, which
// the event says. Errors: those of byPlace, fault.ReasonProjectState also for a unit that neither leads nor helps.
func (p *Project) Release(by Actor, unit id.Node, now time.Time) (grant.Grant, state.Event, error) {
	if slices.Contains(by.Helpers, unit) {
		g, err := p.byUnit(by, unit, now)
		if err == nil {
			err = p.move(state.EventLeave)
		}
		return g, state.EventLeave, err
	}
	g, err := p.byEither(by, now)
	if err == nil && unit != 0 && unit != p.UnitID { // it has left already, and gives back nothing for the others
		err = fault.New(fault.ReasonProjectState).Saying("这个单位没有在办这个项目。")
	}
	if err == nil {
		err = p.move(state.EventRelease)
	}
	if err == nil {
		p.UnitID, p.ClaimerID, p.MatchedAt, p.OpenedAt = 0, 0, nil, &now
	}
	return g, state.EventRelease, err
}

// Start begins it with these milestones, which are checked. Errors: those of byPlace, fault.ReasonProjectState,
// fault.ReasonInvalidInput for a milestone of a unit that neither leads nor helps.
func (p *Project) Start(by Actor, all []Milestone, now time.Time) (grant.Grant, error) {
	g, err := p.byPlace(by, now)
	if err != nil {
		return g, err
	}
	if err := p.move(state.EventStart); err != nil {
		return g, err
	}
	p.StartedAt, p.Steps, p.Done = &now, len(all), 0
	return g, checkUnits(all, append([]id.Node{p.UnitID}, by.Helpers...))
}

// Report says that a milestone is done: the unit whose it is, or the one that leads. Errors: those of byUnit,
// fault.ReasonProjectState also once it is.
func (p *Project) Report(by Actor, m *Milestone, now time.Time) (grant.Grant, error) {
	g, err := p.byUnit(by, m.UnitID, now)
	if fault.Has(err, fault.ReasonNotYourCommunity) {
		g, err = p.byUnit(by, p.UnitID, now)
	}
	switch {
	case err != nil:
		return g, err
	case m.DoneAt != nil:
		return g, fault.New(fault.ReasonProjectState)
	}
	m.DoneAt = &now
	p.Done++
	return g, p.move(state.EventReport)
}

// Deliver says that it is done. Errors: those of byUnit, fault.ReasonProjectState also while a milestone is not.
func (p *Project) Deliver(by Actor, now time.Time) (grant.Grant, error) {
	g, err := p.byUnit(by, p.UnitID, now)
	switch {
	case err != nil:
		return g, err
	case p.Status == state.ProjectRunning && p.Done < p.Steps:
		return g, fault.New(fault.ReasonProjectState).Saying("还有 %d 步没办好，办好了再说办完。", p.Steps-p.Done)
	}
	p.DeliveredAt = &now
	return g, p.move(state.EventDeliver)
}

// Ask opens a vote of those whom it is for; the caller sets it. b is the last one, nil where there was none since it
// was delivered. Errors: those of byOutsider, fault.ReasonProjectState also while one is open, or once one has carried.
func (p *Project) Ask(by Actor, b *ballot.Ballot, now time.Time) (grant.Grant, error) {
	g, err := p.byOutsider(by, now)
	switch {
	case err != nil:
		return g, err
	case b != nil && (b.CountedAt == nil || b.IsCarried()):
		return g, fault.New(fault.ReasonProjectState)
	}
	return g, p.move(state.EventOpen)
}

// Count closes the vote, which the caller has counted. Error: fault.ReasonProjectState.
func (p *Project) Count() error { return p.move(state.EventClose) }

// Return has the unit go on. Errors: those of byOutsider, fault.ReasonProjectState also while a vote is open.
func (p *Project) Return(by Actor, b *ballot.Ballot, now time.Time) (grant.Grant, error) {
	g, err := p.byOutsider(by, now)
	switch {
	case err != nil:
		return g, err
	case b != nil && b.CountedAt == nil:
		return g, fault.New(fault.ReasonProjectState).Saying("居民还在投票，等投完再说。")
	}
	p.BallotID, p.VoteUntil = 0, nil
	return g, p.move(state.EventReturn)
}

// Accept says that it is done, as those whom it is for voted. Errors: those of byOutsider, fault.ReasonProjectState,
// fault.ReasonNotCarried.
func (p *Project) Accept(by Actor, b *ballot.Ballot, now time.Time) (grant.Grant, error) {
	g, err := p.byOutsider(by, now)
	if err != nil {
		return g, err
	}
	if err := p.move(state.EventAccept); err != nil {
		return g, err
	}
	if b == nil || !b.IsCarried() {
		return g, fault.New(fault.ReasonNotCarried)
	}
	p.AcceptedAt = &now
	return g, nil
}

// Undo takes back that it was accepted: it is voted about anew. Errors: those of byOutsider, fault.ReasonProjectState.
func (p *Project) Undo(by Actor, now time.Time) (grant.Grant, error) {
	g, err := p.byOutsider(by, now)
	if err != nil {
		return g, err
	}
	p.AcceptedAt, p.BallotID, p.VoteUntil = nil, 0, nil
	return g, p.move(state.EventUndo)
}

// Stop ends it before it is done: the unit that leads, or who decides. Errors: those of byPlace,
// fault.ReasonProjectState.
func (p *Project) Stop(by Actor, now time.Time) (grant.Grant, error) {
	g, err := p.byEither(by, now)
	if err != nil {
		return g, err
	}
	p.EndedAt = &now
	return g, p.move(state.EventStop)
}

// Expire ends what no unit took. Error: fault.ReasonProjectState also before its time.
func (p *Project) Expire(now time.Time) error {
	if p.OpenedAt == nil || now.Before(p.OpenedAt.Add(OpenFor)) {
		return fault.New(fault.ReasonProjectState)
	}
	p.EndedAt = &now
	return p.move(state.EventExpire)
}
