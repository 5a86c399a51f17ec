package wish

import (
	"testing"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/fault/faulttest"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/points"
	"xinyuan/internal/state"
)

// noon is the time of the tests: a Wednesday in Shanghai.
var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

// The people of the tests.
const (
	owner    id.User = 1
	recorder id.User = 2
	claimant id.User = 3
	joined   id.User = 4 // invited, and has accepted
	invited  id.User = 5
	staff    id.User = 6
	stranger id.User = 9
)

// plain is somebody without a grant, holding somebody with one at so many levels
// above the wish's node.
func plain(person id.User) Actor { return Actor{ID: person} }

func member(person id.User) Actor { return Actor{ID: person, Member: true} }

func holding(person id.User, role id.Role, distance int) Actor {
	return Actor{ID: person, Grants: grant.Grants{
		{ID: 7, HolderID: person, GiverID: person, Role: role, From: noon, Distance: distance},
	}}
}

func at(t time.Time) *time.Time { return &t }

func TestWhoSeesAWish(t *testing.T) {
	for _, c := range []struct {
		status state.WishStatus
		by     Actor
		want   bool
	}{
		{state.WishSubmitted, plain(owner), true},
		{state.WishSubmitted, plain(recorder), true},
		{state.WishSubmitted, plain(stranger), false},
		{state.WishSubmitted, holding(staff, id.RoleSecretary, 0), true},
		{state.WishSubmitted, holding(staff, id.RoleGridWorker, -1), true},
		{state.WishSubmitted, holding(staff, id.RoleAuditor, 2), true},
		{state.WishSubmitted, holding(staff, id.RoleBuildingHead, -1), false},
		{state.WishSubmitted, holding(staff, id.RoleUnitLiaison, 0), false},
		{state.WishRejected, plain(stranger), false},
		{state.WishWithdrawn, plain(stranger), false},
		{state.WishExpired, plain(stranger), false},
		{state.WishOpen, plain(stranger), true},
		{state.WishTaken, plain(stranger), true},
		{state.WishFulfilled, plain(stranger), true},
	} {
		w := Wish{OwnerID: owner, RecorderID: recorder, Status: c.status}
		if got := c.by.Sees(w, noon); got != c.want {
			t.Errorf("%+v sees a wish that is %s: %t", c.by, c.status, got)
		}
	}
}

func TestWhoPublishes(t *testing.T) {
	early, over := holding(staff, id.RoleSecretary, 0), holding(staff, id.RoleSecretary, 0)
	early.Grants[0].From, over.Grants[0].Until = noon.Add(time.Millisecond), at(noon)
	for name, c := range map[string]struct {
		by   Actor
		want fault.Reason
	}{
		"secretary":            {holding(staff, id.RoleSecretary, 0), ""},
		"street":               {holding(staff, id.RoleStreet, 1), ""},
		"county":               {holding(staff, id.RoleCounty, 2), ""},
		"before the grant":     {early, fault.ReasonNotFound},
		"when it ends":         {over, fault.ReasonNotFound},
		"grid worker":          {holding(staff, id.RoleGridWorker, -1), fault.ReasonNotYourCommunity},
		"auditor":              {holding(staff, id.RoleAuditor, 2), fault.ReasonNotYourCommunity},
		"building head":        {holding(staff, id.RoleBuildingHead, -1), fault.ReasonNotFound},
		"stranger":             {plain(stranger), fault.ReasonNotFound},
		"owner":                {plain(owner), fault.ReasonNotYourCommunity},
		"owner, a secretary":   {holding(owner, id.RoleSecretary, 0), fault.ReasonPartyToMatter},
		"recorder, the street": {holding(recorder, id.RoleStreet, 1), fault.ReasonPartyToMatter},
	} {
		w := Wish{OwnerID: owner, RecorderID: recorder, Status: state.WishSubmitted, EscalatedAt: &noon}
		g, err := w.Publish(c.by, nil, points.Rule{Points: 10}, noon)
		done := w.Status == state.WishOpen && g.ID == 7 && w.PublishedAt.Equal(noon) && *w.Points == 10 && w.EscalatedAt == nil
		if !faulttest.IsRefused(err, c.want) || done != (c.want == "") {
			t.Errorf("%s: %v, %+v", name, err, w)
		}
	}
}

func TestPointsOfAWish(t *testing.T) {
	rule := points.Rule{Points: 10, Choices: "5,20"}
	for chosen, want := range map[int64]fault.Reason{
		5: "", 10: "", 20: "", 0: fault.ReasonInvalidInput, 15: fault.ReasonInvalidInput, -5: fault.ReasonInvalidInput,
	} {
		w := Wish{Status: state.WishSubmitted}
		_, err := w.Publish(holding(staff, id.RoleSecretary, 0), &chosen, rule, noon)
		if !faulttest.IsRefused(err, want) || want == "" && *w.Points != chosen || want != "" && w.Status != state.WishSubmitted {
			t.Errorf("%d points: %v, %+v", chosen, err, w)
		}
	}
}

