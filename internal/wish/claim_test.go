package wish

import (
	"testing"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/fault/faulttest"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// group is a claim of the claimant with one who has joined and one who has not.
func group(status state.ClaimStatus) Claim {
	return Claim{
		ID: 8, ClaimantID: claimant, Status: status, RequestedAt: noon,
		Participants: []Participant{{UserID: joined, AcceptedAt: &noon}, {UserID: invited}},
	}
}

// matterIn is such a claim of a wish that is as the claim makes it.
func matterIn(status state.ClaimStatus) Matter {
	w := Wish{OwnerID: owner, RecorderID: recorder, Status: state.WishTaken}
	switch status {
	case state.ClaimConfirmed:
		w.Status = state.WishFulfilled
	case state.ClaimDeclined, state.ClaimReleased, state.ClaimLapsed:
		w.Status = state.WishOpen
	case state.ClaimCancelled:
		w.Status = state.WishWithdrawn
	case state.ClaimRequested, state.ClaimApproved, state.ClaimDelivered:
	}
	m := Matter{w, group(status)}
	if status == state.ClaimDelivered || status == state.ClaimConfirmed {
		m.Claim.DeliveredAt = &noon
	}
	return m
}

func TestClaiming(t *testing.T) {
	for name, c := range map[string]struct {
		by     Candidate
		status state.WishStatus
		want   fault.Reason
	}{
		"a member":                {Candidate{ID: claimant, Member: true}, state.WishOpen, ""},
		"with two live ones":      {Candidate{ID: claimant, Member: true, Undelivered: 2}, state.WishOpen, ""},
		"with three":              {Candidate{ID: claimant, Member: true, Undelivered: 3}, state.WishOpen, fault.ReasonTooManyClaims},
		"not a member":            {Candidate{ID: stranger}, state.WishOpen, fault.ReasonNotMember},
		"the owner":               {Candidate{ID: owner, Member: true}, state.WishOpen, fault.ReasonOwnWish},
		"who recorded it":         {Candidate{ID: recorder, Member: true}, state.WishOpen, fault.ReasonOwnWish},
		"who approved a claim":    {Candidate{ID: staff, Member: true, Approvers: []id.User{staff}}, state.WishOpen, fault.ReasonPartyToMatter},
		"what is taken":           {Candidate{ID: claimant, Member: true}, state.WishTaken, fault.ReasonWishTaken},
		"taken, not a member":     {Candidate{ID: stranger}, state.WishTaken, fault.ReasonWishTaken},
		"what is fulfilled":       {Candidate{ID: claimant, Member: true}, state.WishFulfilled, fault.ReasonWishState},
		"what is not yet public":  {Candidate{ID: claimant, Member: true}, state.WishSubmitted, fault.ReasonNotFound},
		"what is public no more":  {Candidate{ID: claimant, Member: true}, state.WishExpired, fault.ReasonNotFound},
		"the own, not yet public": {Candidate{ID: owner, Member: true}, state.WishSubmitted, fault.ReasonOwnWish},
	} {
		w := Wish{ID: 1, OwnerID: owner, RecorderID: recorder, Status: c.status}
		c.by.Membership.ID, c.by.Membership.NodeID, c.by.Membership.UnitID = 11, 12, 13
		got, err := w.Claim(c.by, noon)
		switch {
		case !faulttest.IsRefused(err, c.want):
			t.Errorf("%s: %v", name, err)
		case c.want != "" && w.Status != c.status:
			t.Errorf("%s: the wish is %s", name, w.Status)
		case c.want == "" && (w.Status != state.WishTaken || got.Status != state.ClaimRequested || got.ClaimantID != claimant ||
			got.MembershipID != 11 || got.MemberNodeID != 12 || got.UnitID != 13 || !got.RequestedAt.Equal(noon)):
			t.Errorf("%s: %s, %+v", name, w.Status, got)
		}
	}
}

// Only the claimant delivers and gives back.
func TestTheClaimantsSteps(t *testing.T) {
	for _, c := range []struct {
		by       Actor
		status   state.ClaimStatus
		delivers fault.Reason
		releases fault.Reason
	}{
		{plain(claimant), state.ClaimRequested, fault.ReasonClaimState, ""},
		{plain(claimant), state.ClaimApproved, "", ""},
		{plain(claimant), state.ClaimDelivered, fault.ReasonClaimState, fault.ReasonClaimState},
		{plain(claimant), state.ClaimConfirmed, fault.ReasonClaimState, fault.ReasonClaimState},
		{plain(claimant), state.ClaimLapsed, fault.ReasonClaimState, fault.ReasonClaimState},
		{plain(joined), state.ClaimApproved, fault.ReasonForbidden, fault.ReasonForbidden},
		{plain(invited), state.ClaimApproved, fault.ReasonForbidden, fault.ReasonForbidden},
		{plain(owner), state.ClaimApproved, fault.ReasonForbidden, fault.ReasonForbidden},
		{holding(staff, id.RoleSecretary, 0), state.ClaimApproved, fault.ReasonForbidden, fault.ReasonForbidden},
		{plain(stranger), state.ClaimApproved, fault.ReasonNotFound, fault.ReasonNotFound},
	} {
		delivered, released := matterIn(c.status), matterIn(c.status)
		err := delivered.Deliver(c.by, "换了阀芯", noon.Add(time.Hour))
		if !faulttest.IsRefused(err, c.delivers) || c.delivers == "" && (delivered.Claim.Status != state.ClaimDelivered ||
			!delivered.Claim.DeliveredAt.Equal(noon.Add(time.Hour)) || delivered.Claim.DeliveryNote != "换了阀芯") {
			t.Errorf("%d delivers what is %s: %v, %+v", c.by.ID, c.status, err, delivered.Claim)
		}
		err = released.Release(c.by, noon)
		if !faulttest.IsRefused(err, c.releases) || c.releases == "" && (released.Claim.Status != state.ClaimReleased || released.Wish.Status != state.WishOpen) {
			t.Errorf("%d releases what is %s: %v, %s", c.by.ID, c.status, err, released.Wish.Status)
		}
	}
}

// Staff decides, and nobody who has a part in it.
func TestWhoDecidesAboutAClaim(t *testing.T) {
	for name, c := range map[string]struct {
		by   Actor
		want fault.Reason
	}{
		"secretary":            {holding(staff, id.RoleSecretary, 0), ""},
		"street":               {holding(staff, id.RoleStreet, 1), ""},
		"grid worker":          {holding(staff, id.RoleGridWorker, -1), fault.ReasonNotYourCommunity},
		"building head":        {holding(staff, id.RoleBuildingHead, -1), fault.ReasonNotFound},
		"stranger":             {plain(stranger), fault.ReasonNotFound},
		"claimant, secretary":  {holding(claimant, id.RoleSecretary, 0), fault.ReasonPartyToMatter},
		"joined, a secretary":  {holding(joined, id.RoleSecretary, 0), fault.ReasonPartyToMatter},
		"invited, a secretary": {holding(invited, id.RoleSecretary, 0), fault.ReasonPartyToMatter},
		"owner, a secretary":   {holding(owner, id.RoleSecretary, 0), fault.ReasonPartyToMatter}, // and undoes only the own yes
		"recorder, the street": {holding(recorder, id.RoleStreet, 1), fault.ReasonPartyToMatter},
	} {
		for step, try := range map[string]func(m *Matter) error{
			"approve": func(m *Matter) error { _, err := m.Approve(c.by, noon); return err },
			"decline": func(m *Matter) error { _, err := m.Decline(c.by, "先办手上的", noon); return err },
			"undo": func(m *Matter) error {
				m.Claim.Status, m.Wish.Status = state.ClaimConfirmed, state.WishFulfilled
				_, err := m.Undo(c.by, confirmation{}, "点错了", noon)
				return err
			},
			"return": func(m *Matter) error {
				m.Claim.Status, m.Claim.DisputedAt = state.ClaimDelivered, &noon
				_, err := m.Return(c.by, noon)
				return err
			},
		} {
			m := matterIn(state.ClaimRequested)
			if step == "undo" && c.by.ID == owner {
				continue // TestOwnersUndo
			}
			if err := try(&m); !faulttest.IsRefused(err, c.want) {
				t.Errorf("%s: %s: %v", name, step, err)
			}
		}
	}
}

func TestDecidingAboutAClaim(t *testing.T) {
	by, later := holding(staff, id.RoleSecretary, 0), noon.Add(time.Hour)
	approve := func(m *Matter) error { _, err := m.Approve(by, later); return err }
	decline := func(m *Matter) error { _, err := m.Decline(by, "先办手上的", later); return err }
	mute := func(m *Matter) error { _, err := m.Decline(by, "", later); return err }
	settle := func(m *Matter) error { _, err := m.Return(by, later); return err }
	undo := func(m *Matter) error { _, err := m.Undo(by, confirmation{}, "点错了", later); return err }
	for name, c := range map[string]struct {
		status   state.ClaimStatus
		disputed bool
		step     func(*Matter) error
		want     fault.Reason
		claim    state.ClaimStatus
		wish     state.WishStatus
	}{
		"approve":                {state.ClaimRequested, false, approve, "", state.ClaimApproved, state.WishTaken},
		"approve twice":          {state.ClaimApproved, false, approve, fault.ReasonClaimState, state.ClaimApproved, state.WishTaken},
		"approve what is over":   {state.ClaimLapsed, false, approve, fault.ReasonClaimState, state.ClaimLapsed, state.WishOpen},
		"decline":                {state.ClaimRequested, false, decline, "", state.ClaimDeclined, state.WishOpen},
		"decline, no reason":     {state.ClaimRequested, false, mute, fault.ReasonReasonRequired, state.ClaimRequested, state.WishTaken},
		"decline, approved":      {state.ClaimApproved, false, decline, fault.ReasonClaimState, state.ClaimApproved, state.WishTaken},
		"decline, delivered":     {state.ClaimDelivered, false, decline, fault.ReasonClaimState, state.ClaimDelivered, state.WishTaken},
		"decline, disputed":      {state.ClaimDelivered, true, decline, "", state.ClaimDeclined, state.WishOpen},
		"return, disputed":       {state.ClaimDelivered, true, settle, "", state.ClaimApproved, state.WishTaken},
		"return, not disputed":   {state.ClaimDelivered, false, settle, fault.ReasonClaimState, state.ClaimDelivered, state.WishTaken},
		"undo":                   {state.ClaimConfirmed, false, undo, "", state.ClaimDelivered, state.WishTaken},
		"undo what is delivered": {state.ClaimDelivered, false, undo, fault.ReasonClaimState, state.ClaimDelivered, state.WishTaken},
	} {
		m := matterIn(c.status)
		five := 5
		m.Claim.EscalatedAt, m.Claim.ConfirmedAt, m.Claim.Rating = &noon, &noon, &five
		if c.disputed {
			m.Claim.DisputedAt = &noon
		}
		err := c.step(&m)
		if !faulttest.IsRefused(err, c.want) || m.Claim.Status != c.claim || m.Wish.Status != c.wish {
			t.Errorf("%s: %v, the claim is %s, the wish %s", name, err, m.Claim.Status, m.Wish.Status)
		}
		if c.want != "" {
			continue
		}
		if m.Claim.DisputedAt != nil || m.Claim.EscalatedAt != nil {
			t.Errorf("%s: it still waits: %+v", name, m.Claim)
		}
		if undone := c.status == state.ClaimConfirmed; undone && (m.Claim.ConfirmedAt != nil || m.Claim.Rating != nil) ||
			!undone && !m.Claim.DecidedAt.Equal(later) {
			t.Errorf("%s: %+v", name, m.Claim)
		}
	}
}

// An undecided claim lapses by its request, an approved one by its decision, and
// a delivered one never.
func TestLapse(t *testing.T) {
	const moment = time.Millisecond
	for name, c := range map[string]struct {
		status  state.ClaimStatus
		decided time.Duration // after the request
		after   time.Duration // the request
		want    bool
	}{
		"almost seven days":           {state.ClaimRequested, 0, LapseAfter - moment, false},
		"seven days":                  {state.ClaimRequested, 0, LapseAfter, true},
		"approved late, seven days":   {state.ClaimApproved, 6 * 24 * time.Hour, LapseAfter, false},
		"thirty days by the request":  {state.ClaimApproved, 6 * 24 * time.Hour, DeliverWithin, false},
		"almost thirty by the answer": {state.ClaimApproved, 6 * 24 * time.Hour, DeliverWithin + 6*24*time.Hour - moment, false},
		"thirty by the answer":        {state.ClaimApproved, 6 * 24 * time.Hour, DeliverWithin + 6*24*time.Hour, true},
		"delivered":                   {state.ClaimDelivered, 0, 365 * 24 * time.Hour, false},
		"confirmed":                   {state.ClaimConfirmed, 0, 365 * 24 * time.Hour, false},
		"released":                    {state.ClaimReleased, 0, 365 * 24 * time.Hour, false},
	} {
		m := matterIn(c.status)
		if c.status != state.ClaimRequested {
			m.Claim.DecidedAt = at(noon.Add(c.decided))
		}
		before := m.Wish.Status
		err := m.Lapse(noon.Add(c.after))
		switch {
		case c.want && (err != nil || m.Claim.Status != state.ClaimLapsed || m.Wish.Status != state.WishOpen):
			t.Errorf("%s: %v, the claim is %s, the wish %s", name, err, m.Claim.Status, m.Wish.Status)
		case !c.want && (!fault.Has(err, fault.ReasonClaimState) || m.Claim.Status != c.status || m.Wish.Status != before):
			t.Errorf("%s: %v, the claim is %s, the wish %s", name, err, m.Claim.Status, m.Wish.Status)
		}
	}
}

// After three days a decision rises, and an unanswered delivery makes a call;
// where there is no phone the call is due at once.
func TestClaimsThatWait(t *testing.T) {
	const moment = time.Millisecond
	for name, c := range map[string]struct {
		status   state.ClaimStatus
		owner    id.User
		disputed time.Duration // after the delivery; 0: never
		after    time.Duration
		want     state.Event
	}{
		"almost three days":         {state.ClaimRequested, owner, 0, EscalateAfter - moment, ""},
		"three days":                {state.ClaimRequested, owner, 0, EscalateAfter, state.EventEscalate},
		"approved":                  {state.ClaimApproved, owner, 0, 5 * EscalateAfter, ""},
		"almost three, delivered":   {state.ClaimDelivered, owner, 0, EscalateAfter - moment, ""},
		"three, delivered":          {state.ClaimDelivered, owner, 0, EscalateAfter, state.EventCallBack},
		"no phone":                  {state.ClaimDelivered, 0, 0, 0, state.EventCallBack},
		"disputed":                  {state.ClaimDelivered, owner, time.Hour, EscalateAfter, ""},
		"three days after that":     {state.ClaimDelivered, owner, time.Hour, EscalateAfter + time.Hour, state.EventEscalate},
		"no phone, disputed":        {state.ClaimDelivered, 0, time.Hour, time.Hour, ""},
		"over":                      {state.ClaimConfirmed, owner, 0, 5 * EscalateAfter, ""},
		"over, and there was phone": {state.ClaimConfirmed, 0, 0, 5 * EscalateAfter, ""},
	} {
		m := matterIn(c.status)
		m.Wish.OwnerID = c.owner
		if c.disputed > 0 {
			m.Claim.DisputedAt = at(noon.Add(c.disputed))
		}
		now := noon.Add(c.after)
		got, err := m.Escalate(now)
		switch {
		case got != c.want || (err == nil) != (c.want != "") || m.Claim.Status != c.status:
			t.Errorf("%s: %q, %v, %s", name, got, err, m.Claim.Status)
		case c.want != "" && !m.Claim.EscalatedAt.Equal(now):
			t.Errorf("%s: %+v", name, m.Claim)
		}
		if _, err := m.Escalate(now); !fault.Has(err, fault.ReasonClaimState) {
			t.Errorf("%s: a second time: %v", name, err)
		}
	}
}

// Who may know of a claim, who sees what was done in somebody's home, and who
// reads the contact.
func TestWhoSeesAClaim(t *testing.T) {
	for name, c := range map[string]struct {
		by         Actor
		sees, deed bool
	}{
		"claimant":      {plain(claimant), true, true},
		"joined":        {plain(joined), true, true},
		"invited":       {plain(invited), true, false},
		"owner":         {plain(owner), true, true},
		"recorder":      {plain(recorder), true, true},
		"secretary":     {holding(staff, id.RoleSecretary, 0), true, true},
		"auditor":       {holding(staff, id.RoleAuditor, 2), true, true},
		"building head": {holding(staff, id.RoleBuildingHead, -1), false, false},
		"stranger":      {plain(stranger), false, false},
	} {
		m := matterIn(state.ClaimDelivered)
		if m.sees(c.by, noon) != c.sees || m.showsDeed(c.by, noon) != c.deed {
			t.Errorf("%s sees the claim: %t, the deed: %t", name, m.sees(c.by, noon), m.showsDeed(c.by, noon))
		}
	}
}

func TestWhoReadsTheContact(t *testing.T) {
	const asked = "核实地址"
	for name, c := range map[string]struct {
		by     Actor
		status state.ClaimStatus
		reason string
		want   fault.Reason
		right  string // "", "claim" or "grant"
	}{
		"owner":                 {plain(owner), state.ClaimRequested, "", "", ""},
		"claimant, requested":   {member(claimant), state.ClaimRequested, asked, fault.ReasonContactNotAllowed, ""},
		"claimant, approved":    {member(claimant), state.ClaimApproved, "", "", "claim"},
		"claimant, delivered":   {member(claimant), state.ClaimDelivered, "", "", "claim"},
		"claimant, confirmed":   {member(claimant), state.ClaimConfirmed, asked, fault.ReasonContactNotAllowed, ""},
		"claimant, released":    {member(claimant), state.ClaimReleased, asked, fault.ReasonContactNotAllowed, ""},
		"joined, approved":      {member(joined), state.ClaimApproved, "", "", "claim"},
		"joined, no member":     {plain(joined), state.ClaimApproved, asked, fault.ReasonContactNotAllowed, ""},
		"claimant, no member":   {plain(claimant), state.ClaimDelivered, asked, fault.ReasonContactNotAllowed, ""},
		"invited, approved":     {member(invited), state.ClaimApproved, asked, fault.ReasonContactNotAllowed, ""},
		"secretary":             {holding(staff, id.RoleSecretary, 0), state.ClaimRequested, "", "", "grant"},
		"street without reason": {holding(staff, id.RoleStreet, 1), state.ClaimRequested, "", fault.ReasonReasonRequired, ""},
		"street with a reason":  {holding(staff, id.RoleStreet, 1), state.ClaimRequested, asked, "", "grant"},
		"county without reason": {holding(staff, id.RoleCounty, 2), state.ClaimRequested, "", fault.ReasonReasonRequired, ""},
		"auditor":               {holding(staff, id.RoleAuditor, 2), state.ClaimRequested, asked, fault.ReasonContactNotAllowed, ""},
		"grid worker":           {holding(staff, id.RoleGridWorker, -1), state.ClaimRequested, asked, fault.ReasonContactNotAllowed, ""},
		"recorder in the post":  {holding(recorder, id.RoleGridWorker, -1), state.ClaimRequested, "", "", "grant"},
		"recorder without post": {plain(recorder), state.ClaimRequested, asked, fault.ReasonContactNotAllowed, ""},
		"stranger":              {plain(stranger), state.ClaimApproved, asked, fault.ReasonContactNotAllowed, ""},
	} {
		m := matterIn(c.status)
		got, err := contactRight(c.by, m.Wish, &m.Claim, c.reason, noon)
		if !faulttest.IsRefused(err, c.want) || (got.ID != 0) != (c.right == "claim") || (got.Grant != nil) != (c.right == "grant") {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if m.Wish.Status = state.WishExpired; c.by.ID == stranger {
			if _, err := contactRight(c.by, m.Wish, nil, asked, noon); !fault.Has(err, fault.ReasonNotFound) {
				t.Errorf("%s is told of a wish that is public no more: %v", name, err)
			}
		}
	}
}

func TestInvited(t *testing.T) {
	w := Wish{OwnerID: owner, RecorderID: recorder}
	ten := []id.User{21, 22, 23, 24, 25, 26, 27, 28, 29, 30}
	for name, c := range map[string]struct {
		people []id.User
		want   fault.Reason
		left   int
	}{
		"nobody":       {nil, "", 0},
		"one twice":    {[]id.User{21, 21}, "", 1},
		"nine":         {ten[:9], "", 9},
		"ten":          {ten, fault.ReasonInvalidInput, 0},
		"the claimant": {[]id.User{21, claimant}, fault.ReasonInvalidInput, 0},
		"the owner":    {[]id.User{owner}, fault.ReasonInvalidInput, 0},
		"the recorder": {[]id.User{recorder}, fault.ReasonInvalidInput, 0},
	} {
		if got, err := checkInvited(claimant, w, c.people); !faulttest.IsRefused(err, c.want) || len(got) != c.left {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}
