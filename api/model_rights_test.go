package api_test

import (
	"time"

	"pgregory.net/rapid"

	"xinyuan/internal/clock"
)

// refusedSomehow is 403 or 404: what somebody without a right is told depends on what else they may see.
const refusedSomehow = -1

// helpers are invited beside the claimants. The second of them stands in for the secretary now and then.
var helpers = []string{"member-3", "grid"}

// modelRights is who holds which right in the community.
type modelRights struct {
	secretary string // the secretary's grant; "" once it has ended
	deputy    string // the latest delegation
	giver     string // the secretary's grant by which it was given
	until     time.Time
	over      bool // it was ended, or the grant of its giver
}

// deputyDecides tells whether the delegation is in force.
func (m *model) deputyDecides() bool {
	return m.rights.deputy != "" && !m.rights.over && m.now().Before(m.rights.until)
}

// decides tells whether the persona holds a right to decide in the community now.
func (m *model) decides(who string) bool {
	switch who {
	case "secretary":
		return m.rights.secretary != ""
	case "grid":
		return m.deputyDecides()
	}
	return who == "street" || who == "county"
}

// decider is the nearest who may decide, the deputy first, so that deputies decide much.
func (m *model) decider() string {
	for _, who := range []string{"grid", "secretary"} {
		if m.decides(who) {
			return who
		}
	}
	return "street"
}

// delegate lets the secretary choose the deputy for some days, which may be those of a delegation that ended early.
func (m *model) delegate(r *rapid.T) {
	m.w.Clocks.Business.Advance(time.Second) // as in restore
	days := rapid.IntRange(0, 3).Draw(r, "days of the delegation")
	want := 201
	switch {
	case m.rights.secretary == "":
		want = refusedSomehow
	case m.deputyDecides():
		want = 409
	}
	last := clock.Day(m.now()).AddDate(0, 0, days)
	body := map[string]any{
		"deputyId": m.w.People["grid"], "nodeId": m.w.Home, "from": clock.Day(m.now()).In(clock.Shanghai).Format(time.DateOnly),
		"until": last.In(clock.Shanghai).Format(time.DateOnly),
	}
	if a, done := m.does(r, "secretary", "/delegations", body, want); done {
		m.rights.deputy, m.rights.giver = a.Text("id"), m.rights.secretary
		m.rights.until, m.rights.over = last.AddDate(0, 0, 1), false
	}
}

// endDelegation ends the latest delegation, by who gave it or by the county; what is over stays as it is.
func (m *model) endDelegation(r *rapid.T) {
	if m.rights.deputy == "" || rapid.IntRange(0, 2).Draw(r, "seldom") > 0 {
		return
	}
	m.w.Clocks.Business.Advance(time.Second)
	who := somebody(r, "county", []string{"secretary", "grid", "resident"})
	want := 200
	switch {
	case who == "grid" || who == "resident" || who == "secretary" && m.rights.secretary != m.rights.giver:
		want = refusedSomehow
	case !m.deputyDecides(): // over by its days, ended early, or over with the grant of its giver
		want = 409
	}
	if _, done := m.does(r, who, "/grants/"+m.rights.deputy+"/end", map[string]any{"reason": "回来了"}, want); done {
		m.rights.over = true
	}
}

// endSecretary takes the secretary's grant away, and with it the deputy's, or gives another.
func (m *model) endSecretary(r *rapid.T) {
	if rapid.IntRange(0, 2).Draw(r, "seldom") > 0 {
		return
	}
	if m.rights.secretary == "" {
		m.restore()
		return
	}
	m.w.Clocks.Business.Advance(time.Second)
	who := somebody(r, "county", []string{"street", "secretary", "grid", "resident"})
	want := 200
	if who != "county" && who != "street" {
		want = refusedSomehow
	}
	if _, done := m.does(r, who, "/grants/"+m.rights.secretary+"/end", map[string]any{"reason": "工作调动"}, want); done {
		m.rights.secretary, m.rights.over = "", true
	}
}

// restore gives the secretary another grant where the last has ended. A delegation of the earlier one stays over.
func (m *model) restore() {
	if m.rights.secretary == "" {
		m.w.Clocks.Business.Advance(time.Second) // what was used in this very moment ends just after it
		a := m.w.Call("county", "POST", "/api/v1/grants", map[string]any{
			"userId": m.w.People["secretary"], "role": "secretary", "nodeId": m.w.Home,
		})
		m.rights.secretary = a.Want(201).Text("id")
	}
}