func TestRejecting(t *testing.T) {
	secretary := holding(staff, id.RoleSecretary, 0)
	for _, c := range []struct {
		status state.WishStatus
		by     Actor
		reason string
		want   fault.Reason
	}{
		{state.WishSubmitted, secretary, "请写楼号", ""},
		{state.WishSubmitted, secretary, "", fault.ReasonReasonRequired},
		{state.WishSubmitted, plain(stranger), "", fault.ReasonNotFound},
		{state.WishSubmitted, plain(owner), "算了", fault.ReasonNotYourCommunity},
		{state.WishOpen, secretary, "请写楼号", fault.ReasonWishState},
		{state.WishRejected, secretary, "请写楼号", fault.ReasonWishState},
	} {
		w := Wish{OwnerID: owner, Status: c.status}
		if _, err := w.Reject(c.by, c.reason, noon); !faulttest.IsRefused(err, c.want) {
			t.Errorf("%s, %q by %d: %v", c.status, c.reason, c.by.ID, err)
		}
	}
}

// The owner changes a wish and takes it back; who recorded it does so only where
// nobody owns it.
func TestWhoChangesAWish(t *testing.T) {
	for _, c := range []struct {
		owner  id.User
		by     Actor
		status state.WishStatus
		edits  fault.Reason
		leaves fault.Reason // withdraws
	}{
		{owner, plain(owner), state.WishSubmitted, "", ""},
		{owner, plain(owner), state.WishRejected, "", fault.ReasonWishState},
		{owner, plain(owner), state.WishOpen, fault.ReasonWishState, ""},
		{owner, plain(owner), state.WishFulfilled, fault.ReasonWishState, fault.ReasonWishState},
		{owner, plain(owner), state.WishExpired, fault.ReasonWishState, fault.ReasonWishState},
		{owner, plain(recorder), state.WishSubmitted, fault.ReasonForbidden, fault.ReasonForbidden},
		{0, plain(recorder), state.WishSubmitted, "", ""},
		{0, plain(recorder), state.WishOpen, fault.ReasonWishState, ""},
		{0, plain(stranger), state.WishOpen, fault.ReasonForbidden, fault.ReasonForbidden},
		{owner, plain(stranger), state.WishSubmitted, fault.ReasonNotFound, fault.ReasonNotFound},
		{owner, holding(staff, id.RoleCounty, 2), state.WishSubmitted, fault.ReasonForbidden, fault.ReasonForbidden},
	} {
		w := Wish{OwnerID: c.owner, RecorderID: recorder, Status: c.status, EscalatedAt: &noon}
		edited, withdrawn := w, w
		if err := edited.Edit(c.by, noon); !faulttest.IsRefused(err, c.edits) {
			t.Errorf("%d edits a wish of %d that is %s: %v", c.by.ID, c.owner, c.status, err)
		}
		if c.edits == "" && (edited.Status != state.WishSubmitted || !edited.SubmittedAt.Equal(noon) || edited.EscalatedAt != nil) {
			t.Errorf("edited while %s it does not wait anew: %+v", c.status, edited)
		}
		if err := withdrawn.Withdraw(c.by, nil, noon); !faulttest.IsRefused(err, c.leaves) {
			t.Errorf("%d withdraws a wish of %d that is %s: %v", c.by.ID, c.owner, c.status, err)
		}
	}
}

func TestWithdrawingWhatIsTaken(t *testing.T) {
	for _, c := range []struct {
		live   state.ClaimStatus
		want   fault.Reason
		wish   state.WishStatus
		claims state.ClaimStatus
	}{
		{state.ClaimRequested, "", state.WishWithdrawn, state.ClaimCancelled},
		{state.ClaimApproved, "", state.WishWithdrawn, state.ClaimCancelled},
		{state.ClaimDelivered, fault.ReasonClaimState, state.WishTaken, state.ClaimDelivered},
	} {
		w, live := Wish{OwnerID: owner, Status: state.WishTaken}, Claim{Status: c.live}
		if err := w.Withdraw(plain(owner), &live, noon); !faulttest.IsRefused(err, c.want) || w.Status != c.wish || live.Status != c.claims {
			t.Errorf("claim %s: %v, the wish is %s, the claim %s", c.live, err, w.Status, live.Status)
		}
	}
}

