// Package visit is 夜访民情: a leader who answers for a place comes in the evening and listens. Residents ask for it, or
// the leader comes by themself. What is heard becomes needs, with what the leader promised, and the visit is closed
// when each of them has an end.
//
// This file holds the rules, pure. Nothing here counts visits, people or kilometres, and nobody signs in.
package visit

import (
	"errors"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/state"
)

// Visit is an evening on which a leader listens.
type Visit struct {
	ID         id.Visit   `db:"id"`
	NodeID     id.Node    `db:"node_id"`
	NodeName   string     `db:"node_name"` // empty where only rules look
	LeaderID   id.User    `db:"leader_id"`
	Leader     string     `db:"leader_name"`
	OwnerID    id.User    `db:"owner_id"`    // who asked for it; 0: nobody
	RecorderID id.User    `db:"recorder_id"` // who wrote down what was heard; 0: nobody yet
	Subject    string     `db:"subject"`     // what it is about; empty: whatever people say
	Place      string     `db:"place"`       // where people meet
	StartsAt   *time.Time `db:"starts_at"`   // nil: nobody has said yet
	EndsAt     *time.Time `db:"ends_at"`
	WithWhom   string     `db:"with_whom"` // who was there, without names
	CreatedAt  time.Time  `db:"created_at"`
	HeldAt     *time.Time `db:"held_at"` // when it was written down
	ClosedAt   *time.Time `db:"closed_at"`

	Status  state.VisitStatus `db:"status"`
	Version int               `db:"version"`
}

// The bounds of a visit.
const (
	Ahead   = 60 * 24 * time.Hour // for which it is planned at most
	Longest = 4 * time.Hour
	// DaysBefore is how many days before it a visit is announced that nobody has asked for.
	DaysBefore = 2
)

// Meeting is where and when a leader comes, and what it is about.
type Meeting struct {
	Place, Subject   string
	StartsAt, EndsAt time.Time
}

// Actor is who acts, with their grants at the place and above, and posts there.
type Actor struct {
	ID     id.User
	Grants grant.Grants
}

// leads is the grant by which the actor leads visits to the place. Error: fault.ReasonNotYourCommunity.
func (a Actor) leads(now time.Time) (grant.Grant, error) {
	for _, g := range a.Grants {
		if g.Role == id.RoleAreaLeader && g.Distance >= 0 && g.IsInForce(now) {
			return g, nil
		}
	}
	return grant.Grant{}, fault.New(fault.ReasonNotYourCommunity).Saying("夜访由县里定的包保领导来约，您还不包保这里。")
}

// isInsider tells whether the actor asked for the visit, holds it, wrote it down, or is staff there.
func (a Actor) isInsider(v Visit, now time.Time) bool {
	_, err := a.leads(now)
	return a.ID == v.OwnerID || a.ID == v.LeaderID || a.ID == v.RecorderID || err == nil || a.Grants.Reads(now)
}

// Sees tells whether the actor may know of the visit: what was announced is everybody's, and an invitation is not.
func (a Actor) Sees(v Visit, now time.Time) bool { return v.StartsAt != nil || a.isInsider(v, now) }

// holds is by what right the actor changes the visit as its leader: nobody else's word moves it. Errors:
// fault.ReasonNotFound, and those of leads.
func (a Actor) holds(v Visit, now time.Time) (grant.Grant, error) {
	g, err := a.leads(now)
	if err != nil && !a.Sees(v, now) {
		err = fault.New(fault.ReasonNotFound)
	}
	return g, err
}

// check refuses a meeting that cannot be. Error: fault.ReasonInvalidInput.
func (m Meeting) check(now time.Time) error {
	switch {
	case !m.StartsAt.After(now):
		return fault.BadField("startsAt", "请选以后的时间。")
	case m.StartsAt.After(now.Add(Ahead)):
		return fault.BadField("startsAt", "请选两个月以内的日子。")
	case !m.EndsAt.After(m.StartsAt):
		return fault.BadField("endsAt", "结束要晚于开始。")
	case m.EndsAt.After(m.StartsAt.Add(Longest)) || !clock.Day(m.EndsAt.Add(-1)).Equal(clock.Day(m.StartsAt)):
		return fault.BadField("endsAt", "一次夜访最多四个小时，当天结束。")
	}
	return nil
}

// checkNotice refuses a visit that people hear of too late. Error: fault.ReasonInvalidInput.
func (m Meeting) checkNotice(now time.Time) error {
	if clock.Day(m.StartsAt).Before(clock.Day(now).AddDate(0, 0, DaysBefore)) {
		return fault.BadField("startsAt", "请至少提前两天约，大家才来得及知道。居民请来的不用提前。")
	}
	return nil
}

