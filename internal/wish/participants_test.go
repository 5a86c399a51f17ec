package wish

import (
	"testing"

	"xinyuan/internal/fault"
	"xinyuan/internal/fault/faulttest"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/state"
)

func TestJoining(t *testing.T) {
	for _, c := range []struct {
		by     id.User
		status state.ClaimStatus
		want   fault.Reason
	}{
		{invited, state.ClaimRequested, ""},
		{invited, state.ClaimApproved, ""},
		{invited, state.ClaimDelivered, fault.ReasonClaimState},
		{invited, state.ClaimReleased, fault.ReasonClaimState},
		{joined, state.ClaimApproved, fault.ReasonClaimState},
		{claimant, state.ClaimApproved, fault.ReasonNotFound},
		{stranger, state.ClaimApproved, fault.ReasonNotFound},
	} {
		m := matterIn(c.status)
		m.Claim.EscalatedAt = &noon
		err := m.Accept(Candidate{ID: c.by, Member: true}, noon)
		if !faulttest.IsRefused(err, c.want) || m.Claim.Status != c.status {
			t.Errorf("%d joins what is %s: %v", c.by, c.status, err)
		}
		if c.want == "" && (!m.Claim.hasParticipant(c.by) || m.Claim.EscalatedAt == nil) { // joining is no decision
			t.Errorf("%d has joined what is %s: %+v", c.by, c.status, m.Claim)
		}
	}
}

// Whoever joins is a member of the claimant's unit or community then, and did not
// work on the wish.
func TestWhoJoins(t *testing.T) {
	member := func(unit, node id.Node) Candidate {
		return Candidate{ID: invited, Member: true, Membership: membership.Membership{ID: 5, UnitID: unit, NodeID: node}}
	}
	approved := member(1, 2)
	approved.Approvers = []id.User{staff, invited}
	for name, c := range map[string]struct {
		by        Candidate
		published id.User
		want      fault.Reason
	}{
		"same unit and community": {member(1, 2), staff, ""},
		"same unit":               {member(1, 9), staff, ""},
		"same community":          {member(9, 2), staff, ""},
		"neither":                 {member(9, 9), staff, fault.ReasonNotMembers},
		"no report-in":            {Candidate{ID: invited}, staff, fault.ReasonNotMember},
		"published it":            {member(1, 2), invited, fault.ReasonPartyToMatter},
		"approved a claim":        {approved, staff, fault.ReasonPartyToMatter},
	} {
		m := matterIn(state.ClaimApproved)
		m.Claim.UnitID, m.Claim.MemberNodeID, m.Wish.PublishedBy = 1, 2, c.published
		if err := m.Accept(c.by, noon); !faulttest.IsRefused(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if p := m.Claim.Participants[1]; c.want == "" && (p.UnitID != c.by.Membership.UnitID || p.MembershipID != 5) {
			t.Errorf("%s joins as %+v", name, p)
		}
	}
}
