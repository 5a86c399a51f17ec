package api_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
)

// The whole loop by HTTP alone, "not yet" included: from a log-in to points on
// the board.
func TestLoop(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	wish := w.Post()
	w.Call("member-1", "GET", "/api/v1/wishes/"+wish, nil).Refused(404, "not_found")
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish", "points": 7}).Refused(422, "invalid_input")
	published := w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish", "points": 20}).Want(200)
	if published.Text("nodeName") != "茂山社区" {
		t.Errorf("published: %s", published.Raw)
	}

	seen := w.Call("member-1", "GET", "/api/v1/wishes/"+wish, nil).Want(200)
	if d := seen.Text("wish", "description"); strings.Contains(d, apptest.Phone) || !strings.Contains(d, "电话已隐藏") {
		t.Errorf("the phone shows in %q", d)
	}
	if got := seen.Text("wish", "ownerLabel"); got != "刘*兰" {
		t.Errorf("the owner shows as %q", got)
	}
	claim := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", nil).Want(201).Text("id")
	w.Call("member-2", "POST", "/api/v1/wishes/"+wish+"/claims", nil).Refused(409, "wish_taken")
	w.Call("member-1", "GET", "/api/v1/wishes/"+wish+"/contact", nil).Refused(403, "contact_not_allowed")
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	if got := w.Call("member-1", "GET", "/api/v1/wishes/"+wish+"/contact", nil).Want(200).Text("phone"); got != apptest.Phone {
		t.Errorf("the claimant reads the phone %q", got)
	}
	deliver := map[string]any{"note": "换了阀芯，试了半小时不滴了。"}
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", deliver).Want(200)
	confirm := "/api/v1/claims/" + claim + "/confirmation"
	back := w.Call("resident", "POST", confirm, map[string]any{"accepted": false, "comment": "还有一点滴"}).Want(200)
	if got := back.Text("status"); got != "approved" {
		t.Errorf("after \"not yet\" the claim is %s", got)
	}
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", deliver).Want(200)
	w.Call("resident", "POST", confirm, map[string]any{"accepted": true, "rating": 5, "comment": "谢谢"}).Want(200)
	w.Call("resident", "POST", confirm, map[string]any{"accepted": true}).Refused(409, "claim_state")

	if got := w.Call("member-1", "GET", "/api/v1/me/points", nil).Want(200); got.Number("balance") != 20 || got.Number("thisYear") != 20 {
		t.Errorf("points: %s", got.Raw)
	}
	entries := w.Call("member-1", "GET", "/api/v1/me/points/entries", nil).Want(200)
	if entries.Len("items") != 1 || !strings.Contains(entries.Text("items", 0, "cause", "text"), "厨房水龙头") ||
		!strings.Contains(entries.Text("items", 0, "cause", "approvedBy"), "茂山社区书记") {
		t.Errorf("entries: %s", entries.Raw)
	}
	for _, query := range []string{"", "?period=all", "?period=2026-03", "?nodeId=" + w.Home.String(), "?nodeId=" + w.Street.String()} {
		w.Until("points on the board "+query, func() bool {
			a := w.Call("member-1", "GET", "/api/v1/leaderboards"+query, nil).Want(200)
			return a.Len("items") == 1 && a.Number("items", 0, "score") == 20 && a.Number("me", "rank") == 1
		})
	}
	history := w.Call("resident", "GET", "/api/v1/wishes/"+wish, nil).Want(200)
	want := []string{
		"许下心愿，等社区核实", "社区书记核实后发布，等党员认领", "有党员来认领，等社区同意", "社区书记同意认领，可以联系您了",
		"认领人说办好了，等您确认", "您说：还没办好", "认领人说办好了，等您确认", "您确认：心愿实现了",
	}
	for i := range max(len(want), history.Len("history")) {
		if got := history.Text("history", i, "text"); i >= len(want) || got != want[i] {
			t.Errorf("event %d is told as %q", i, got)
		}
	}
	reads := w.Call("resident", "GET", "/api/v1/wishes/"+wish+"/contact-reads", nil).Want(200)
	if reads.Len("items") != 1 || reads.Text("items", 0, "as") != "认领人" {
		t.Errorf("reads: %s", reads.Raw)
	}
}
