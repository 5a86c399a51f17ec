// Package moderation is what staff decides about what people see: texts that were not
// passed by their check, and what somebody has reported (举报).
package moderation

import (
	"slices"
	"time"

	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/state"
)

// Kind is why there is a case.
type Kind string

// The kinds.
const (
	KindText Kind = "text" // a text was not passed
	// KindPicture is a picture that was not passed.
	KindPicture Kind = "picture"
	KindReport  Kind = "report" // somebody reported it
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{KindText, KindPicture, KindReport} }

// Reason is why somebody reports something.
type Reason string

// The reasons.
const (
	ReasonPolitics Reason = "politics"
	ReasonPorn     Reason = "porn"
	ReasonGambling Reason = "gambling"
	ReasonFraud    Reason = "fraud"
	ReasonAds      Reason = "ads"
	ReasonAbuse    Reason = "abuse"
	ReasonPrivacy  Reason = "privacy"
	ReasonOther    Reason = "other"
)

// Reasons lists them, as people choose among them.
func Reasons() []Reason {
	return []Reason{
		ReasonFraud, ReasonAds, ReasonGambling, ReasonPorn, ReasonPolitics, ReasonAbuse, ReasonPrivacy, ReasonOther,
	}
}

// MaxReason is the longest reason of a decision, in characters.
const MaxReason = letters.Reason

// EscalateAfter is how long a case may wait before the next level is told.
const EscalateAfter = 3 * 24 * time.Hour

// Case is something that staff decides about.
type Case struct {
	ID          id.Case          `db:"id"`
	Kind        Kind             `db:"kind"`
	Noun        string           `db:"noun"` // of the matter that it is about
	Subject     int64            `db:"subject_id"`
	TextID      id.Text          `db:"text_id"`   // 0: it is no text
	PhotoID     id.Photo         `db:"photo_id"`  // 0: it is no picture
	WriterID    id.User          `db:"writer_id"` // 0: nobody
	NodeID      id.Node          `db:"node_id"`
	DeskID      id.Node          `db:"desk_id"`
	Status      state.CaseStatus `db:"status"`
	Reason      string           `db:"reason"` // what the check found
	CreatedAt   time.Time        `db:"created_at"`
	DecidedAt   *time.Time       `db:"decided_at"`
	EscalatedAt *time.Time       `db:"escalated_at"`
	Version     int              `db:"version"`
}

// Actor is somebody with their grants from the desk upwards, and whom the case is about.
type Actor struct {
	ID      id.User
	Grants  grant.Grants
	Parties []Party
}

// Party is a person who does not decide.
type Party struct {
	UserID   id.User `db:"user_id"`
	Reported bool    `db:"has_reported"`
}

func (c Case) parties(by Actor) grant.Parties {
	all := grant.Parties{Personal: []id.User{c.WriterID}}
	for _, p := range by.Parties {
		all.Personal = append(all.Personal, p.UserID)
	}
	return all
}

// Sees tells whether the person may read the case: whoever may decide it, or audits.
func (c Case) Sees(by Actor, now time.Time) bool {
	if slices.Contains(c.parties(by).Personal, by.ID) {
		return false
	}
	return slices.ContainsFunc(by.Grants, func(g grant.Grant) bool {
		return g.IsInForce(now) && (g.Role.Decides() || g.Role == id.RoleAuditor)
	})
}

// Decide keeps what the case is about, or takes it down, and returns the grant by which.
// Errors: fault.ReasonNotFound for whom it does not exist, fault.ReasonPartyToMatter,
// fault.ReasonNotYourCommunity for who only reads, fault.ReasonCaseState,
// fault.ReasonInvalidInput for a take-down without a reason.
func (c *Case) Decide(by Actor, d Decision, now time.Time) (grant.Grant, error) {
	g, refused := grant.Eligible(by.Grants, c.parties(by), now)
	switch {
	case refused != nil && !c.Sees(by, now):
		return g, fault.New(fault.ReasonNotFound)
	case refused != nil:
		return g, refused
	case d.Is != Keep && d.Reason == "":
		return g, fault.BadField("reason", "请写明为什么，写的人会看到。")
	case d.Is == Blur && c.PhotoID == 0:
		return g, fault.BadField("decision", "只有图片可以打马赛克。")
	}
	c.DecidedAt = &now
	return g, c.move(d.event())
}

// Decision is what staff says of a case.
type Decision struct {
	Is     Word
	Reason string
}

// Word is what staff decides.
type Word string

// The words.
const (
	Keep   Word = "keep" // everybody sees it
	Blur   Word = "blur" // a picture: everybody sees that there is one
	Remove Word = "remove"
)

// Words lists them.
func Words() []Word { return []Word{Keep, Blur, Remove} }

func (d Decision) event() state.Event {
	switch d.Is {
	case Keep:
		return state.EventKeep
	case Blur:
		return state.EventBlur
	case Remove:
	}
	return state.EventTakeDown
}

func (c *Case) move(e state.Event) error {
	next, ok := state.Case.Next(c.Status, e)
	if !ok {
		return fault.New(fault.ReasonCaseState)
	}
	c.Status = next
	return nil
}

// matter is the case as the register has it. The writer of a text hears what became of
// it, and so does who reported something; whoever is reported hears nothing of a report
// that changes nothing.
func (c Case) matter(people []Party) matter.Matter {
	m := matter.Matter{
		Noun: state.Case.Noun, ID: int64(c.ID), Node: c.NodeID, Desk: c.DeskID, Status: string(c.Status),
		Version: c.Version, Turns: []matter.Turn{},
	}
	if c.Status == state.CaseOpen {
		m.Turns = append(m.Turns, matter.Decide(c.DeskID, c.CreatedAt))
	}
	writer := matter.Party{Person: c.WriterID, Personal: true}
	if c.Kind != KindReport || c.Status == state.CaseRemoved || c.Status == state.CaseBlurred {
		writer.Part = state.PartyOwner
	}
	m.Parties = append(m.Parties, writer)
	for _, p := range people {
		other := matter.Party{Person: p.UserID, Personal: true}
		if p.Reported {
			other.Part = state.PartyMember
		}
		m.Parties = append(m.Parties, other)
	}
	return m
}

// newCase is the case of a text that was not passed.
func newCase(t content.Text, p content.Place, now time.Time) Case {
	return Case{
		Kind: KindText, Noun: p.Noun, Subject: p.Subject, TextID: t.ID, WriterID: p.Writer, NodeID: p.Node, DeskID: p.Desk,
		Status: state.Case.Initial, Reason: cut(t.Why()), CreatedAt: now, Version: 1,
	}
}

// newPictureCase is the case of a picture that was not passed.
func newPictureCase(ph media.Checked, p content.Place, now time.Time) Case {
	return Case{
		Kind: KindPicture, Noun: p.Noun, Subject: p.Subject, PhotoID: ph.ID, WriterID: ph.OwnerID, NodeID: p.Node,
		DeskID: p.Desk, Status: state.Case.Initial, Reason: content.WhyPicture(ph), CreatedAt: now, Version: 1,
	}
}

// cut keeps of what the check found as much as the column holds.
func cut(why string) string {
	letters := []rune(why)
	return string(letters[:min(len(letters), 400)])
}
