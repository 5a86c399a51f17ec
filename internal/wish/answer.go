package wish

import (
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// Answer is what the resident says to a delivery.
type Answer struct {
	Accepted bool
	Rating   *int // 1 to 5 stars; only with Accepted
	Comment  string
	// OnBehalf tells how staff asked the resident; nil: the owner answers.
	OnBehalf *Asked
}

// Asked is how staff asked a resident.
type Asked struct {
	How  How
	Note string
}

// How is the way in which a resident was asked.
type How string

// The ways.
const (
	HowVisit How = "visit"
	HowPhone How = "phone"
)

// Confirm takes the resident's answer: done, or not yet. The owner has this
// word. Staff, but not who recorded the wish, writes down the word of a resident
// without a phone, or of one who has not answered for EscalateAfter. The event
// tells which. Errors: fault.ReasonNotFound, fault.ReasonForbidden,
// fault.ReasonPartyToMatter, fault.ReasonClaimState.
func (m *Matter) Confirm(by Actor, a Answer, now time.Time) (state.Event, *org.Grant, error) {
	grant, err := m.answers(by, a, now)
	if err != nil {
		return "", nil, err
	}
	m.Claim.Comment = a.Comment
	if !a.Accepted {
		e := state.EventReturn
		m.Claim.DecidedAt = &now // the claimant has the whole time again
		if m.Claim.Returns >= MaxReturns {
			e = state.EventDispute
			m.Claim.DisputedAt = &now
		}
		m.Claim.Returns++
		return e, grant, m.Claim.move(e)
	}
	m.Claim.Rating, m.Claim.ConfirmedAt, m.Claim.DisputedAt = a.Rating, &now, nil
	if err := m.Claim.move(state.EventConfirm); err != nil {
		return "", nil, err
	}
	return state.EventConfirm, grant, m.Wish.move(state.EventConfirm)
}

// askers are the people who do not write down what the resident says: whose
// matter it is, and who recorded the wish or approved the claim. Who published
// the wish may.
func (m Matter) askers() org.Parties {
	return m.Wish.parties().With(m.Claim.people()...).WithOffice(m.Claim.ApprovedBy, m.Claim.AskedBy)
}

// answers tells whether the actor may give the resident's answer, and the grant
// by which staff does.
func (m *Matter) answers(by Actor, a Answer, now time.Time) (*org.Grant, error) {
	grant, refused := org.EligibleRecorder(by.Grants, m.askers(), now)
	switch {
	case !m.sees(by, now) && (a.OnBehalf == nil || refused != nil):
		return nil, fault.New(fault.ReasonNotFound)
	case a.OnBehalf == nil && m.Wish.OwnerID != by.ID:
		return nil, fault.New(fault.ReasonForbidden).Saying("办没办好，由许愿人自己说了算。")
	case a.OnBehalf == nil:
		return nil, nil
	case refused != nil:
		return nil, refused
	case m.waitsForOwner(now):
		return nil, fault.New(fault.ReasonForbidden).Saying("许愿人自己有手机，请先等他确认；三天没有回应再代为确认。")
	}
	return &grant, nil
}

// waitsForOwner tells whether an owner with a phone still has time to answer by
// themself.
func (m Matter) waitsForOwner(now time.Time) bool {
	return m.Wish.OwnerID != 0 && m.Claim.Status == state.ClaimDelivered && m.Claim.DeliveredAt != nil &&
		now.Sub(*m.Claim.DeliveredAt) < EscalateAfter
}

// mayRecord tells whether the actor may write down now what the resident says.
// A building head may, who else sees no claim.
func (m Matter) mayRecord(by Actor, now time.Time) bool {
	_, refused := org.EligibleRecorder(by.Grants, m.askers(), now)
	return refused == nil && m.Claim.Status == state.ClaimDelivered && !m.waitsForOwner(now)
}
