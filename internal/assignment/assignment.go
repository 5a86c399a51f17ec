// Package assignment is 交办: a body owes a named deed by a time, and somebody else says whether it is done. A whistle is
// one, and so is whatever else one body asks of another, for a matter of any noun.
//
// This file holds the rules, pure. The clock runs from the sending; a refusal goes back to the sender and never to a
// resident; after two refusals in a row the third sending cannot be refused.
package assignment

import (
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
	"xinyuan/internal/term"
)

// Assignment is what a body owes.
type Assignment struct {
	ID         id.Assignment `db:"id"`
	OriginNoun string        `db:"origin_noun"` // the matter that it is for
	OriginID   int64         `db:"origin_id"`
	Kind       Kind          `db:"kind"`
	From       id.Node       `db:"from_id"`
	To         id.Node       `db:"to_id"`
	What       string        `db:"what"`
	Clause     string        `db:"clause"`        // of the duty list, or why none names it
	Duty       id.Duty       `db:"duty_id"`       // the line of the duty list that it stands on; 0: none
	Admission  id.Admission  `db:"admission_id"`  // likewise
	Unadmitted bool          `db:"is_unadmitted"` // it was refused because it stands on nothing
	Term       term.Code     `db:"term_code"`
	SenderID   id.User       `db:"sender_id"`
	WorkerID   id.User       `db:"worker_id"`   // who does it; 0: nobody has said so yet
	ReporterID id.User       `db:"reporter_id"` // 0: nobody yet
	VerifierID id.User       `db:"verifier_id"` // 0: nobody yet
	ChainID    id.Assignment `db:"chain_id"`    // the first of the sendings that follow one another after refusals
	Refusals   int           `db:"refusals"`    // how many of them were refused before this one
	FollowedAt *time.Time    `db:"followed_at"` // when a refused one was sent on
	Bound      bool          `db:"is_bound"`    // it cannot be refused
	Returns    int           `db:"returns"`
	Extended   bool          `db:"is_extended"`
	Stage      int           `db:"stage"` // of its time that it was told of: 1 at 80 %, 2 at 100 %, 3 at 200 %
	SentAt     time.Time     `db:"sent_at"`
	AcceptBy   time.Time     `db:"accept_by"`
	SoonAt     time.Time     `db:"soon_at"`
	DueAt      time.Time     `db:"due_at"`
	TwiceAt    time.Time     `db:"twice_at"`
	AcceptedAt *time.Time    `db:"accepted_at"`
	ReportedAt *time.Time    `db:"reported_at"`
	VerifiedAt *time.Time    `db:"verified_at"`
	EndedAt    *time.Time    `db:"ended_at"` // refused or cancelled
	Answer     string        `db:"answer"`   // what was done, or why not

	Status  state.AssignmentStatus `db:"status"`
	Version int                    `db:"version"`

	Names
}

// Names are what people read in the place of ids; only views read them.
type Names struct {
	FromName     string `db:"from_name"`
	ToName       string `db:"to_name"`
	WorkerName   string `db:"worker_name"`
	DutyNumber   int    `db:"duty_number"`
	OriginNumber string `db:"origin_number"`
	OriginStatus string `db:"origin_status"`
}

// MaxRefusals is how many sendings of a row may be refused. The next one binds.
const MaxRefusals = 2

// UndoWithin is how long after it a verification is undone.
const UndoWithin = 30 * 24 * time.Hour

// Actor is who acts, with the grants at both ends.
type Actor struct {
	ID       id.User
	Sender   grant.Grants // where it was sent from, posts included
	Receiver grant.Grants // where it was sent to
}

// answers is the grant by which the actor answers for the receiver.
func (a Actor) answers(now time.Time) (grant.Grant, bool) {
	for _, g := range a.Receiver {
		if g.IsInForce(now) && g.Distance == 0 && (g.Role == id.RoleResponder || g.Role.Decides()) {
			return g, true
		}
	}
	return grant.Grant{}, false
}

