package wish

import (
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/state"
)

// decide is the grant by which the actor decides about the claim: nobody whose
// matter it is, who recorded the wish, or whose recorded yes is in doubt.
func (m *Matter) decide(by Actor, now time.Time) (grant.Grant, error) {
	if !m.sees(by, now) {
		return grant.Grant{}, fault.New(fault.ReasonNotFound)
	}
	return grant.Eligible(by.Grants, m.Wish.parties().With(m.Claim.people()...).WithOffice(m.Claim.AskedBy), now)
}

// mayDecide tells whether the actor may decide now about what waits: the wish to
// be verified, its claim, or what the resident disputes.
func (m *Matter) mayDecide(by Actor, now time.Time) bool {
	var err error
	switch {
	case m.Wish.Status == state.WishSubmitted:
		_, err = by.decides(m.Wish, now)
	case m.Claim.Status == state.ClaimRequested, m.Claim.Status == state.ClaimDelivered && m.Claim.DisputedAt != nil:
		_, err = m.decide(by, now)
	default:
		return false
	}
	return err == nil
}

// Return settles a dispute: the claimant goes on. Errors: as Approve.
func (m *Matter) Return(by Actor, now time.Time) (grant.Grant, error) {
	g, err := m.decide(by, now)
	if err != nil {
		return g, err
	}
	if m.Claim.DisputedAt == nil {
		return g, fault.New(fault.ReasonClaimState)
	}
	m.Claim.DecidedAt, m.Claim.DisputedAt, m.Claim.AskedBy = &now, nil, 0
	return g, m.Claim.move(state.EventReturn)
}
