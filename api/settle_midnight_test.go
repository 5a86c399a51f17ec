package api_test

import (
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
)

// An activity over the midnight that ends a month and a quarter: who served
// through it has two records, one a day, and months, quarters and boards have
// each what was in them.
func TestSettlementOverMidnight(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 5)
	begins := time.Date(2026, 3, 31, 22, 0, 0, 0, clock.Shanghai)
	m := announced(w, map[string]any{"startsAt": begins, "endsAt": begins.Add(3 * time.Hour), "title": "守护夜归人"})
	for _, p := range []string{"member-3", "member-4", "member-5", "resident"} {
		m.Call(p, "POST", m.path+"/signups", nil).Want(201)
	}
	start := int(begins.Sub(opens).Minutes())
	m.at(start)
	m.in("member-3", withCode(m.code())).Want(201)
	m.in("resident", withCode(m.code())).Want(201)
	m.served(start+30, start+90, "member-4")   // gone before midnight
	m.served(start+125, start+170, "member-5") // came after it
	m.at(start + 180)
	for _, p := range []string{"member-3", "resident"} {
		m.out(p, withCode(m.code())).Want(200)
	}
	wantSame(t, m.outcome(m.settle("member-1").Want(200)), map[string]string{
		"member-3": "true 180 credited:120 credited:60", "member-4": "true 60 credited:60",
		"member-5": "true 45 credited:45", "resident": "true 180 credited:120 credited:60",
	})

	mine := w.Call("member-3", "GET", "/api/v1/service-records", nil).Want(200)
	midnight := clock.Day(begins.Add(3 * time.Hour)).UTC().Format(time.RFC3339)
	if mine.Len("items") != 2 || mine.Text("items", 0, "startedAt") != midnight || mine.Text("items", 1, "endedAt") != midnight {
		t.Errorf("member-3 has %s", mine.Raw)
	}
	if p := w.Call("member-3", "GET", "/api/v1/me/points", nil).Want(200); p.Number("minutes") != 180 || p.Number("balance") != 3 {
		t.Errorf("member-3 has %s", p.Raw)
	}
	if p := w.Call("member-5", "GET", "/api/v1/me/points", nil).Want(200); p.Number("minutes") != 45 || p.Number("balance") != 0 {
		t.Errorf("member-5 has %s", p.Raw)
	}
	for _, c := range []struct {
		period           string
		member, together int // of member-3, of all four
	}{
		{"2026-03", 120, 300}, {"2026-04", 60, 165}, {"2026Q1", 120, 300}, {"2026Q2", 60, 165}, {"2026", 180, 465},
	} {
		ask := "/api/v1/leaderboards?metric=minutes&period=" + c.period + "&subject="
		w.Until("the boards of "+c.period, func() bool {
			a := w.Call("member-3", "GET", ask+"member", nil).Want(200)
			team := w.Call("member-3", "GET", ask+"team", nil).Want(200)
			community := w.Call("member-3", "GET", ask+"community", nil).Want(200)
			return a.Number("me", "score") == c.member && team.Number("items", 0, "score") == c.together &&
				community.Number("items", 0, "score") == c.together
		})
	}
	w.Healthy()
}
