// Package objection answers who says that an absence, the minutes of a record or
// the points of a wish are not what they should be, and puts them right.
package objection

import (
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/activity"
	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/state"
)

// Objection (异议) says that an absence, the minutes of a credited record, or one's
// points of a wish are not what they should be.
type Objection struct {
	ID          id.Objection          `db:"id"`
	UserID      id.User               `db:"user_id"`
	UserName    string                `db:"user_name"`
	NodeID      id.Node               `db:"node_id"`
	NodeName    string                `db:"node_name"`
	SignupID    *id.Signup            `db:"signup_id"` // one of the three
	RecordID    *id.Record            `db:"record_id"`
	ClaimID     *id.Claim             `db:"claim_id"`
	WishID      id.Wish               `db:"wish_id"`     // of the claim; 0: of none
	ActivityID  id.Activity           `db:"activity_id"` // 0: of a record without one
	Title       string                `db:"title"`       // of the activity or the record
	RecorderID  id.User               `db:"recorder_id"` // who recorded what it is about
	Recorder    string                `db:"recorder"`
	StartsAt    time.Time             `db:"starts_at"` // of the activity or the record
	EndsAt      time.Time             `db:"ends_at"`
	Minutes     int64                 `db:"minutes"`  // on record; 0: an absence, or points
	Promised    int64                 `db:"promised"` // the wish's points, to all together
	Points      int64                 `db:"points"`   // the person's of the wish
	Ruled       *int64                `db:"-"`        // what they are after all, once that is upheld
	MayDecide   bool                  `db:"-"`        // the reader decides it now; known of one alone
	pays        id.Event              // by which the claim pays what was ruled
	parties     []id.User             // whose wish it is, and who fulfilled it
	Text        string                `db:"text"`
	Answer      string                `db:"answer"`
	Status      state.ObjectionStatus `db:"status"`
	CreatedAt   time.Time             `db:"created_at"`
	DecidedAt   *time.Time            `db:"decided_at"`
	EscalatedAt *time.Time            `db:"escalated_at"`
	Version     int                   `db:"version"`
}

// EscalateAfter is how long an objection waits before the next level is told.
const EscalateAfter = 3 * 24 * time.Hour

// MaxText is the longest text, in characters.
const MaxText = letters.Objection

// Ruling is the answer to an objection.
type Ruling struct {
	Uphold bool
	Reason string // which the person reads
	// Minutes and the time from Start to End are what was; only to uphold. Without
	// a time it is the activity's or the record's.
	Minutes    int64
	Start, End *time.Time
	Points     *int64 // the person's of the wish, in the place of those
}

// share is what the person has of the wish after all. Error: fault.ReasonInvalidInput.
func (r Ruling) share(o Objection) (int64, error) {
	switch {
	case r.Points == nil:
		return 0, fault.BadField("points", "请写明应该记多少分。")
	case *r.Points > o.Promised:
		return 0, fault.BadField("points", fmt.Sprintf("这件心愿一共 %d 分，一个人不会更多。", o.Promised))
	case *r.Points == o.Points:
		return 0, fault.BadField("points", "和现在记的一样。不用改的话，请选“不改”。")
	}
	return *r.Points, nil
}

// span is where the ruling's minutes lie. Error: fault.ReasonInvalidInput.
func (r Ruling) span(o Objection) (clock.Period, error) {
	s := clock.Period{From: o.StartsAt, Until: o.EndsAt}
	if r.Start != nil {
		s.From = r.Start.UTC().Truncate(time.Millisecond)
	}
	if r.End != nil {
		s.Until = r.End.UTC().Truncate(time.Millisecond)
	}
	switch {
	case r.Minutes < 1:
		return s, fault.BadField("minutes", "请写明实际服务了多少分钟。")
	case s.From.Before(o.StartsAt) && o.ActivityID != 0 && o.SignupID != nil,
		s.Until.After(o.EndsAt) && o.ActivityID != 0 && o.SignupID != nil:
		return s, fault.BadField("startedAt", "时间要在活动开始和结束之间。")
	case int64(s.Minutes()) < r.Minutes:
		return s, fault.BadField("minutes", "时长不能超过这段时间本身。")
	}
	return s, nil
}

