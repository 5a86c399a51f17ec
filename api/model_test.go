package api_test

import (
	"flag"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/devstack"
)

// Random people do random things, in and out of turn, while days pass. A small
// model of the lifecycles, written from design and glossary and not from the
// code, says what each of them is told, and what everybody has in the end.
func TestAgainstTheModel(t *testing.T) {
	t.Parallel()
	fewer(t, "rapid.checks", parts("2", "6"))
	fewer(t, "rapid.steps", "100")
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	w.Enroll("grid") // the deputy is a member, too, and so may be invited
	rapid.Check(t, func(r *rapid.T) {
		m := newModel(r, w)
		defer m.close()
		r.Repeat(map[string]func(*rapid.T){
			"post": m.post, "edit": m.edit, "withdraw": m.withdraw, "review": m.review, "claim": m.claim,
			"reviewClaim": m.reviewClaim, "release": m.release, "deliver": m.deliver, "confirm": m.confirm, "undo": m.undo,
			"delegate": m.delegate, "endDelegation": m.endDelegation, "endSecretary": m.endSecretary, "accept": m.accept,
			"days": m.days, "": m.compare,
		})
	})
	w.TakeOldData()
	w.Healthy()
}

// fewer sets a number of rapid unless the command line does.
func fewer(t *testing.T, name, value string) {
	t.Helper()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == name })
	if !given {
		must(t, flag.Set(name, value))
	}
}

// parts is how much make test does, or make test-county.
func parts(some, whole string) string {
	if devstack.IsWhole() {
		return whole
	}
	return some
}

type modelWish struct {
	id, owner, status string
	published         time.Time
	last              *modelClaim
	workers           []string // who published it or approved a claim of it
}

type modelClaim struct {
	id, member, status       string
	requested, decided, deed time.Time
	returned, disputed       bool
	invited, accepted        []string
	paid                     map[string]int
}

func (c *modelClaim) live() bool {
	return c != nil && (c.status == "requested" || c.status == "approved" || c.status == "delivered")
}

func (x *modelWish) public() bool {
	return x.status == "open" || x.status == "taken" || x.status == "fulfilled"
}

type model struct {
	w       *apptest.Town
	wishes  []*modelWish
	steps   int
	balance map[string]int
	perDay  map[string]int // by member and day of the deed
	rights  modelRights
}

var (
	residents = []string{"resident", "resident-2"}
	claimants = []string{"member-1", "member-2"}
)

func newModel(r *rapid.T, w *apptest.Town) *model {
	m := &model{w: w, balance: map[string]int{}, perDay: map[string]int{}}
	w.Clocks.Business.Advance(24 * time.Hour) // the caps of a day begin anew
	m.rights.secretary = grantOf(w, "secretary")
	for _, member := range append(slices.Clone(claimants), helpers...) {
		m.balance[member] = m.call(r, member, "GET", "/me/points", nil).Number("balance")
	}
	return m
}

func (m *model) now() time.Time { return m.w.Clocks.Business.Now() }

func (m *model) call(r *rapid.T, persona, method, path string, body any) apptest.Answer {
	a := m.w.Call(persona, method, "/api/v1"+path, body)
	r.Logf("%s %s %s %v: %d %s", persona, method, path, body, a.Status, a.Raw)
	return a
}

// does sends a step and fails unless it is told the status; it tells whether it
// was done.
func (m *model) does(r *rapid.T, persona, path string, body any, want int) (apptest.Answer, bool) {
	method := "POST"
	if path[len(path)-1] == '!' {
		method, path = "PATCH", path[:len(path)-1]
	}
	a := m.call(r, persona, method, path, body)
	if a.Status != want && (want != refusedSomehow || a.Status != 403 && a.Status != 404) {
		r.Fatalf("%s %s is told %d, the model says %d: %s", persona, path, a.Status, want, a.Raw)
	}
	return a, a.Status < 300
}

// one picks a wish, mostly one that the step fits; nil where there is none
// at all.
func (m *model) one(r *rapid.T, fits func(*modelWish) bool) *modelWish {
	var fitting []*modelWish
	for _, x := range m.wishes {
		if fits(x) {
			fitting = append(fitting, x)
		}
	}
	if len(fitting) == 0 || rapid.IntRange(0, 7).Draw(r, "any wish") == 7 {
		fitting = m.wishes
	}
	if len(fitting) == 0 {
		return nil
	}
	return rapid.SampledFrom(fitting).Draw(r, "wish")
}

