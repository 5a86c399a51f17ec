package need

import (
	"slices"
	"time"

	"xinyuan/internal/assignment"
	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
	"xinyuan/internal/term"
)

// run starts the term anew: share percent of it, from now.
func (n *Need) run(book *term.Book, share int, now time.Time) error {
	n.TermFrom, n.TermShare, n.WaitsSince, n.RaisedAt = now, share, now, nil
	due, err := book.Due(n.Term, now, share)
	n.AcceptBy, n.DueAt = due.Accept, due.Work
	return err
}

// Accept leads it. A shorter term needs a reason, and a longer one there is none. Errors: those of Actor.decides,
// fault.ReasonNeedState, fault.ReasonInvalidInput, fault.ReasonReasonRequired.
func (n *Need) Accept(by Actor, shorter term.Code, reason string, book *term.Book, now time.Time) (grant.Grant, error) {
	g, err := by.decides(*n, 0, now)
	if err != nil {
		return g, err
	}
	n.HandlerID, n.RaisedAt = by.ID, nil
	if shorter != "" && shorter != n.Term {
		rank := func(c term.Code) int { return slices.Index(term.Codes(), c) }
		switch {
		case rank(shorter) < 0 || rank(shorter) > rank(n.Term):
			return g, fault.BadField("term", "期限只能改短，不能改长。")
		case reason == "":
			return g, fault.New(fault.ReasonReasonRequired)
		}
		n.Term = shorter
		due, err := book.Due(n.Term, n.TermFrom, n.TermShare)
		if err != nil {
			return g, err
		}
		n.DueAt = due.Work
	}
	return g, n.move(state.EventAccept)
}

// Reject says that it does not belong here. Errors: those of Actor.decides, fault.ReasonNeedState,
// fault.ReasonInvalidInput.
func (n *Need) Reject(by Actor, why Rejection, where string, now time.Time) (grant.Grant, error) {
	g, err := by.decides(*n, 0, now)
	switch {
	case err != nil:
		return g, err
	case !slices.Contains(Rejections(), why):
		return g, fault.BadField("rejection", "请从给出的原因里选。")
	case where == "":
		return g, fault.New(fault.ReasonReasonRequired).Saying("请写清楚这件事该找谁，居民会看到。")
	}
	n.Rejected = &why
	return g, n.move(state.EventReject)
}

// Edit says it once more, for the next level to look at. Errors: those of Actor.owns, fault.ReasonNeedState.
func (n *Need) Edit(by Actor, next id.Node, book *term.Book, now time.Time) error {
	if err := by.owns(*n, now); err != nil {
		return err
	}
	if err := n.move(state.EventEdit); err != nil {
		return err
	}
	if n.Edits > 0 {
		return fault.New(fault.ReasonNeedState).Saying("已经请上一级看过一次了。还有话说，可以提投诉建议，或者打电话。")
	}
	n.Edits, n.DeskID, n.Rejected = 1, next, nil
	return n.run(book, 100, now)
}

// Withdraw takes it back, unless what others have said goes on as it. Errors: those of Actor.owns,
// fault.ReasonNeedState.
func (n *Need) Withdraw(by Actor, now time.Time) error {
	if err := by.owns(*n, now); err != nil {
		return err
	}
	if err := n.move(state.EventWithdraw); err != nil {
		return err
	}
	if by.Joined > 0 {
		return fault.New(fault.ReasonNeedState).Saying("别人说的同一件事也并在这里办，不能撤回。")
	}
	return nil
}

// Dispatch asks other bodies to do their part. Errors: those of Actor.decides, fault.ReasonNeedState.
func (n *Need) Dispatch(by Actor, now time.Time) (grant.Grant, error) {
	g, err := by.decides(*n, 0, now)
	if err != nil {
		return g, err
	}
	n.lead(by)
	return g, n.move(state.EventDispatch)
}

// lead makes who does something about a need without a lead its lead.
func (n *Need) lead(by Actor) {
	if n.HandlerID == 0 {
		n.HandlerID = by.ID
	}
}

// Respond answers it. Errors: those of Actor.decides, fault.ReasonNeedState, fault.ReasonNeedOpenWork,
// fault.ReasonInvalidInput.
func (n *Need) Respond(by Actor, result Result, live []assignment.Assignment, now time.Time) (grant.Grant, error) {
	g, err := by.decides(*n, 0, now)
	if err != nil {
		return g, err
	}
	if !slices.Contains(Results(), result) {
		return g, fault.BadField("result", "请选解决了、一部分，或者说明了情况。")
	}
	if err := n.move(state.EventAnswer); err != nil {
		return g, err
	}
	if slices.ContainsFunc(live, func(a assignment.Assignment) bool { return a.Kind == assignment.KindLead }) {
		return g, fault.New(fault.ReasonNeedOpenWork)
	}
	n.lead(by)
	n.Result, n.AnsweredBy, n.AnsweredAt = &result, by.ID, &now
	n.BackAt, n.RaisedAt, n.Calls, n.CalledAt = nil, nil, 0, nil
	return g, nil
}

