package wish

import (
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/state"
)

// Answer is what the resident says to a delivery.
type Answer struct {
	Accepted bool
	Rating   *int // 1 to 5 stars; only with Accepted
	Comment  string
	// NobodyCame says, instead of what is missing, that nobody was there: staff
	// decides at once.
	NobodyCame bool
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
// word. Staff, but not who recorded the wish or approved the claim, writes down
// the word of a resident without a phone, or of one who has not answered for
// EscalateAfter; a yes that is drawn waits until another person has asked again.
// The event tells which. Errors: fault.ReasonNotFound, fault.ReasonForbidden,
// fault.ReasonPartyToMatter, fault.ReasonClaimState.
func (m *Matter) Confirm(by Actor, a Answer, drawn lot, now time.Time) (state.Event, *grant.Grant, error) {
	g, err := m.answers(by, a, now)
	if err != nil {
		return "", nil, err
	}
	again := m.Claim.AskedAt != nil
	m.Claim.AskedAt = nil
	switch {
	case a.recordsYes() && !again && drawn.isDrawn():
		m.Claim.AskedBy, m.Claim.AskedAt, m.Claim.DisputedAt = by.ID, &now, nil
		return state.EventAskAgain, g, m.Claim.move(state.EventAskAgain)
	case !a.Accepted:
		e, err := m.notYet(a, again || a.NobodyCame, now)
		return e, g, err
	}
	m.Claim.Comment, m.Claim.AskedBy = a.Comment, 0
	m.Claim.Rating, m.Claim.ConfirmedAt, m.Claim.DisputedAt = a.Rating, &now, nil
	if err := m.Claim.move(state.EventConfirm); err != nil {
		return "", nil, err
	}
	return state.EventConfirm, g, m.Wish.move(state.EventConfirm)
}

// notYet gives the claimant the whole time again, once. Later, and where one says
// the opposite of the other, staff decides.
func (m *Matter) notYet(a Answer, opposite bool, now time.Time) (state.Event, error) {
	e := state.EventReturn
	m.Claim.Comment, m.Claim.DecidedAt = a.Comment, &now
	if opposite || m.Claim.Returns >= MaxReturns {
		e = state.EventDispute
		m.Claim.DisputedAt = &now
	}
	m.Claim.Returns++
	return e, m.Claim.move(e)
}

// nonAskers are the people who do not write down what the resident says: whose
// matter it is, who recorded the wish or approved the claim, and who recorded the
// yes about which another person asks again. Who published the wish may.
func (m Matter) nonAskers() grant.Parties {
	return m.Wish.parties().With(m.Claim.people()...).WithOffice(m.Claim.ApprovedBy, m.Claim.AskedBy)
}

// answers tells whether the actor may give the resident's answer, and the grant
// by which staff does.
func (m *Matter) answers(by Actor, a Answer, now time.Time) (*grant.Grant, error) {
	g, refused := grant.EligibleRecorder(by.Grants, m.nonAskers(), now)
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
		return nil, fault.New(fault.ReasonForbidden).Saying("许愿人自己有手机，请先等本人确认；三天没有回应再代为确认。")
	}
	return &g, nil
}

// waitsForOwner tells whether an owner with a phone still has time to answer by
// themself.
func (m Matter) waitsForOwner(now time.Time) bool {
	return m.Wish.OwnerID != 0 && m.Claim.Status == state.ClaimDelivered && m.Claim.DeliveredAt != nil &&
		now.Sub(*m.Claim.DeliveredAt) < EscalateAfter
}

// isUnasked tells whether the time has come for staff to ask the resident: at once
// where nobody has a phone, else when nobody answers; and once more where a second
// asking waits.
func (m Matter) isUnasked(now time.Time) bool {
	since := m.Claim.DeliveredAt
	switch {
	case m.Claim.AskedAt != nil:
		since = m.Claim.AskedAt
	case m.Wish.OwnerID == 0:
		return true
	}
	return since != nil && now.Sub(*since) >= EscalateAfter
}

// MissCall writes down that staff asked the resident and nobody answered: the
// call back goes on waiting. Errors: as Confirm.
func (m *Matter) MissCall(by Actor, now time.Time) (*grant.Grant, error) {
	g, err := m.answers(by, Answer{OnBehalf: &Asked{}}, now)
	if err != nil {
		return nil, err
	}
	m.Claim.MissedCalls++
	m.Claim.MissedCallAt = &now
	return g, m.Claim.move(state.EventMissCall)
}

// mayRecord tells whether the actor may write down now what the resident says.
// A building head may, who else sees no claim.
func (m Matter) mayRecord(by Actor, now time.Time) bool {
	_, refused := grant.EligibleRecorder(by.Grants, m.nonAskers(), now)
	return refused == nil && m.Claim.Status == state.ClaimDelivered && !m.waitsForOwner(now)
}
