package api_test

import (
	"net/http"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/race"
)

func report(w *apptest.Town, who, about, id, reason string) apptest.Answer {
	w.T.Helper()
	return w.Call(who, "POST", "/api/v1/reports", doc{"about": about, "id": id, "reason": reason})
}

func newest(w *apptest.Town, who string) string {
	w.T.Helper()
	return w.Call(who, "GET", "/api/v1/inbox", nil).Want(200).Text("items", 0, "text")
}

// What is reported waits for the secretary, once; those who reported it hear what became
// of it, and whose it is only where something is taken down.
func TestReports(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	wish := w.Open()
	report(w, "member-1", "wish", wish, "fraud").Want(204)
	report(w, "member-1", "wish", wish, "ads").Want(204) // again: nothing more
	report(w, "member-2", "wish", wish, "ads").Want(204)
	one := waitingCase(t, w)
	if one.Text("kind") != "report" || !strings.Contains(one.Text("why"), "诈骗") || one.Text("noun") != "wish" || one.Text("subjectId") != wish ||
		strings.Contains(string(one.Raw), w.People["member-1"].String()) {
		t.Errorf("the secretary reads %s", one.Raw)
	}
	path := "/api/v1/cases/" + one.Text("id") + "/review"
	for _, party := range []string{"resident", "member-1"} {
		w.Call(party, "POST", path, doc{"decision": "keep"}).Refused(404, "not_found")
	}
	before := newest(w, "resident")
	w.Call("secretary", "POST", path, doc{"decision": "keep"}).Want(200)
	for _, who := range []string{"member-1", "member-2"} {
		if text := newest(w, who); !strings.Contains(text, "没有发现问题") {
			t.Errorf("%s reads %s", who, text)
		}
	}
	if text := newest(w, "resident"); text != before {
		t.Errorf("whose wish it is reads %s", text)
	}
	report(w, "member-3", "wish", wish, "fraud").Want(204) // another one, now
	again := waitingCase(t, w)
	w.Call("secretary", "POST", "/api/v1/cases/"+again.Text("id")+"/review", doc{"decision": "remove", "reason": "像广告"}).Want(200)
	seen := w.Call("member-1", "GET", "/api/v1/wishes/"+wish, nil).Want(200)
	if title := seen.Text("wish", "title"); title != "（没有通过核对，已隐去）" || seen.Text("wish", "description") != title {
		t.Errorf("others read %s", seen.Raw)
	}
	if text := newest(w, "resident"); !strings.Contains(text, "没有通过核对") {
		t.Errorf("whose wish it is reads %s", text)
	}
	w.Healthy()
}

// Teams, activities, comments and pictures can be reported, by who sees them.
func TestWhatCanBeReported(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 4)
	team, activity := w.Announced("member-2", 3)
	_, claim := w.Approved("member-1")
	photo := w.Upload("member-1")
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", doc{"note": "换好了", "photoIds": []string{photo}}).Want(200)
	w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", doc{"accepted": true, "comment": "谢谢"}).Want(200)
	decide := func(who string) {
		t.Helper()
		all := w.Call(who, "GET", "/api/v1/approvals?kind=case", nil).Want(200)
		body := doc{"decision": "remove", "reason": "不合适"}
		w.Call(who, "POST", "/api/v1/cases/"+all.Text("items", 0, "id")+"/review", body).Want(200)
		w.Healthy()
	}
	report(w, "resident-2", "team", team, "abuse").Want(204)
	decide("street") // the secretary has founded it
	report(w, "resident-2", "activity", activity, "abuse").Want(204)
	decide("secretary")
	report(w, "member-4", "claim", claim, "abuse").Refused(404, "not_found")
	report(w, "member-1", "claim", claim, "abuse").Want(204)
	decide("secretary")
	for _, about := range [][2]string{{"team", team}, {"activity", activity}} {
		a := w.Call("resident-2", "GET", map[string]string{"team": "/api/v1/teams/", "activity": "/api/v1/activities/"}[about[0]]+about[1], nil).Want(200)
		if !strings.Contains(string(a.Raw), "已隐去") {
			t.Errorf("%s: %s", about[0], a.Raw)
		}
	}
	picture := doc{"about": "claim", "id": claim, "photoId": photo, "reason": "privacy"}
	w.Call("resident", "POST", "/api/v1/reports", doc{"about": "claim", "id": claim, "photoId": "7", "reason": "privacy"}).Refused(404, "not_found")
	w.Call("resident", "POST", "/api/v1/reports", picture).Want(204)
	if one := waitingCase(t, w); one.Text("photo", "id") != photo {
		t.Errorf("the secretary reads %s", one.Raw)
	}
	decide("secretary")
	if n := len(photos(w, "resident", "/claims/"+claim, "claim")); n != 0 {
		t.Errorf("%d pictures are left", n)
	}
	report(w, "resident-2", "wish", w.Post(), "ads").Refused(404, "not_found")
	w.Call("resident-2", "POST", "/api/v1/reports", doc{"about": "user", "id": "1", "reason": "ads"}).Refused(422, "invalid_input")
}

// What the secretary wrote is not decided by the secretary: the report goes a level up.
func TestAReportGoesPastWhomItIsAbout(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	team := w.Call("secretary", "POST", "/api/v1/teams", doc{"nodeId": w.Home, "name": "便民队", "leaderId": w.People["member-1"]}).Want(201).Text("id")
	report(w, "member-2", "team", team, "other").Want(204)
	if n := cases(w.World).Len("items"); n != 0 {
		t.Errorf("the secretary has %d cases", n)
	}
	if a := w.Call("street", "GET", "/api/v1/approvals?kind=case", nil).Want(200); a.Len("items") != 1 {
		t.Errorf("the street has %s", a.Raw)
	}
}

// Many who report at once make one case, and each of them is told.
func TestManyReportAtOnce(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 6)
	wish := w.Open()
	reporters := []string{"member-1", "member-2", "member-3", "member-4", "member-5", "member-6"}
	for _, who := range reporters {
		w.Token(who)
	}
	answers := make([]apptest.Answer, len(reporters))
	var wg race.Group
	for i, who := range reporters {
		wg.Go(func() { answers[i] = report(w, who, "wish", wish, "ads") })
	}
	wg.Wait()
	for _, a := range answers {
		a.Want(http.StatusNoContent)
	}
	one := waitingCase(t, w)
	w.Call("secretary", "POST", "/api/v1/cases/"+one.Text("id")+"/review", doc{"decision": "keep"}).Want(200)
	for _, who := range reporters {
		if text := newest(w, who); !strings.Contains(text, "举报") {
			t.Errorf("%s reads %s", who, text)
		}
	}
	w.Healthy()
}
