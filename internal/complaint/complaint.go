// Package complaint is 投诉建议: whoever is logged in complains or suggests, and
// staff whom it is not about answers.
//
// A suggestion is answered at the node that it is about, a complaint one level
// above: the secretary is the first whom a complaint about a community may be
// about, so nobody there sees it. Whoever is in the wish that it names, or
// decided about it, is excluded too. Who is not content asks once more, and the
// next level answers.
package complaint

import (
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// Kind is what the author wants.
type Kind string

// The kinds.
const (
	KindComplaint  Kind = "complaint"  // something was done wrong
	KindSuggestion Kind = "suggestion" // something could be done better
)

// Kinds lists every kind.
func Kinds() []Kind { return []Kind{KindComplaint, KindSuggestion} }

// Complaint is a complaint or a suggestion.
type Complaint struct {
	ID          id.Complaint          `db:"id"`
	AuthorID    id.User               `db:"author_id"`
	AuthorName  string                `db:"author_name"` // empty where only rules look
	NodeID      id.Node               `db:"node_id"`     // what it is about
	NodeName    string                `db:"node_name"`
	DeskID      id.Node               `db:"desk_id"` // from where upwards it is answered
	DeskName    string                `db:"desk_name"`
	Kind        Kind                  `db:"kind"`
	WishID      id.Wish               `db:"wish_id"` // 0: about none
	Text        string                `db:"text"`
	Answer      string                `db:"answer"` // the last one; empty: none yet
	Status      state.ComplaintStatus `db:"status"`
	CreatedAt   time.Time             `db:"created_at"`
	AskedAt     time.Time             `db:"asked_at"`     // since when it waits, or waited
	EscalatedAt *time.Time            `db:"escalated_at"` // when the next level was told that it still waits
	ReopenedAt  *time.Time            `db:"reopened_at"`
	Version     int                   `db:"version"`
}

// Draft is a complaint as its author writes it.
type Draft struct {
	Kind   Kind
	NodeID id.Node
	WishID id.Wish // 0: about none
	Text   string
}

// The longest texts, in characters.
const (
	MaxText   = letters.Complaint
	MaxAnswer = letters.Answer
)

// EscalateAfter is how long it may wait before the next level is told.
const EscalateAfter = 3 * 24 * time.Hour

// isTakenAt tells whether people complain about nodes of this kind: those that have
// staff of their own who answer.
func isTakenAt(k org.Kind) bool {
	return k == org.KindCounty || k == org.KindStreet || k.TakesWishes()
}

// deskOf is where a complaint about the node is answered.
func deskOf(kind Kind, n org.Node) (id.Node, string) {
	if kind == KindSuggestion || n.ParentID == nil {
		return n.ID, n.Name
	}
	return *n.ParentID, n.ParentName
}

// Actor is somebody with their grants from the desk upwards, and whom the
// complaint may be about.
type Actor struct {
	ID      id.User
	Grants  grant.Grants
	Parties []id.User
}

func (a Actor) isParty() bool { return slices.Contains(a.Parties, a.ID) }

// Sees tells whether the person may read it: the author, and from its desk
// upwards who decides or audits, and whom it is not about. Posts do not: they may
// be what it is about.
func (k Complaint) Sees(by Actor, now time.Time) bool {
	return k.AuthorID == by.ID || !by.isParty() && slices.ContainsFunc(by.Grants, func(g grant.Grant) bool {
		return g.IsInForce(now) && (g.Role.Decides() || g.Role == id.RoleAuditor)
	})
}

func (k *Complaint) move(e state.Event) error {
	next, ok := state.Complaint.Next(k.Status, e)
	if !ok {
		return fault.New(fault.ReasonComplaintState)
	}
	k.Status = next
	return nil
}

// Reply answers it, and returns the grant by which. Errors: fault.ReasonNotFound
// for whom it does not exist, fault.ReasonPartyToMatter for the author,
// fault.ReasonNotYourCommunity for who only reads, fault.ReasonComplaintState.
func (k *Complaint) Reply(by Actor, now time.Time) (grant.Grant, error) {
	g, refused := grant.Eligible(by.Grants, grant.Parties{Personal: append([]id.User{k.AuthorID}, by.Parties...)}, now)
	switch {
	case !k.Sees(by, now):
		return g, fault.New(fault.ReasonNotFound)
	case k.AuthorID == by.ID:
		return g, fault.New(fault.ReasonPartyToMatter)
	case refused != nil:
		return g, refused
	}
	return g, k.move(state.EventAnswer)
}

// Reopen asks once more, at the next desk. Errors: fault.ReasonNotFound for whom
// it does not exist, fault.ReasonForbidden for staff, fault.ReasonComplaintState
// when it is not answered or was reopened before.
func (k *Complaint) Reopen(by Actor, desk id.Node, now time.Time) error {
	if err := k.requireAuthor(by, now); err != nil {
		return err
	}
	if k.ReopenedAt != nil {
		return fault.New(fault.ReasonComplaintState).Saying("已经请上一级看过一次了。还有话说，请另写一条，或者打电话。")
	}
	k.DeskID, k.AskedAt, k.EscalatedAt, k.ReopenedAt = desk, now, nil, &now
	return k.move(state.EventReopen)
}

// Close says that it is settled. Errors: as Reopen.
func (k *Complaint) Close(by Actor, now time.Time) error {
	if err := k.requireAuthor(by, now); err != nil {
		return err
	}
	return k.move(state.EventClose)
}

func (k Complaint) requireAuthor(by Actor, now time.Time) error {
	switch {
	case k.AuthorID == by.ID:
		return nil
	case k.Sees(by, now):
		return fault.New(fault.ReasonForbidden).Saying("这件事由写的人自己来定。")
	}
	return fault.New(fault.ReasonNotFound)
}

// Escalate tells the next level that it still waits. Error:
// fault.ReasonComplaintState when somebody was faster.
func (k *Complaint) Escalate(now time.Time) error {
	if k.EscalatedAt != nil || now.Sub(k.AskedAt) < EscalateAfter {
		return fault.New(fault.ReasonComplaintState)
	}
	k.EscalatedAt = &now
	return k.move(state.EventEscalate)
}