// speaks is by what right the actor says the resident's word: nil as the owner, else the grant. Errors: those of
// Actor.owns and Actor.asks.
func (n *Need) speaks(by Actor, onBehalf bool, now time.Time) (*id.Grant, error) {
	if !onBehalf {
		err := by.owns(*n, now)
		if n.OwnerID == 0 && by.Sees(*n, now) { // whoever wrote it down asks them
			err = fault.BadField("onBehalf", "请写明是怎么问的。")
		}
		return nil, err
	}
	g, err := by.asks(*n, now)
	return &g.ID, err
}

// Confirm closes it with the resident's word. Errors: those of speaks, fault.ReasonNeedState, fault.ReasonInvalidInput.
func (n *Need) Confirm(by Actor, word Solved, satisfied *bool, onBehalf bool, now time.Time) (*id.Grant, error) {
	g, err := n.speaks(by, onBehalf, now)
	if err != nil {
		return g, err
	}
	if !slices.Contains([]Solved{SolvedYes, SolvedPartly, SolvedNo}, word) {
		return g, fault.BadField("solved", "请选解决了、一部分，或者没有。")
	}
	if g != nil {
		n.AskerID = by.ID
	}
	n.Solved, n.Satisfied, n.ClosedAt = &word, satisfied, &now
	return g, n.move(state.EventConfirm)
}

// Return asks to go on: half the term, and the second time one level above. Errors: those of speaks,
// fault.ReasonNeedState.
func (n *Need) Return(by Actor, onBehalf bool, next id.Node, book *term.Book, now time.Time) (*id.Grant, error) {
	g, err := n.speaks(by, onBehalf, now)
	if err != nil {
		return g, err
	}
	if err := n.move(state.EventReturn); err != nil {
		return g, err
	}
	if n.Returns++; n.Returns > 1 {
		n.DeskID, n.HandlerID = next, 0
	}
	n.Result, n.CameBackAt = nil, &now
	return g, n.run(book, 50, now)
}

// MissCall notes that nobody answered the phone; one a day counts. Errors: those of Actor.asks, fault.ReasonNeedState.
func (n *Need) MissCall(by Actor, now time.Time) (grant.Grant, error) {
	g, err := by.asks(*n, now)
	if err != nil {
		return g, err
	}
	if err := n.move(state.EventMissCall); err != nil {
		return g, err
	}
	if n.CalledAt != nil && clock.Day(*n.CalledAt).Equal(clock.Day(now)) {
		return g, fault.New(fault.ReasonNeedState).Saying("今天已经记过一次，请改天再打。")
	}
	n.Calls, n.CalledAt = n.Calls+1, &now
	return g, nil
}

// Lapse closes it without a word, after calls on three days: never as solved. Errors: those of Actor.decides,
// fault.ReasonPartyToMatter for who worked on it, fault.ReasonNeedState.
func (n *Need) Lapse(by Actor, now time.Time) (grant.Grant, error) {
	g, err := by.decides(*n, 0, now)
	switch {
	case err != nil:
		return g, err
	case by.ID == n.HandlerID || by.ID == n.AnsweredBy || slices.Contains(by.Workers, by.ID):
		return g, fault.New(fault.ReasonPartyToMatter)
	}
	if err := n.move(state.EventLapse); err != nil {
		return g, err
	}
	if n.Calls < CallsToLapse {
		return g, fault.New(fault.ReasonNeedState).Saying("要在三天里各打过一次电话，才能按没联系上办结。")
	}
	unknown := SolvedUnknown
	n.Solved, n.ClosedAt = &unknown, &now
	return g, nil
}

// checkReview refuses a day of review that is not ahead, or too far.
func checkReview(at, now time.Time) error {
	if !at.After(now) || at.After(now.Add(ReviewWithin)) {
		return fault.BadField("reviewAt", "请选一个以后的日子，最晚九十天。")
	}
	return nil
}

// Suspend puts it off until a day, one level above. Errors: those of Actor.decides, fault.ReasonNeedState,
// fault.ReasonInvalidInput.
func (n *Need) Suspend(by Actor, review, now time.Time) (grant.Grant, error) {
	g, err := by.decides(*n, 1, now)
	if err == nil {
		err = checkReview(review, now)
	}
	if err != nil {
		return g, err
	}
	n.ReviewAt, n.RaisedAt = &review, nil
	return g, n.move(state.EventSuspend)
}

