package api_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// Why a number is there: an equal share of a group and a confirmation that was
// taken back are no cap, and who asked the resident is named as who did.
func TestEntriesSayWhy(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 3)
	wish := w.Open()
	invited := map[string]any{"participantIds": []any{w.People["member-2"], w.People["member-3"]}}
	claim := "/api/v1/claims/" + w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", invited).Want(201).Text("id")
	w.Call("secretary", "POST", claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	for _, p := range []string{"member-2", "member-3"} {
		w.Call(p, "POST", claim+"/acceptance", nil).Want(200)
	}
	w.Call("member-1", "POST", claim+"/delivery", map[string]any{"note": "换好了"}).Want(200)
	forward(w, 3)
	yes := map[string]any{"accepted": true, "onBehalf": map[string]any{"how": "phone", "note": "电话里说办好了"}}
	w.Call("grid", "POST", claim+"/confirmation", yes).Want(200)
	entry := func(persona string, amount, share int, words ...string) {
		t.Helper()
		a := w.Call(persona, "GET", "/api/v1/me/points/entries", nil).Want(200)
		if a.Number("items", 0, "amount") != amount || a.Number("items", 0, "rule", "share") != share ||
			a.Number("items", 0, "rule", "promised") != 10 {
			t.Errorf("%s: %s", persona, a.Raw)
		}
		for _, word := range words {
			if !strings.Contains(a.Text("items", 0, "cause", "approvedBy"), word) {
				t.Errorf("%s: no %s in %s", persona, word, a.Raw)
			}
		}
		if strings.Contains(string(a.Raw), "积分上限") {
			t.Errorf("%s: there was no cap: %s", persona, a.Raw)
		}
	}
	entry("member-1", 4, 4, "同意认领", "问过许愿人，记下办成", "网格员")
	entry("member-2", 3, 3)
	entry("member-3", 3, 3)
	w.Call("street", "POST", claim+"/undo", map[string]any{"reason": "问错了人"}).Want(200)
	entry("member-2", -3, 3, "街道", "撤销了确认")
	w.Call("resident", "POST", claim+"/confirmation", map[string]any{"accepted": true}).Want(200)
	entry("member-2", 3, 3, "许愿人确认办成")
	w.Healthy()
}

// Service too short to earn a point is in the hours, and no entry of 0 points;
// what a cap cut to nothing is an entry that says so.
func TestNoEntriesOfNothing(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 4)
	m := newMeeting(w, []string{"member-3"})
	m.served(0, 59, "member-3")
	m.at(120)
	m.settle("member-1").Want(200)
	if p := w.Call("member-3", "GET", "/api/v1/me/points", nil).Want(200); p.Number("minutes") != 59 {
		t.Errorf("points: %s", p.Raw)
	}
	if a := w.Call("member-3", "GET", "/api/v1/me/points/entries", nil).Want(200); a.Len("items") != 0 {
		t.Errorf("entries: %s", a.Raw)
	}
	w.Healthy()
}

// Who was elsewhere for a part of the time and did not check in is credited what
// is left of the activity.
func TestSettlementInWhatIsFree(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 4)
	m := newMeeting(w, []string{"member-3"})
	m.at(120)
	record := w.Call("member-3", "POST", "/api/v1/service-records", map[string]any{
		"nodeId": w.Home, "title": "陪护", "note": "上午陪老人看病",
		"startedAt": opens.Add(-30 * time.Minute), "endedAt": opens.Add(90 * time.Minute),
	}).Want(201)
	w.Call("secretary", "POST", "/api/v1/service-records/"+record.Text("id")+"/review", confirm).Want(200)
	m.settle("member-1", m.about("member-3", "minutes", 31, "reason", "没带手机")).Refused(409, "service_overlap")
	got := m.settle("member-1", m.about("member-3", "minutes", 30, "reason", "没带手机")).Want(200)
	wantSame(t, m.outcome(got), map[string]string{"member-3": "true 30 credited:30"})
	w.Healthy()
}