func (v *Visit) move(e state.Event) error {
	next, ok := state.Visit.Next(v.Status, e)
	if !ok {
		return fault.New(fault.ReasonVisitState)
	}
	v.Status = next
	return nil
}

// Schedule says where and when: of an invitation, or anew of a visit that is planned. Errors: those of take,
// fault.ReasonInvalidInput.
func (v *Visit) Schedule(by Actor, m Meeting, now time.Time) (grant.Grant, state.Event, error) {
	g, event, err := v.take(by, now)
	err = errors.Join(err, m.check(now))
	if v.OwnerID == 0 && (v.StartsAt == nil || !v.StartsAt.Equal(m.StartsAt)) {
		err = errors.Join(err, m.checkNotice(now))
	}
	v.StartsAt, v.EndsAt = &m.StartsAt, &m.EndsAt
	return g, event, err
}

// take makes the visit the actor's, whose word it is where and when. Errors: those of Actor.holds,
// fault.ReasonVisitState.
func (v *Visit) take(by Actor, now time.Time) (grant.Grant, state.Event, error) {
	event := state.EventEdit
	if v.Status == state.VisitInvited {
		event = state.EventAccept
	}
	g, err := by.holds(*v, now)
	if err != nil {
		return g, event, err
	}
	v.LeaderID = by.ID
	return g, event, v.move(event)
}

// Cancel says that nobody comes: an invitation is declined, or taken back by who made it. Errors: those of Actor.holds,
// fault.ReasonVisitState, fault.ReasonReasonRequired, fault.ReasonForbidden for who made it once it has a day.
func (v *Visit) Cancel(by Actor, reason string, now time.Time) (*id.Grant, state.Event, error) {
	if v.OwnerID == by.ID && v.Status == state.VisitInvited {
		return nil, state.EventWithdraw, v.move(state.EventWithdraw)
	}
	event := state.EventCancel
	if v.Status == state.VisitInvited {
		event = state.EventDecline
	}
	g, err := by.holds(*v, now)
	switch {
	case fault.Has(err, fault.ReasonNotYourCommunity) && v.OwnerID == by.ID:
		if err := v.move(event); err != nil {
			return nil, event, err
		}
		return nil, event, fault.New(fault.ReasonForbidden).Saying("时间已经约好，大家都看到了，要由来的领导取消。请把情况告诉社区。")
	case err != nil:
		return nil, event, err
	case reason == "":
		return nil, event, fault.New(fault.ReasonReasonRequired)
	}
	return &g.ID, event, v.move(event)
}

// Hold notes that it took place. A post of the place may write it down for the leader. Errors: those of Actor.holds,
// fault.ReasonVisitState.
func (v *Visit) Hold(by Actor, now time.Time) (grant.Grant, error) {
	g, err := by.holds(*v, now)
	if fault.Has(err, fault.ReasonNotYourCommunity) {
		if post, none := grant.EligibleRecorder(by.Grants, grant.Parties{}, now); none == nil {
			g, err = post, nil
		}
	}
	if err != nil {
		return g, err
	}
	if err := v.move(state.EventHold); err != nil {
		return g, err
	}
	if v.StartsAt.After(now) {
		return g, fault.New(fault.ReasonVisitState).Saying("还没到约好的时间。要改时间，请先改约。")
	}
	v.RecorderID, v.HeldAt = by.ID, &now
	return g, nil
}

// Close ends it once each of its needs has an end. Error: fault.ReasonVisitState.
func (v *Visit) Close(open int, now time.Time) error {
	if open > 0 {
		return fault.New(fault.ReasonVisitState)
	}
	v.ClosedAt = &now
	return v.move(state.EventClose)
}

// matter is the visit as the register has it. From its beginning on the leader is asked to write it down.
func (v Visit) matter() matter.Matter {
	m := matter.Matter{
		Noun: state.Visit.Noun, ID: int64(v.ID), Title: v.title(), Node: v.NodeID, Status: string(v.Status),
		Version: v.Version, Turns: []matter.Turn{}, Parties: []matter.Party{
			{Part: state.PartyOwner, Person: v.OwnerID}, {Part: state.PartyLeader, Person: v.LeaderID},
		},
	}
	turn := matter.Turn{Part: state.PartyLeader, Person: v.LeaderID}
	switch v.Status {
	case state.VisitInvited:
		turn.Asker, turn.Since = v.OwnerID, v.CreatedAt
		m.Turns = append(m.Turns, turn)
	case state.VisitPlanned:
		turn.Since, turn.OpensAt = *v.StartsAt, *v.StartsAt
		m.Turns = append(m.Turns, turn)
	case state.VisitHeld, state.VisitClosed, state.VisitCancelled:
	}
	return m
}

func (v Visit) title() string {
	if v.Subject == "" {
		return v.Place
	}
	return v.Subject
}
