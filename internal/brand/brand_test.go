package brand

import (
	"testing"
	"time"

	"xinyuan/internal/ballot"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/state"
)

var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

const community, leading, helping, other = id.Node(7), id.Node(8), id.Node(9), id.Node(10)

func speaks(person id.User, unit id.Node) Actor {
	g := grant.Grant{ID: 9, Role: id.RoleUnitLiaison, NodeID: unit, HolderID: person, From: noon}
	return Actor{ID: person, Units: grant.Grants{g}, Helpers: []id.Node{helping}}
}

func decides(person id.User) Actor {
	g := grant.Grant{ID: 9, Role: id.RoleSecretary, NodeID: community, HolderID: person, From: noon}
	return Actor{ID: person, Place: grant.Grants{g}, Helpers: []id.Node{helping}}
}

// in is a brand in the status, in the middle of its first year, which the person 1 proposed for the community.
func in(s state.BrandStatus) Brand {
	b := Brand{ID: 1, NodeID: community, UnitID: leading, SenderID: 1, CreatedAt: noon, Status: s, Version: 1, Helpers: 1}
	if s != state.BrandProposed {
		began := noon.AddDate(0, -6, 0)
		b.AgreedBy, b.SinceAt = 3, &began
		b.year(began, began.AddDate(1, 0, 0))
	}
	return b
}

// late is in, at the end of its year.
func late(s state.BrandStatus) Brand {
	b := in(s)
	b.year(noon.AddDate(-1, 0, 1), noon.AddDate(0, 0, 1))
	return b
}

func voted(yes, no int) *ballot.Ballot {
	return &ballot.Ballot{ID: 1, CountedAt: &noon, Yes: &yes, No: &no}
}