// Decide rules on the objection, by staff who is neither the volunteer nor who
// recorded it. Errors: fault.ReasonNotFound for whom it is none of their
// business, fault.ReasonForbidden, fault.ReasonPartyToMatter,
// fault.ReasonReasonRequired, fault.ReasonObjectionState.
func (o *Objection) Decide(by activity.Actor, r Ruling, now time.Time) (grant.Grant, error) {
	g, err := o.decider(by, now)
	switch {
	case err != nil:
		return g, err
	case r.Reason == "":
		return g, fault.New(fault.ReasonReasonRequired)
	}
	name := state.EventDismiss
	if r.Uphold {
		name = state.EventUphold
	}
	next, ok := state.Objection.Next(o.Status, name)
	if !ok {
		return g, fault.New(fault.ReasonObjectionState)
	}
	o.Status, o.Answer, o.DecidedAt = next, r.Reason, &now
	return g, nil
}

// decider is the grant by which the actor decides. Errors: as Decide, as far as
// they are about who decides.
func (o Objection) decider(by activity.Actor, now time.Time) (grant.Grant, error) {
	people := grant.Parties{Personal: append(o.parties, o.UserID), Office: []id.User{o.RecorderID}}
	g, refused := grant.Eligible(by.Grants, people, now)
	switch {
	case !o.sees(by, now):
		return g, fault.New(fault.ReasonNotFound)
	case slices.Contains(append(people.Personal, o.RecorderID), by.ID) || fault.Has(refused, fault.ReasonPartyToMatter):
		return g, fault.New(fault.ReasonPartyToMatter)
	case refused != nil:
		return g, fault.New(fault.ReasonForbidden)
	}
	return g, nil
}

// sees tells whether the objection exists for the actor.
func (o Objection) sees(by activity.Actor, now time.Time) bool {
	return by.ID == o.UserID || by.ID == o.RecorderID || by.Grants.Reads(now)
}

// Escalate has the next level told. Error: fault.ReasonObjectionState, also when
// it is not yet time, or done.
func (o *Objection) Escalate(now time.Time) error {
	if o.Status != state.ObjectionOpen || o.EscalatedAt != nil || now.Before(o.CreatedAt.Add(EscalateAfter)) {
		return fault.New(fault.ReasonObjectionState)
	}
	o.EscalatedAt = &now
	return nil
}

// matter is the objection as the register has it: named by the record or the
// activity that it is about. Who recorded that is a party, too, and does not decide.
func (o Objection) matter() matter.Matter {
	m := matter.Matter{
		Noun: state.Objection.Noun, ID: int64(o.ID), OfNoun: state.Activity.Noun, OfID: int64(o.ActivityID),
		Node: o.NodeID, Desk: o.NodeID, Status: string(o.Status), Version: o.Version,
		Parties: []matter.Party{
			{Part: state.PartyVolunteer, Person: o.UserID}, {Part: state.PartyRecorder, Person: o.RecorderID},
		},
		Turns: []matter.Turn{},
	}
	if o.Status == state.ObjectionOpen {
		m.Turns = append(m.Turns, matter.Decide(o.NodeID, o.CreatedAt))
	}
	if o.RecordID != nil {
		m.OfNoun, m.OfID = state.Record.Noun, int64(*o.RecordID)
	}
	if o.ClaimID != nil {
		m.OfNoun, m.OfID = state.Wish.Noun, int64(o.WishID)
	}
	for _, p := range o.parties {
		m.Parties = append(m.Parties, matter.Party{Person: p, Personal: true})
	}
	return m
}
