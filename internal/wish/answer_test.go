package wish

import (
	"testing"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/fault/faulttest"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// The owner has the last word; staff writes down that of a resident without a
// phone, or of one who has not answered for three days, and nobody who has a part
// in it does.
func TestWhoseWordCounts(t *testing.T) {
	const moment = time.Millisecond
	asked := &Asked{HowPhone, "他说修好了"}
	for name, c := range map[string]struct {
		by       Actor
		onBehalf *Asked
		owner    id.User
		after    time.Duration // the delivery
		want     fault.Reason
	}{
		"owner":                      {plain(owner), nil, owner, 0, ""},
		"claimant":                   {plain(claimant), nil, owner, 0, fault.ReasonForbidden},
		"recorder without asking":    {plain(recorder), nil, 0, 0, fault.ReasonForbidden},
		"secretary without asking":   {holding(staff, id.RoleSecretary, 0), nil, owner, EscalateAfter, fault.ReasonForbidden},
		"stranger":                   {plain(stranger), asked, 0, 0, fault.ReasonNotFound},
		"invited, no post":           {plain(invited), asked, 0, 0, fault.ReasonNotYourCommunity},
		"auditor":                    {holding(staff, id.RoleAuditor, 2), asked, 0, 0, fault.ReasonNotYourCommunity},
		"no phone, grid worker":      {holding(staff, id.RoleGridWorker, -1), asked, 0, 0, ""},
		"no phone, secretary":        {holding(staff, id.RoleSecretary, 0), asked, 0, 0, ""},
		"no phone, who recorded it":  {holding(recorder, id.RoleGridWorker, -1), asked, 0, 0, fault.ReasonPartyToMatter},
		"no phone, the claimant":     {holding(claimant, id.RoleSecretary, 0), asked, 0, 0, fault.ReasonPartyToMatter},
		"no phone, who joined":       {holding(joined, id.RoleGridWorker, -1), asked, 0, 0, fault.ReasonPartyToMatter},
		"no phone, who is invited":   {holding(invited, id.RoleGridWorker, -1), asked, 0, 0, fault.ReasonPartyToMatter},
		"own wish, in another's way": {holding(owner, id.RoleSecretary, 0), asked, owner, EscalateAfter, fault.ReasonPartyToMatter},
		"a phone, at once":           {holding(staff, id.RoleSecretary, 0), asked, owner, 0, fault.ReasonForbidden},
		"a phone, almost three days": {holding(staff, id.RoleSecretary, 0), asked, owner, EscalateAfter - moment, fault.ReasonForbidden},
		"a phone, three days":        {holding(staff, id.RoleSecretary, 0), asked, owner, EscalateAfter, ""},
	} {
		m := matterIn(state.ClaimDelivered)
		m.Wish.OwnerID = c.owner
		name2, grant, err := m.Confirm(c.by, Answer{Accepted: true, OnBehalf: c.onBehalf}, lot{99, 10}, noon.Add(c.after))
		switch {
		case !faulttest.IsRefused(err, c.want):
			t.Errorf("%s: %v", name, err)
		case c.want == "" && (name2 != state.EventConfirm || (grant != nil) != (c.onBehalf != nil)):
			t.Errorf("%s: %s by %v", name, name2, grant)
		case c.want != "" && m.Claim.Status != state.ClaimDelivered:
			t.Errorf("%s: it is %s", name, m.Claim.Status)
		}
	}
}

// Done fulfils the wish. The first "not yet" gives the claimant the whole time
// again, the second is for staff to settle.
func TestWhatTheAnswerDoes(t *testing.T) {
	later, five := noon.Add(24*time.Hour), 5
	for name, c := range map[string]struct {
		status   state.ClaimStatus
		returns  int
		disputed bool
		accepted bool
		want     state.Event // "": refused
		claim    state.ClaimStatus
		wish     state.WishStatus
	}{
		"done":                   {state.ClaimDelivered, 0, false, true, state.EventConfirm, state.ClaimConfirmed, state.WishFulfilled},
		"done after a dispute":   {state.ClaimDelivered, 2, true, true, state.EventConfirm, state.ClaimConfirmed, state.WishFulfilled},
		"not yet":                {state.ClaimDelivered, 0, false, false, state.EventReturn, state.ClaimApproved, state.WishTaken},
		"not yet, once more":     {state.ClaimDelivered, 1, false, false, state.EventDispute, state.ClaimDelivered, state.WishTaken},
		"done, nothing was":      {state.ClaimApproved, 0, false, true, "", state.ClaimApproved, state.WishTaken},
		"not yet, nothing was":   {state.ClaimRequested, 0, false, false, "", state.ClaimRequested, state.WishTaken},
		"done, a second time":    {state.ClaimConfirmed, 0, false, true, "", state.ClaimConfirmed, state.WishFulfilled},
		"not yet, after a yes":   {state.ClaimConfirmed, 0, false, false, "", state.ClaimConfirmed, state.WishFulfilled},
		"done, what was let go":  {state.ClaimReleased, 0, false, true, "", state.ClaimReleased, state.WishOpen},
		"not yet, what is over":  {state.ClaimLapsed, 0, false, false, "", state.ClaimLapsed, state.WishOpen},
		"done, what was undone":  {state.ClaimDelivered, 0, false, true, state.EventConfirm, state.ClaimConfirmed, state.WishFulfilled},
		"done, what is declined": {state.ClaimDeclined, 0, false, true, "", state.ClaimDeclined, state.WishOpen},
	} {
		m := matterIn(c.status)
		m.Claim.Returns, m.Claim.DecidedAt = c.returns, &noon
		if c.disputed {
			m.Claim.DisputedAt = &noon
		}
		got, _, err := m.Confirm(plain(owner), Answer{Accepted: c.accepted, Rating: &five, Comment: "谢谢"}, lot{0, 0}, later)
		if c.want == "" {
			if !fault.Has(err, fault.ReasonClaimState) || m.Claim.Status != c.claim || m.Wish.Status != c.wish {
				t.Errorf("%s: %v, %s, %s", name, err, m.Claim.Status, m.Wish.Status)
			}
			continue
		}
		k := m.Claim
		if err != nil || got != c.want || k.Status != c.claim || m.Wish.Status != c.wish || k.Comment != "谢谢" {
			t.Errorf("%s: %s, %v, %s, %s", name, got, err, k.Status, m.Wish.Status)
		}
		switch c.want { //exhaustive:ignore
		case state.EventConfirm:
			if k.DisputedAt != nil || *k.Rating != 5 || !k.ConfirmedAt.Equal(later) {
				t.Errorf("%s: %+v", name, k)
			}
		case state.EventReturn, state.EventDispute:
			if k.Rating != nil || k.Returns != c.returns+1 || !k.DecidedAt.Equal(later) ||
				(k.DisputedAt != nil) != (c.want == state.EventDispute) {
				t.Errorf("%s: %+v", name, k)
			}
		}
	}
}

func TestWhatNoAnswerMaySay(t *testing.T) {
	stars := func(n int) Answer { return Answer{Accepted: true, Rating: &n} }
	for name, c := range map[string]struct {
		a    Answer
		want fault.Reason
	}{
		"no star":          {stars(0), fault.ReasonInvalidInput},
		"one star":         {stars(1), ""},
		"five stars":       {stars(5), ""},
		"six stars":        {stars(6), fault.ReasonInvalidInput},
		"asked somehow":    {Answer{OnBehalf: &Asked{HowPhone, " "}}, fault.ReasonInvalidInput},
		"asked by a visit": {Answer{OnBehalf: &Asked{HowVisit, "上门问过"}}, ""},
	} {
		if err := c.a.check(); !faulttest.IsRefused(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