// claimed picks a wish whose latest claim has, mostly, one of the statuses; nil
// where it was never claimed.
func (m *model) claimed(r *rapid.T, statuses ...string) (*modelWish, *modelClaim) {
	x := m.one(r, func(x *modelWish) bool { return x.last != nil && slices.Contains(statuses, x.last.status) })
	if x == nil || x.last == nil {
		return nil, nil
	}
	return x, x.last
}

// somebody is mostly who may do it.
func somebody(r *rapid.T, right string, others []string) string {
	if rapid.IntRange(0, 7).Draw(r, "anybody") == 7 {
		return rapid.SampledFrom(others).Draw(r, "who")
	}
	return right
}

func (m *model) post(r *rapid.T) {
	owner := rapid.SampledFrom(residents).Draw(r, "owner")
	a, _ := m.does(r, owner, "/wishes", apptest.Draft(m.w.Home), 201)
	m.wishes = append(m.wishes, &modelWish{id: a.Text("id"), owner: owner, status: "submitted"})
}

// ownersStep is what somebody is told who is, or is not, the owner.
func ownersStep(x *modelWish, who string, allowed bool) int {
	switch {
	case who != x.owner && !x.public():
		return 404
	case who != x.owner:
		return 403
	case !allowed:
		return 409
	}
	return 200
}

func (m *model) edit(r *rapid.T) {
	x := m.one(r, func(x *modelWish) bool { return x.status == "submitted" || x.status == "rejected" })
	if x == nil {
		return
	}
	who := somebody(r, x.owner, residents)
	draft := apptest.Draft(m.w.Home)
	delete(draft, "nodeId")
	want := ownersStep(x, who, x.status == "submitted" || x.status == "rejected")
	if _, done := m.does(r, who, "/wishes/"+x.id+"!", draft, want); done {
		x.status = "submitted"
	}
}

func (m *model) withdraw(r *rapid.T) {
	x := m.one(r, func(*modelWish) bool { return rapid.IntRange(0, 5).Draw(r, "seldom") == 5 })
	if x == nil {
		return
	}
	who := somebody(r, x.owner, residents)
	allowed := x.status == "submitted" || x.status == "open" || x.status == "taken" && x.last.status != "delivered"
	if _, done := m.does(r, who, "/wishes/"+x.id+"/withdrawal", nil, ownersStep(x, who, allowed)); done {
		x.status = "withdrawn"
		if x.last.live() {
			x.last.status = "cancelled"
		}
	}
}

func (m *model) review(r *rapid.T) {
	x := m.one(r, func(x *modelWish) bool { return x.status == "submitted" })
	if x == nil {
		return
	}
	publish := rapid.IntRange(0, 5).Draw(r, "publish") > 0
	who := somebody(r, m.decider(), []string{"secretary", "grid", "street", "county", "member-1", "auditor", "leader"})
	want := 200
	switch {
	case !m.decides(who) && (who == "secretary" || who == "grid"):
		want = refusedSomehow
	case who == "auditor" || !m.decides(who) && x.public():
		want = 403
	case who == "member-1" || who == "leader":
		want = 404
	case x.status != "submitted":
		want = 409
	}
	body := map[string]any{"decision": "reject", "reason": "请补充"}
	if publish {
		body = map[string]any{"decision": "publish"}
	}
	if _, done := m.does(r, who, "/wishes/"+x.id+"/review", body, want); done {
		x.status = "rejected"
		if publish {
			x.status, x.published, x.workers = "open", m.now(), append(x.workers, who)
		}
	}
}

func (m *model) release(r *rapid.T) {
	x, c := m.claimed(r, "confirmed") // mostly in vain, so that claims come to something
	if c == nil {
		return
	}
	who := somebody(r, c.member, claimants)
	if _, done := m.does(r, who, "/claims/"+c.id+"/release", nil, claimantsStep(c, who, c.live() && c.status != "delivered")); done {
		c.status, x.status = "released", "open"
	}
}

func claimantsStep(c *modelClaim, who string, allowed bool) int {
	switch {
	case who != c.member:
		return refusedSomehow // who was invited may see it, others not
	case !allowed:
		return 409
	}
	return 200
}