// Resume goes on before the day. Errors: those of Actor.decides, fault.ReasonNeedState.
func (n *Need) Resume(by Actor, book *term.Book, now time.Time) (grant.Grant, error) {
	g, err := by.decides(*n, 0, now)
	if err != nil {
		return g, err
	}
	return g, n.Again(state.EventResume, book, now)
}

// Again takes up what waited, or what could not be done, with a term of its own. Error: fault.ReasonNeedState.
func (n *Need) Again(e state.Event, book *term.Book, now time.Time) error {
	if err := n.move(e); err != nil {
		return err
	}
	n.ReviewAt = nil
	return n.run(book, 100, now)
}

// Concede says that it cannot be done now, one level above. Errors: as Suspend.
func (n *Need) Concede(by Actor, review, now time.Time) (grant.Grant, error) {
	g, err := by.decides(*n, 1, now)
	if err == nil {
		err = checkReview(review, now)
	}
	if err != nil {
		return g, err
	}
	n.ReviewAt = &review
	return g, n.move(state.EventConcede)
}

// Reopen says that it came back: within 30 days and once, or with a new fact where it could not be done. Errors:
// those of Actor.owns, fault.ReasonNeedState.
func (n *Need) Reopen(by Actor, book *term.Book, now time.Time) error {
	if err := by.owns(*n, now); err != nil {
		return err
	}
	if n.Status == state.NeedClosed {
		switch {
		case n.Reopens > 0:
			return fault.New(fault.ReasonNeedState).Saying("已经重新办过一次了。还没解决，请另说一件，或者打电话。")
		case now.Sub(*n.ClosedAt) > ReopenWithin:
			return fault.New(fault.ReasonNeedState).Saying("办结超过三十天了，请另说一件。")
		}
		n.Reopens++
	}
	n.Solved, n.Satisfied, n.AskerID, n.ClosedAt, n.Result = nil, nil, 0, nil, nil
	n.CameBackAt = &now
	return n.Again(state.EventReopen, book, now)
}

// Merge goes on as another need of the same place. Errors: those of Actor.decides, fault.ReasonNeedState,
// fault.ReasonNeedOpenWork, fault.ReasonInvalidInput.
func (n *Need) Merge(by Actor, into Need, live []assignment.Assignment, now time.Time) (grant.Grant, error) {
	g, err := by.decides(*n, 0, now)
	if err != nil {
		return g, err
	}
	switch into.Status {
	case state.NeedHandling, state.NeedWaiting, state.NeedAnswered, state.NeedClosed:
	case state.NeedSubmitted: // it may yet be told that it does not belong here
		return g, fault.BadField("into", "那一件还没有收下，先收下再并过去。")
	case state.NeedUnsolved, state.NeedRejected, state.NeedMerged, state.NeedWithdrawn,
		state.NeedHanded:
		return g, fault.BadField("into", "那一件已经不在办了，请并到在办的一件。")
	}
	switch {
	case into.ID == n.ID:
		return g, fault.BadField("into", "不能并到它自己。")
	case into.NodeID != n.NodeID || into.AboutStaff != n.AboutStaff:
		return g, fault.BadField("into", "只能并到同一个社区的同一件事。")
	case !into.IsOpen() && (n.Public || into.OwnerID != n.OwnerID): // whom n concerns would read it
		return g, fault.BadField("into", "那一件不公开，不能把别人说的并过去。")
	case len(live) > 0:
		return g, fault.New(fault.ReasonNeedOpenWork).Saying("派出去的单子还没有结果，先撤回再合并。")
	}
	n.MergedInto = into.ID
	return g, n.move(state.EventMerge)
}

// Raise tells the next level that it still waits. Error: fault.ReasonNeedState when it does not, or somebody was
// faster.
func (n *Need) Raise(now time.Time) error {
	until := n.DueAt
	if n.Status == state.NeedSubmitted {
		until = n.AcceptBy
	}
	if n.RaisedAt != nil || now.Before(until) {
		return fault.New(fault.ReasonNeedState)
	}
	n.RaisedAt = &now
	return n.move(state.EventEscalate)
}

// CallBack has staff ask the resident. Error: as Raise.
func (n *Need) CallBack(now time.Time) error {
	if err := n.move(state.EventCallBack); err != nil || n.BackAt != nil || now.Sub(*n.AnsweredAt) < CallBackAfter {
		return fault.New(fault.ReasonNeedState)
	}
	n.BackAt = &now
	return nil
}