// asks is the grant by which the actor answers for the department that has sent it.
func (a Actor) asks(now time.Time) (grant.Grant, bool) { return a.Sender.ForUnit(now) }

// Sees tells whether the actor may know of it: who answers for the receiver or for a department that has sent it, and
// whoever sees all at the sender's.
func (a Actor) Sees(now time.Time) bool {
	_, answers := a.answers(now)
	_, asks := a.asks(now)
	return answers || asks || a.Sender.Reads(now)
}

// IsAsked tells whether a department has sent it, and nobody who decides: it stands on the duty list or an admission
// alone, and is for no other matter.
func (a *Assignment) IsAsked() bool {
	return a.OriginNoun == OriginDuty || a.OriginNoun == state.Admission.Noun
}

// OriginDuty is what an assignment is for that stands on a line of the duty list alone.
const OriginDuty = "duty"

func (a *Assignment) move(e state.Event) error {
	next, ok := state.Assignment.Next(a.Status, e)
	if !ok {
		return fault.New(fault.ReasonAssignmentState)
	}
	a.Status = next
	return nil
}

// byReceiver is the grant by which the actor answers for the receiver. Errors: fault.ReasonNotFound for whom it does
// not exist, fault.ReasonNotYourCommunity.
func (a *Assignment) byReceiver(by Actor, now time.Time) (grant.Grant, error) {
	g, ok := by.answers(now)
	switch {
	case ok:
		return g, nil
	case by.Sees(now):
		return g, fault.New(fault.ReasonNotYourCommunity).Saying("这一单由接单的单位来办。")
	}
	return g, fault.New(fault.ReasonNotFound)
}

// bySender is the grant by which the actor decides where it was sent from, at least so many levels above. Errors:
// fault.ReasonNotFound for whom it does not exist, and those of grant.Eligible.
func (a *Assignment) bySender(by Actor, level int, now time.Time) (grant.Grant, error) {
	if !by.Sees(now) {
		return grant.Grant{}, fault.New(fault.ReasonNotFound)
	}
	if !a.IsAsked() {
		return grant.Eligible(by.Sender.AtOrAbove(level), a.workers(), now)
	}
	if level > 0 {
		return a.byOverseer(by, now)
	}
	g, ok := by.asks(now)
	switch {
	case !ok:
		return g, fault.New(fault.ReasonNotYourCommunity).Saying("这一单由派出的单位来定。")
	case by.ID == a.WorkerID || by.ID == a.ReporterID:
		return g, fault.New(fault.ReasonPartyToMatter)
	}
	return g, nil
}

// byOverseer is the grant by which the actor decides above both ends. Errors: those of grant.Eligible.
func (a *Assignment) byOverseer(by Actor, now time.Time) (grant.Grant, error) {
	above := slices.DeleteFunc(by.Sender.AtOrAbove(1), func(one grant.Grant) bool {
		return !slices.ContainsFunc(by.Receiver, func(r grant.Grant) bool { return r.ID == one.ID && r.Distance > 0 })
	})
	return grant.Eligible(above, a.workers(), now)
}

// workers are who did the work: they do not judge it.
func (a *Assignment) workers() grant.Parties {
	return grant.Parties{Office: []id.User{a.WorkerID, a.ReporterID}}
}

// Accept says who does it. Errors: those of byReceiver, fault.ReasonAssignmentState.
func (a *Assignment) Accept(by Actor, now time.Time) (grant.Grant, error) {
	g, err := a.byReceiver(by, now)
	if err != nil {
		return g, err
	}
	a.WorkerID, a.AcceptedAt = by.ID, &now
	return g, a.move(state.EventAccept)
}