// What a sensitive wish says is for its owner, for staff, and from the approval
// on for those who fulfil it.
func TestSensitiveDescription(t *testing.T) {
	for _, c := range []struct {
		by    Actor
		claim state.ClaimStatus // "": nobody has claimed it
		want  bool
	}{
		{plain(owner), "", true},
		{plain(recorder), "", true},
		{holding(staff, id.RoleSecretary, 0), "", true},
		{holding(staff, id.RoleBuildingHead, -1), "", false},
		{plain(stranger), "", false},
		{plain(stranger), state.ClaimApproved, false},
		{plain(claimant), state.ClaimRequested, false},
		{plain(claimant), state.ClaimApproved, true},
		{plain(claimant), state.ClaimDelivered, true},
		{plain(claimant), state.ClaimConfirmed, true},
		{plain(claimant), state.ClaimDeclined, false},
		{plain(claimant), state.ClaimReleased, false},
		{plain(claimant), state.ClaimLapsed, false},
		{plain(claimant), state.ClaimCancelled, false},
		{plain(joined), state.ClaimApproved, true},
		{plain(invited), state.ClaimApproved, false},
	} {
		w := Wish{OwnerID: owner, RecorderID: recorder, Sensitive: true, Status: state.WishOpen}
		var last *Claim
		if c.claim != "" {
			one := group(c.claim)
			last = &one
		}
		if got := w.ShowsDescription(c.by, last, noon); got != c.want {
			t.Errorf("%d, claim %q: %t", c.by.ID, c.claim, got)
		}
		w.Sensitive = false
		if !w.ShowsDescription(c.by, last, noon) {
			t.Errorf("%d does not read what everybody may", c.by.ID)
		}
	}
}

func TestAttaching(t *testing.T) {
	secretary := holding(staff, id.RoleSecretary, 0)
	for name, c := range map[string]struct {
		owner  id.User
		by     Actor
		person id.User
		status state.WishStatus
		want   fault.Reason
	}{
		"by the secretary":     {0, secretary, owner, state.WishOpen, ""},
		"while it is taken":    {0, secretary, owner, state.WishTaken, ""},
		"once it is fulfilled": {0, secretary, owner, state.WishFulfilled, fault.ReasonWishState},
		"that has an owner":    {stranger, secretary, owner, state.WishOpen, fault.ReasonWishState},
		"to its recorder":      {0, secretary, recorder, state.WishOpen, fault.ReasonPartyToMatter},
		"to the secretary":     {0, secretary, staff, state.WishOpen, fault.ReasonPartyToMatter},
		"to its claimant":      {0, secretary, claimant, state.WishTaken, fault.ReasonPartyToMatter},
		"to who is invited":    {0, secretary, invited, state.WishTaken, fault.ReasonPartyToMatter},
		"by the recorder":      {0, holding(recorder, id.RoleSecretary, 0), owner, state.WishOpen, fault.ReasonPartyToMatter},
		"by a grid worker":     {0, holding(staff, id.RoleGridWorker, -1), owner, state.WishOpen, fault.ReasonNotYourCommunity},
		"by a stranger":        {0, plain(stranger), owner, state.WishSubmitted, fault.ReasonNotFound},
	} {
		w := Wish{OwnerID: c.owner, RecorderID: recorder, Status: c.status, EscalatedAt: &noon}
		live := group(state.ClaimApproved)
		_, err := w.Attach(c.by, c.person, &live, noon)
		if !faulttest.IsRefused(err, c.want) || c.want == "" && (w.OwnerID != c.person || w.Status != c.status || w.EscalatedAt == nil) {
			t.Errorf("%s: %v, %+v", name, err, w)
		}
	}
}

// Time decides to the millisecond, and once.
func TestWishesThatWait(t *testing.T) {
	const moment = time.Millisecond
	for name, c := range map[string]struct {
		w       Wish
		after   time.Duration
		rises   bool
		expires bool
	}{
		"almost three days":    {Wish{Status: state.WishSubmitted}, EscalateAfter - moment, false, false},
		"three days":           {Wish{Status: state.WishSubmitted}, EscalateAfter, true, false},
		"risen already":        {Wish{Status: state.WishSubmitted, EscalatedAt: &noon}, EscalateAfter, false, false},
		"rejected":             {Wish{Status: state.WishRejected}, EscalateAfter, false, false},
		"almost ninety days":   {Wish{Status: state.WishOpen, PublishedAt: &noon}, ExpireAfter - moment, false, false},
		"ninety days":          {Wish{Status: state.WishOpen, PublishedAt: &noon}, ExpireAfter, false, true},
		"published later":      {Wish{Status: state.WishOpen, PublishedAt: at(noon.Add(time.Hour))}, ExpireAfter, false, false},
		"ninety days, taken":   {Wish{Status: state.WishTaken, PublishedAt: &noon}, ExpireAfter, false, false},
		"ninety days, waiting": {Wish{Status: state.WishSubmitted}, ExpireAfter, true, false},
	} {
		rising, expiring := c.w, c.w
		rising.SubmittedAt = noon
		now := noon.Add(c.after)
		if err := rising.Escalate(now); (err == nil) != c.rises || c.rises && !rising.EscalatedAt.Equal(now) {
			t.Errorf("%s: rises: %v, %+v", name, err, rising)
		}
		if err := expiring.Expire(now); (err == nil) != c.expires || c.expires && expiring.Status != state.WishExpired {
			t.Errorf("%s: expires: %v, %+v", name, err, expiring)
		}
	}
}
