package duty

import (
	"errors"
	"fmt"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/state"
	"xinyuan/internal/term"
)

// Admission is a department's leave to give communities work for some days.
type Admission struct {
	ID        id.Admission `db:"id"`
	UnitID    id.Node      `db:"unit_id"` // the department
	NodeID    id.Node      `db:"node_id"` // where: a community, a street, or the county
	DeskID    id.Node      `db:"desk_id"` // the county
	AskerID   id.User      `db:"asker_id"`
	What      string       `db:"what"`
	Helpers   int          `db:"helpers"` // people whom the department sends along
	Money     int          `db:"money"`   // in yuan, which it gives for it
	From      time.Time    `db:"from_at"`
	Until     time.Time    `db:"until_at"` // the first moment it is over
	AskedAt   time.Time    `db:"asked_at"`
	LapseAt   time.Time    `db:"lapse_at"`
	DecidedAt *time.Time   `db:"decided_at"`
	EndedAt   *time.Time   `db:"ended_at"`

	Status  state.AdmissionStatus `db:"status"`
	Version int                   `db:"version"`

	UnitName string `db:"unit_name"` // only views read the names
	NodeName string `db:"node_name"`
}

// How many working days before its first day an admission is asked for, and after how many without a decision it is
// refused.
const (
	DaysAhead  = 30
	DaysDecide = 15
)

// MaxDays is how long an admission may last: a year, then the department asks anew.
const MaxDays = 366

// Draft is what a department asks for.
type Draft struct {
	UnitID, NodeID id.Node
	What           string
	Reason         string
	Helpers, Money int
	From, Until    time.Time // days, the last one included
}

// check trims the texts and refuses what nobody can be admitted to. Error: fault.ReasonInvalidInput.
func (d *Draft) check() error {
	err := errors.Join(fault.NeedText(&d.What, "what", "要请社区做的事", letters.Assignment),
		fault.NeedText(&d.Reason, "reason", "为什么要请社区帮忙", letters.Reason))
	switch {
	case err != nil:
		return err
	case d.Until.Before(d.From):
		return fault.BadField("until", "结束的日子不能早于开始。")
	case d.Until.Sub(d.From) > MaxDays*24*time.Hour:
		return fault.BadField("until", "一次最多申请一年，到期再申请。")
	}
	return nil
}

// ask is the admission that a department asks for now. Error: fault.ReasonInvalidInput for one that begins too soon.
func (d *Draft) ask(book *term.Book, now time.Time) (Admission, error) {
	a := Admission{
		UnitID: d.UnitID, NodeID: d.NodeID, What: d.What, Helpers: d.Helpers, Money: d.Money,
		From: clock.Date(d.From).UTC(), Until: clock.NextDay(clock.Date(d.Until)).UTC(), AskedAt: now,
		LapseAt: book.Workdays(now, DaysDecide), Status: state.Admission.Initial, Version: 1,
	}
	earliest := book.Workdays(clock.Day(now), DaysAhead)
	if a.From.Before(earliest) {
		day := earliest.In(clock.Shanghai)
		return a, fault.BadField("from", fmt.Sprintf("要提前 %d 个工作日申请，最早从 %d 月 %d 日开始。",
			DaysAhead, day.Month(), day.Day()))
	}
	return a, nil
}

// Actor is who acts, with the grants from the county's desk, from the department and from where it reaches.
type Actor struct {
	ID    id.User
	Desk  grant.Grants
	Unit  grant.Grants
	Place grant.Grants
}

// asks is the grant by which the actor answers for the department.
func (a Actor) asks(now time.Time) (grant.Grant, bool) { return a.Unit.ForUnit(now) }

// Sees tells whether the actor may know of it: who answers for the department, and whoever sees all where it reaches.
func (a Actor) Sees(now time.Time) bool {
	_, asks := a.asks(now)
	return asks || a.Place.Reads(now) || a.Desk.Reads(now)
}

func (a *Admission) move(e state.Event) error {
	next, ok := state.Admission.Next(a.Status, e)
	if !ok {
		return fault.New(fault.ReasonAdmissionState)
	}
	a.Status = next
	return nil
}

// byCounty is the grant by which the actor decides about it. Errors: fault.ReasonNotFound for whom it does not exist,
// and those of grant.Eligible.
func (a *Admission) byCounty(by Actor, now time.Time) (grant.Grant, error) {
	if !by.Sees(now) {
		return grant.Grant{}, fault.New(fault.ReasonNotFound)
	}
	return grant.Eligible(by.Desk, grant.Parties{Office: []id.User{a.AskerID}}, now)
}

// Decide admits it, or refuses. Errors: those of byCounty, fault.ReasonAdmissionState.
func (a *Admission) Decide(by Actor, admit bool, now time.Time) (grant.Grant, error) {
	g, err := a.byCounty(by, now)
	if err != nil {
		return g, err
	}
	a.DecidedAt = &now
	if admit {
		return g, a.move(state.EventApprove)
	}
	return g, a.move(state.EventRefuse)
}

// Lapse refuses it because nobody has decided in time. Error: fault.ReasonAdmissionState when somebody was faster.
func (a *Admission) Lapse(now time.Time) error {
	if now.Before(a.LapseAt) {
		return fault.New(fault.ReasonAdmissionState)
	}
	a.DecidedAt = &now
	return a.move(state.EventLapse)
}

// Withdraw takes it back. Errors: those of byUnit, fault.ReasonAdmissionState.
func (a *Admission) Withdraw(by Actor, now time.Time) (grant.Grant, error) {
	g, err := a.byUnit(by, now)
	if err != nil {
		return g, err
	}
	a.EndedAt = &now
	return g, a.move(state.EventWithdraw)
}

// byUnit is the grant by which the actor answers for the department. Errors: fault.ReasonNotFound for whom it does not
// exist, fault.ReasonNotYourCommunity.
func (a *Admission) byUnit(by Actor, now time.Time) (grant.Grant, error) {
	g, ok := by.asks(now)
	switch {
	case ok:
		return g, nil
	case by.Sees(now):
		return g, fault.New(fault.ReasonNotYourCommunity).Saying("这件事由申请的单位来定。")
	}
	return g, fault.New(fault.ReasonNotFound)
}

// End ends it before its last day: the department does, and the county. Errors: those of byCounty,
// fault.ReasonAdmissionState.
func (a *Admission) End(by Actor, now time.Time) (grant.Grant, error) {
	g, ok := by.asks(now)
	if !ok {
		var err error
		if g, err = a.byCounty(by, now); err != nil {
			return g, err
		}
	}
	if !now.Before(a.Until) {
		return g, fault.New(fault.ReasonAdmissionState)
	}
	a.EndedAt = &now
	return g, a.move(state.EventEnd)
}

// IsInForce tells whether the department may send by it now.
func (a *Admission) IsInForce(now time.Time) bool {
	return a.Status == state.AdmissionAdmitted && !now.Before(a.From) && now.Before(a.Until)
}
