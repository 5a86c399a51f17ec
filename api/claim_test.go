package api_test

import (
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// What was done in somebody's home is told to those who have a part in it and to
// staff; strangers read that it is done, and not by whom.
func TestWhoReadsWhatWasDone(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	wish := w.Open()
	claim := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", map[string]any{
		"participantIds": []id.User{w.People["member-2"]},
	}).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "老人一个人住，换了阀芯。"}).Want(200)
	answer := map[string]any{"accepted": true, "rating": 5, "comment": "谢谢"}
	w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", answer).Want(200)
	for persona, c := range map[string]struct{ note, claimant bool }{
		"resident": {true, true}, "member-1": {true, true}, "secretary": {true, true}, "county": {true, true}, "auditor": {true, true},
		"member-2":   {false, true}, // asked to join, and did not answer
		"resident-2": {false, false}, "member-3": {false, false}, "unit": {false, false}, "leader": {false, false},
	} {
		a := w.Call(persona, "GET", "/api/v1/wishes/"+wish, nil).Want(200)
		if got := a.Text("claim", "deliveryNote") != ""; got != c.note {
			t.Errorf("%s reads what was done: %t", persona, got)
		}
		if got := a.Text("claim", "claimant") != ""; got != c.claimant {
			t.Errorf("%s reads who did it: %t", persona, got)
		}
	}
}

// Points are those of the day of the deed, whenever the resident says that it is
// done: its month, its year and its cap.
func TestPointsOfTheDayOfTheDeed(t *testing.T) {
	w := apptest.NewTown(apptest.New(t), 1)
	w.Clocks.Business.Advance(time.Date(2026, 12, 31, 15, 50, 0, 0, time.UTC).Sub(apptest.Start)) // ten minutes before the new year
	var claims []string
	for range 3 {
		_, claim := w.Delivered("member-1")
		claims = append(claims, claim)
	}
	w.Clocks.Business.Advance(time.Hour)
	for _, claim := range claims {
		w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{"accepted": true}).Want(200)
	}
	entries := w.Call("member-1", "GET", "/api/v1/me/points/entries", nil).Want(200)
	if got := entries.Text("items", 0, "deedAt"); got != "2026-12-31T15:50:00Z" {
		t.Errorf("the deed was done at %s", got)
	}
	if a := w.Call("member-1", "GET", "/api/v1/me/points", nil).Want(200); a.Number("balance") != 30 || a.Number("thisYear") != 0 {
		t.Errorf("in the new year: %s", a.Raw)
	}
	score := func(period string) int {
		return w.Call("member-1", "GET", "/api/v1/leaderboards?period="+period, nil).Want(200).Number("me", "score")
	}
	w.Until("the board of the old month has the points", func() bool { return score("2026-12") == 30 })
	for period, want := range map[string]int{"2026": 30, "2026Q4": 30, "2027-01": 0, "2027": 0} {
		if got := score(period); got != want {
			t.Errorf("in %s there are %d points, want %d", period, got, want)
		}
	}
	w.Healthy()
}
