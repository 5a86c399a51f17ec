package wish

import (
	"testing"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// A yes that is drawn waits for another person, who alone of all that ask may not
// be the first; what the resident says then, or that person, ends it.
func TestASecondPersonAsksAgain(t *testing.T) {
	asked := &Asked{HowPhone, "他说修好了"}
	first, second := holding(staff, id.RoleSecretary, 0), holding(stranger, id.RoleGridWorker, -1)
	wins, loses := lot{9, 10}, lot{10, 10}
	for name, c := range map[string]struct {
		by       Actor
		answer   Answer
		drawn    lot
		waits    bool // for a second asking already
		disputed bool
		owner    id.User
		want     state.Event // "": refused
	}{
		"drawn":                        {first, Answer{Accepted: true, OnBehalf: asked}, wins, false, false, 0, state.EventAskAgain},
		"drawn, after a dispute":       {first, Answer{Accepted: true, OnBehalf: asked}, wins, false, true, 0, state.EventAskAgain},
		"not drawn":                    {first, Answer{Accepted: true, OnBehalf: asked}, loses, false, false, 0, state.EventConfirm},
		"a no is not drawn":            {first, Answer{OnBehalf: asked}, wins, false, false, 0, state.EventReturn},
		"the owner's yes is not drawn": {plain(owner), Answer{Accepted: true}, wins, false, false, owner, state.EventConfirm},
		"the first asks again":         {first, Answer{Accepted: true, OnBehalf: asked}, loses, true, false, 0, ""},
		"the second says the same":     {second, Answer{Accepted: true, OnBehalf: asked}, wins, true, false, 0, state.EventConfirm},
		"the second says otherwise":    {second, Answer{OnBehalf: asked}, wins, true, false, 0, state.EventDispute},
		"the resident says the same":   {plain(owner), Answer{Accepted: true}, wins, true, false, owner, state.EventConfirm},
		"the resident says otherwise":  {plain(owner), Answer{}, wins, true, false, owner, state.EventDispute},
	} {
		m, later := matterIn(state.ClaimDelivered), noon.Add(EscalateAfter)
		m.Wish.OwnerID = c.owner
		if c.waits {
			m.Claim.AskedBy, m.Claim.AskedAt = staff, &noon
		}
		if c.disputed {
			m.Claim.DisputedAt = &noon
		}
		got, _, err := m.Confirm(c.by, c.answer, c.drawn, later)
		if c.want == "" {
			if !fault.Has(err, fault.ReasonPartyToMatter) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		k := m.Claim
		if err != nil || got != c.want || (k.AskedAt != nil) != (got == state.EventAskAgain) ||
			(k.DisputedAt != nil) != (got == state.EventDispute) {
			t.Errorf("%s: %s, %v, %+v", name, got, err, k)
		}
		if known := k.AskedBy == staff; known != (got == state.EventAskAgain || got == state.EventDispute) {
			t.Errorf("%s: who recorded it is %s", name, k.AskedBy)
		}
	}
}

// Who recorded a yes that the resident denies does not decide about it; with the
// claimant's next delivery that is over.
func TestWhoSettlesADeniedYes(t *testing.T) {
	m := matterIn(state.ClaimDelivered)
	m.Claim.AskedBy, m.Claim.DisputedAt = staff, &noon
	if _, err := m.Return(holding(staff, id.RoleSecretary, 0), noon); !fault.Has(err, fault.ReasonPartyToMatter) {
		t.Errorf("who recorded the yes: %v", err)
	}
	if _, err := m.Return(holding(stranger, id.RoleSecretary, 0), noon); err != nil || m.Claim.AskedBy != 0 {
		t.Errorf("another: %v, %s", err, m.Claim.AskedBy)
	}
}

// The lot falls on the share of the day, anew for each yes, and on others under
// other keys.
func TestDrawing(t *testing.T) {
	const n = 10_000
	draws := func(keys string, version int) (drawn [n]bool) {
		sealer, err := seal.New(keys)
		if err != nil {
			t.Fatal(err)
		}
		s := Service{sealer: sealer}
		for i := range drawn {
			drawn[i] = s.draw(Claim{ID: id.Claim(i + 1), Version: version}, 10).isDrawn()
		}
		return drawn
	}
	const one = "one:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
	const two = "two:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
	first := draws(one, 4)
	for name, other := range map[string][n]bool{"other keys": draws(two, 4), "the next yes": draws(one, 6)} {
		drawn, both := 0, 0
		for i := range first {
			if other[i] {
				drawn++
			}
			if other[i] && first[i] {
				both++
			}
		}
		if drawn < 900 || drawn > 1100 || both < 50 || both > 150 { // a tenth, and a tenth of that by chance
			t.Errorf("%s: %d drawn, %d of them as before", name, drawn, both)
		}
	}
	if first != draws(one, 4) {
		t.Error("asking again draws otherwise")
	}
}

// A second asking is announced once more after its own three days, not after the
// delivery's.
func TestWhenStaffIsToAsk(t *testing.T) {
	day := 24 * time.Hour
	for name, c := range map[string]struct {
		owner id.User
		asked *time.Time
		after time.Duration // the delivery
		want  bool
	}{
		"no phone, at once":        {0, nil, 0, true},
		"a phone, two days":        {owner, nil, 2 * day, false},
		"a phone, three days":      {owner, nil, 3 * day, true},
		"no phone, asked just now": {0, &noon, 2 * day, false},
		"no phone, asked long ago": {0, &noon, 3 * day, true},
	} {
		m := matterIn(state.ClaimDelivered)
		m.Wish.OwnerID, m.Claim.AskedAt, m.Claim.DeliveredAt = c.owner, c.asked, &noon
		if got := m.isUnasked(noon.Add(c.after)); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