func (m *model) deliver(r *rapid.T) {
	_, c := m.claimed(r, "approved")
	if c == nil {
		return
	}
	who := somebody(r, c.member, claimants)
	body := map[string]any{"note": "办好了"}
	if _, done := m.does(r, who, "/claims/"+c.id+"/delivery", body, claimantsStep(c, who, c.status == "approved")); done {
		c.status, c.deed = "delivered", m.now()
	}
}

func (m *model) confirm(r *rapid.T) {
	x, c := m.claimed(r, "delivered")
	if c == nil {
		return
	}
	who, accepted := somebody(r, x.owner, residents), rapid.IntRange(0, 2).Draw(r, "accepted") > 0
	want := 200
	switch {
	case who != x.owner:
		want = 404
	case c.status != "delivered":
		want = 409
	}
	if _, done := m.does(r, who, "/claims/"+c.id+"/confirmation", map[string]any{"accepted": accepted}, want); !done {
		return
	}
	switch {
	case accepted:
		c.status, x.status, c.disputed = "confirmed", "fulfilled", false
		m.pay(c)
	case !c.returned:
		c.status, c.returned, c.decided = "approved", true, m.now()
	default:
		c.disputed = true
	}
}

func (m *model) undo(r *rapid.T) {
	x, c := m.claimed(r, "confirmed")
	if c == nil {
		return
	}
	who := somebody(r, m.decider(), []string{"secretary", "grid", "street", "county"})
	want := 409
	switch {
	case !m.decides(who) || slices.Contains(c.invited, who):
		want = refusedSomehow
	case c.status == "confirmed":
		want = 200
	}
	if _, done := m.does(r, who, "/claims/"+c.id+"/undo", map[string]any{"reason": "点错了"}, want); done {
		c.status, x.status = "delivered", "taken"
		for member, paid := range c.paid {
			m.perDay[member+clock.Day(c.deed).String()] -= paid
			m.balance[member] -= paid
		}
	}
}

// days lets days pass, and what has waited too long ends.
func (m *model) days(r *rapid.T) {
	m.w.Clocks.Business.Advance(time.Duration(rapid.SampledFrom([]int{0, 0, 0, 1, 4, 7, 31}).Draw(r, "days")) * 24 * time.Hour)
	lapse(m.w)
	now := m.now()
	for _, x := range m.wishes {
		c := x.last
		switch {
		case x.status == "open" && now.Sub(x.published) >= 90*24*time.Hour:
			x.status = "expired"
		case c.live() && c.status == "requested" && now.Sub(c.requested) >= 7*24*time.Hour,
			c.live() && c.status == "approved" && now.Sub(c.decided) >= 30*24*time.Hour:
			c.status, x.status = "lapsed", "open"
		}
	}
}

// compare holds wishes and points against the model.
func (m *model) compare(r *rapid.T) {
	m.steps++
	for i, x := range m.wishes {
		if i%5 != m.steps%5 { // each now and then
			continue
		}
		a := m.w.Call(x.owner, "GET", "/api/v1/wishes/"+x.id, nil)
		claim := ""
		if x.last != nil {
			claim = x.last.status
		}
		if got := a.Text("wish", "status") + " " + a.Text("claim", "status"); got != x.status+" "+claim {
			r.Fatalf("wish %s is %s, the model says %s %s: %s", x.id, got, x.status, claim, a.Raw)
		}
	}
	everyone := append(slices.Clone(claimants), helpers...)
	member := everyone[m.steps%len(everyone)]
	if got := m.w.Call(member, "GET", "/api/v1/me/points", nil).Number("balance"); got != m.balance[member] {
		r.Fatalf("%s has %d points, the model says %d", member, got, m.balance[member])
	}
}

// close ends what is live, for the next run.
func (m *model) close() {
	m.restore()
	for _, x := range m.wishes {
		switch {
		case x.last.live() && x.last.status == "delivered":
			m.w.Call(x.owner, "POST", "/api/v1/claims/"+x.last.id+"/confirmation", map[string]any{"accepted": true})
		case x.last.live():
			m.w.Call(x.last.member, "POST", "/api/v1/claims/"+x.last.id+"/release", nil)
		}
	}
	m.w.Clocks.Business.Advance(4 * 24 * time.Hour) // no delegation lasts into the next run
}
