package api_test

import (
	"slices"

	"pgregory.net/rapid"

	"xinyuan/internal/clock"
)

func (m *model) claim(r *rapid.T) {
	x := m.one(r, func(x *modelWish) bool { return x.status == "open" })
	if x == nil {
		return
	}
	who := rapid.SampledFrom(claimants).Draw(r, "who")
	undelivered := 0
	for _, other := range m.wishes {
		if other.last.live() && other.last.status != "delivered" && other.last.member == who {
			undelivered++
		}
	}
	invited := m.invites(r, who, x)
	want := 201
	switch {
	case !x.public():
		want = 404
	case x.status != "open" || undelivered >= 3:
		want = 409
	case !x.mayJoin(invited):
		want = 422
	}
	if a, done := m.does(r, who, "/wishes/"+x.id+"/claims", invite(m.w, invited...), want); done {
		x.status = "taken"
		x.last = &modelClaim{id: a.Text("id"), member: who, status: "requested", requested: m.now(), invited: invited}
	}
}

func (m *model) reviewClaim(r *rapid.T) {
	x, c := m.claimed(r, "requested", "delivered")
	if c == nil {
		return
	}
	approve := rapid.IntRange(0, 3).Draw(r, "approve") > 0
	who := somebody(r, m.decider(), []string{"secretary", "grid", "street", "county", "member-3"})
	want := 409
	switch {
	case !m.decides(who) || slices.Contains(c.invited, who):
		want = refusedSomehow
	case c.status == "requested" || c.status == "delivered" && c.disputed:
		want = 200
	}
	body := map[string]any{"decision": "decline", "reason": "换一位同志"}
	if approve {
		body = map[string]any{"decision": "approve"}
	}
	if _, done := m.does(r, who, "/claims/"+c.id+"/review", body, want); !done {
		return
	}
	if approve && c.status == "requested" {
		x.workers = append(x.workers, who)
	}
	c.disputed, c.decided = false, m.now()
	if c.status = "approved"; !approve {
		c.status, x.status = "declined", "open"
	}
}

// invites draws whom the claimant invites: mostly nobody, and sometimes somebody who is no member or worked on the wish.
func (m *model) invites(r *rapid.T, claimant string, x *modelWish) []string {
	all := append(slices.Clone(helpers), slices.DeleteFunc(slices.Clone(claimants), func(who string) bool { return who == claimant })...)
	invited := []string{}
	for range rapid.SampledFrom([]int{0, 0, 1, 1, 2}).Draw(r, "invited") {
		if who := somebody(r, rapid.SampledFrom(all).Draw(r, "invited one"), append([]string{"resident-2"}, x.workers...)); !slices.Contains(invited, who) {
			invited = append(invited, who)
		}
	}
	return invited
}

// mayJoin tells whether all of them are members who did not work on the wish.
func (x *modelWish) mayJoin(invited []string) bool {
	return !slices.ContainsFunc(invited, func(who string) bool { return who == "resident-2" || slices.Contains(x.workers, who) })
}

// accept joins a claim to which the person was invited, or not.
func (m *model) accept(r *rapid.T) {
	x := m.one(r, func(x *modelWish) bool { return x.last.live() && len(x.last.accepted) < len(x.last.invited) })
	if x == nil || x.last == nil {
		return
	}
	c, who := x.last, "member-3"
	if len(c.invited) > 0 {
		who = rapid.SampledFrom(c.invited).Draw(r, "who accepts")
	}
	want := 200
	switch {
	case !slices.Contains(c.invited, who):
		want = 404
	case slices.Contains(c.accepted, who) || c.status != "requested" && c.status != "approved":
		want = 409
	}
	if _, done := m.does(r, who, "/claims/"+c.id+"/acceptance", nil, want); done {
		c.accepted = append(c.accepted, who)
	}
}

// pay shares ten points among the claimant and who has accepted: the remainder one each, the claimant first and then by
// id, and no day pays a person more than sixty.
func (m *model) pay(c *modelClaim) {
	joined := slices.Clone(c.accepted)
	slices.SortFunc(joined, func(a, b string) int { return int(m.w.People[a] - m.w.People[b]) })
	c.paid = map[string]int{}
	for i, member := range append([]string{c.member}, joined...) {
		share, day := 10/(len(joined)+1), member+clock.Day(c.deed).String()
		if i < 10%(len(joined)+1) {
			share++
		}
		c.paid[member] = min(share, 60-m.perDay[day])
		m.perDay[day] += c.paid[member]
		m.balance[member] += c.paid[member]
	}
}