// Refuse sends it back. Errors: those of byReceiver, fault.ReasonAssignmentState, fault.ReasonRefusalLate after the
// time to answer, fault.ReasonAssignmentBound for one that cannot be refused.
func (a *Assignment) Refuse(by Actor, now time.Time) (grant.Grant, error) {
	g, err := a.byReceiver(by, now)
	if err != nil {
		return g, err
	}
	if err := a.move(state.EventRefuse); err != nil {
		return g, err
	}
	switch {
	case a.Bound:
		return g, fault.New(fault.ReasonAssignmentBound)
	case now.After(a.AcceptBy):
		return g, fault.New(fault.ReasonRefusalLate)
	}
	a.EndedAt = &now
	return g, nil
}

// Decline says that nothing admits what a department or a street asks, which no time and no binding takes from a
// community. Errors: those of byReceiver, fault.ReasonNotYourCommunity for units, whom everybody may ask,
// fault.ReasonAssignmentState.
func (a *Assignment) Decline(by Actor, now time.Time) (grant.Grant, error) {
	g, err := a.byReceiver(by, now)
	if err != nil {
		return g, err
	}
	if g.NodeKind != org.KindStreet && !g.NodeKind.TakesWishes() {
		return g, fault.New(fault.ReasonNotYourCommunity).Saying("只有社区、村和街道能说没有准入。")
	}
	a.Unadmitted, a.EndedAt = true, &now
	return g, a.move(state.EventRefuse)
}

// Bind settles whose it is, for good. Errors: fault.ReasonNotFound for whom it does not exist,
// fault.ReasonNotYourCommunity for who does not decide above both ends, fault.ReasonAssignmentState.
func (a *Assignment) Bind(by Actor, now time.Time) (grant.Grant, error) {
	g, err := a.bySender(by, 1, now)
	if err != nil {
		return g, err
	}
	if g, err = a.byOverseer(by, now); err != nil {
		return g, err
	}
	a.Bound, a.AcceptedAt = true, &now
	return g, a.move(state.EventBind)
}

// Report says that it is done. Errors: those of byReceiver, fault.ReasonAssignmentState.
func (a *Assignment) Report(by Actor, now time.Time) (grant.Grant, error) {
	g, err := a.byReceiver(by, now)
	if err != nil {
		return g, err
	}
	a.ReporterID, a.ReportedAt = by.ID, &now
	if a.WorkerID == 0 { // bound to the body and to nobody in it
		a.WorkerID = by.ID
	}
	return g, a.move(state.EventReport)
}

// Verify says that it is done indeed: who decides where it was sent from, or a post there who has looked, and nobody
// who did it. Errors: fault.ReasonNotFound for whom it does not exist, those of grant.EligibleRecorder,
// fault.ReasonAssignmentState.
func (a *Assignment) Verify(by Actor, now time.Time) (grant.Grant, error) {
	g, err := a.byWhoLooked(by, now)
	if err != nil {
		return g, err
	}
	a.VerifierID, a.VerifiedAt = by.ID, &now
	return g, a.move(state.EventVerify)
}

// byWhoLooked is the grant by which the actor says whether it is done: of a department's, who answers for that.
func (a *Assignment) byWhoLooked(by Actor, now time.Time) (grant.Grant, error) {
	if a.IsAsked() {
		return a.bySender(by, 0, now)
	}
	if !by.Sees(now) {
		if _, err := grant.EligibleRecorder(by.Sender, grant.Parties{}, now); err != nil {
			return grant.Grant{}, fault.New(fault.ReasonNotFound)
		}
	}
	return grant.EligibleRecorder(by.Sender, a.workers(), now)
}

// Return says that it is not done yet. The second time only the level above says so. Errors: those of bySender,
// fault.ReasonAssignmentState.
func (a *Assignment) Return(by Actor, now time.Time) (grant.Grant, error) {
	level := 0
	if a.Status == state.AssignmentReported { // else somebody was faster, which the first level is told, too
		level = min(a.Returns, 1)
	}
	g, err := a.bySender(by, level, now)
	if err != nil {
		return g, err
	}
	a.Returns++
	a.ReporterID, a.ReportedAt = 0, nil
	return g, a.move(state.EventReturn)
}