func TestWhoDoesWhatWhen(t *testing.T) {
	type step = func(b *Brand, by Actor) error
	accept := func(b *Brand, by Actor) error { _, err := b.Accept(by, noon); return err }
	join := func(b *Brand, by Actor) error { _, err := b.Join(by, other, noon); return err }
	leave := func(b *Brand, by Actor) error { _, err := b.Leave(by, helping, noon); return err }
	ask := func(b *Brand, by Actor) error { _, err := b.Ask(by, noon); return err }
	stop := func(b *Brand, by Actor) error { _, err := b.Stop(by, nil, noon); return err }
	renew := func(v *ballot.Ballot) step {
		return func(b *Brand, by Actor) error { _, _, err := b.Renew(by, v, noon); return err }
	}
	voting := late(state.BrandActive)
	until := noon.Add(1)
	voting.BallotID, voting.VoteUntil = 1, &until
	over := voting
	over.VoteUntil = &noon
	member, both := decides(2), decides(2)
	member.MemberOf, both.Units = helping, speaks(2, leading).Units
	full := speaks(5, other)
	full.Helpers = []id.Node{11, 12, 13, 14}
	byUnit := in(state.BrandProposed)
	byUnit.ByUnit, byUnit.SenderID = true, 3
	const wrongState, notFound, notYours, party = fault.ReasonBrandState, fault.ReasonNotFound, fault.ReasonNotYourCommunity,
		fault.ReasonPartyToMatter
	for name, c := range map[string]struct {
		do   step
		by   Actor
		in   Brand
		want fault.Reason
	}{
		"the unit says yes":                    {accept, speaks(3, leading), in(state.BrandProposed), ""},
		"the community says yes":               {accept, decides(2), byUnit, ""},
		"nobody says yes to themself":          {accept, speaks(1, leading), in(state.BrandProposed), party},
		"nor does who speaks for the unit":     {accept, both, byUnit, party},
		"it is said once":                      {accept, speaks(3, leading), in(state.BrandActive), wrongState},
		"another unit does not know of it":     {accept, speaks(5, other), in(state.BrandProposed), notFound},
		"a unit joins":                         {join, speaks(5, other), in(state.BrandActive), ""},
		"none joins what sleeps":               {join, speaks(5, other), in(state.BrandAsleep), wrongState},
		"none joins for another":               {join, speaks(5, 11), in(state.BrandActive), notYours},
		"none joins while residents vote":      {join, speaks(5, other), voting, wrongState},
		"but once they have":                   {join, speaks(5, other), over, ""},
		"five build it":                        {join, full, in(state.BrandActive), wrongState},
		"a unit leaves":                        {leave, speaks(4, helping), in(state.BrandAsleep), ""},
		"the community has none leave":         {leave, decides(2), in(state.BrandActive), notYours},
		"residents are asked at its end":       {ask, decides(2), late(state.BrandActive), ""},
		"and no earlier":                       {ask, decides(2), in(state.BrandActive), wrongState},
		"but at any time while it sleeps":      {ask, decides(2), in(state.BrandAsleep), ""},
		"no member of a unit asks them":        {ask, member, late(state.BrandActive), party},
		"no unit asks them":                    {ask, speaks(3, leading), late(state.BrandActive), notYours},
		"it is renewed as voted":               {renew(voted(4, 1)), decides(2), late(state.BrandActive), ""},
		"and wakes":                            {renew(voted(4, 1)), decides(2), in(state.BrandAsleep), ""},
		"not by four":                          {renew(voted(4, 0)), decides(2), late(state.BrandActive), fault.ReasonNotCarried},
		"not by half":                          {renew(voted(3, 3)), decides(2), late(state.BrandActive), fault.ReasonNotCarried},
		"not without a vote":                   {renew(nil), decides(2), late(state.BrandActive), fault.ReasonNotCarried},
		"not by a member of a unit":            {renew(voted(5, 0)), member, late(state.BrandActive), party},
		"not once it is stopped":               {renew(voted(5, 0)), decides(2), in(state.BrandStopped), wrongState},
		"the unit that leads stops it":         {stop, speaks(3, leading), in(state.BrandActive), ""},
		"so does who decides":                  {stop, decides(2), in(state.BrandAsleep), ""},
		"a unit that helps does not":           {stop, speaks(4, helping), in(state.BrandActive), notYours},
		"it is stopped once":                   {stop, decides(2), in(state.BrandStopped), wrongState},
		"what is proposed is stopped, too":     {stop, decides(2), in(state.BrandProposed), ""},
		"by nobody who does not know of it":    {stop, speaks(5, other), in(state.BrandProposed), notFound},
		"a stranger neither joins nor decides": {ask, Actor{ID: 6}, late(state.BrandActive), notYours},
	} {
		b := c.in
		if err := c.do(&b, c.by); c.want == "" && err != nil || c.want != "" && !fault.Has(err, c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if letters.BrandUnits != 5 {
		t.Errorf("%d units build one brand", letters.BrandUnits)
	}
}

// A renewal in time goes on from the end of the year, a late one from today; both begin to count anew.
func TestYears(t *testing.T) {
	b, asleep := late(state.BrandActive), in(state.BrandAsleep)
	due, began := *b.DueAt, *b.RenewedAt
	over, _, err := b.Renew(decides(2), voted(5, 0), noon)
	if err != nil || !b.DueAt.Equal(due.AddDate(1, 0, 0)) || !over.FromAt.Equal(began) || !over.UntilAt.Equal(noon) || !b.RenewedAt.Equal(noon) {
		t.Errorf("%v: %v over, due at %v", err, over, b.DueAt)
	}
	if _, _, err := asleep.Renew(decides(2), voted(5, 0), noon); err != nil || !asleep.DueAt.Equal(noon.AddDate(1, 0, 0)) {
		t.Errorf("%v: awake until %v", err, asleep.DueAt)
	}
}

// It sleeps when its year is over, not before, and not while a vote is open or who decides has time to renew it.
func TestLapse(t *testing.T) {
	for name, c := range map[string]struct {
		due   time.Duration // ago
		voted time.Duration // ago, when a vote closed; 0: there is none
		want  state.BrandStatus
	}{
		"in time": {-time.Second, 0, state.BrandActive}, "over": {0, 0, state.BrandAsleep},
		"a vote is open": {time.Hour, -time.Hour, state.BrandActive}, "a vote was of late": {time.Hour, Grace - 1, state.BrandActive},
		"a vote was long ago": {time.Hour, Grace, state.BrandAsleep},
	} {
		b := in(state.BrandActive)
		due := noon.Add(-c.due)
		b.DueAt = &due
		if c.voted != 0 {
			until := noon.Add(-c.voted)
			b.BallotID, b.VoteUntil = 1, &until
		}
		if err := b.Lapse(noon); b.Status != c.want || (err == nil) != (c.want == state.BrandAsleep) {
			t.Errorf("%s: %v, %s", name, err, b.Status)
		}
	}
}

// What most are against sleeps at once; what too few voted about stays as it was.
func TestCount(t *testing.T) {
	for name, c := range map[string]struct {
		vote *ballot.Ballot
		in   state.BrandStatus
		want state.BrandStatus
		kept bool
	}{
		"carried": {voted(5, 1), state.BrandActive, state.BrandActive, true}, "against": {voted(2, 3), state.BrandActive, state.BrandAsleep, false},
		"too few": {voted(0, 4), state.BrandActive, state.BrandActive, false}, "against, asleep": {voted(1, 4), state.BrandAsleep, state.BrandAsleep, false},
	} {
		b := in(c.in)
		b.BallotID, b.VoteUntil = 1, &noon
		if _, err := b.Count(*c.vote); err != nil || b.Status != c.want || (b.BallotID != 0) != c.kept {
			t.Errorf("%s: %v, %s, vote %d", name, err, b.Status, b.BallotID)
		}
	}
}