// Extend gives it more time, once, before 80 percent of it is gone and up to twice the time: the level above the
// sender, and for the county another person of it. Errors: those of bySender, fault.ReasonAssignmentState,
// fault.ReasonExtensionLate, fault.ReasonInvalidInput.
func (a *Assignment) Extend(by Actor, until time.Time, now time.Time) (grant.Grant, error) {
	g, err := a.bySender(by, 0, now)
	if err != nil {
		return g, err
	}
	if g.Distance == 0 && g.NodeKind != "county" {
		if g, err = a.bySender(by, 1, now); err != nil {
			return g, err
		}
	}
	if err := a.move(state.EventExtend); err != nil {
		return g, err
	}
	switch {
	case by.ID == a.SenderID:
		return g, fault.New(fault.ReasonPartyToMatter)
	case a.Extended || a.Stage > 0 || !now.Before(a.SoonAt):
		return g, fault.New(fault.ReasonExtensionLate)
	case !until.After(a.DueAt) || until.After(a.TwiceAt):
		return g, fault.BadField("until", "请选比原来晚的日子，最多再给一倍的时间。")
	}
	a.Extended, a.DueAt = true, until.UTC()
	return g, nil
}

// Undo takes back that it is done, because what it is for came back after that: within 30 days, while that is in work
// and the receiver does not lead it anew. Errors: those of bySender, fault.ReasonAssignmentState.
func (a *Assignment) Undo(by Actor, of Origin, now time.Time) (grant.Grant, error) {
	g, err := a.bySender(by, 0, now)
	if err != nil {
		return g, err
	}
	if err := a.move(state.EventUndo); err != nil {
		return g, err
	}
	leads := func(o Assignment) bool { return o.To == a.To && o.Kind == KindLead }
	switch {
	case now.Sub(*a.VerifiedAt) > UndoWithin:
		return g, fault.New(fault.ReasonAssignmentState).Saying("核过超过三十天了，请另派一单。")
	case !of.InWork:
		return g, fault.New(fault.ReasonAssignmentState).Saying("这件事现在不在办。居民说没好、要接着办，才能重新核。")
	case !of.CameBack:
		return g, fault.New(fault.ReasonAssignmentState).Saying("核过以后，居民没有说又坏了或者没好。还要对方办的，请另派一单。")
	case a.Kind == KindLead && slices.ContainsFunc(of.Live, leads):
		return g, fault.New(fault.ReasonAssignmentState).Saying("对方手上已经有新的一单，不用再退回这一单。")
	}
	a.VerifierID, a.VerifiedAt = 0, nil
	return g, nil
}

// Cancel takes it back. Errors: those of bySender, fault.ReasonAssignmentState.
func (a *Assignment) Cancel(by Actor, now time.Time) (grant.Grant, error) {
	g, err := a.bySender(by, 0, now)
	if err != nil {
		return g, err
	}
	return g, a.end(now)
}

// end cancels it, by whoever ends what it is for.
func (a *Assignment) end(now time.Time) error {
	a.EndedAt = &now
	return a.move(state.EventCancel)
}

// Tell goes on to the next stage of its time that has come, and returns the event that says so. Error:
// fault.ReasonAssignmentState when nothing has come, or somebody was faster.
func (a *Assignment) Tell(now time.Time) (state.Event, error) {
	stages := []time.Time{a.SoonAt, a.DueAt, a.TwiceAt}
	reached := a.Stage
	for reached < len(stages) && !now.Before(stages[reached]) {
		reached++
	}
	if reached == a.Stage {
		return "", fault.New(fault.ReasonAssignmentState)
	}
	a.Stage = reached
	event := state.EventEscalate
	if reached == 1 {
		event = state.EventRemind
	}
	return event, a.move(event)
}

// IsLate tells whether it is owed and its time is over.
func (a *Assignment) IsLate(now time.Time) bool {
	return (a.Status == state.AssignmentSent || a.Status == state.AssignmentWorking) && now.After(a.DueAt)
}
