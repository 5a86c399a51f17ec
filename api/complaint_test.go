package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/complaint"
)

// complain writes a complaint or a suggestion of the resident about Home.
func complain(w *apptest.Town, kind string) apptest.Answer {
	w.T.Helper()
	return w.Call("resident", "POST", "/api/v1/complaints", map[string]any{
		"kind": kind, "nodeId": w.Home, "text": "说好周三来看水管，没有人来。请打 " + apptest.Phone + " 找我。",
	}).Want(201)
}

// answer answers as the persona; the caller looks at what came back.
func answer(w *apptest.Town, persona, complaint string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "POST", "/api/v1/complaints/"+complaint+"/answer",
		map[string]any{"answer": "已经派人去看，周五前修好。"})
}

// waitingFor is what kind and of whom waits for the persona.
func waitingFor(w *apptest.Town, persona, kind string) []string {
	w.T.Helper()
	a := w.Call(persona, "GET", "/api/v1/approvals?kind="+kind, nil).Want(200)
	all := make([]string, a.Len("items"))
	for i := range all {
		all[i] = a.Text("items", i, "id")
	}
	return all
}

// A complaint about a community goes above its secretary, who does not know of
// it; its author reads the answer, asks once more, and the next level answers.
func TestComplaintsWay(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	a := complain(w, "complaint")
	id := a.Text("id")
	if a.Text("status") != "open" || a.Text("deskName") != "茂山街道" || strings.Contains(a.Text("text"), apptest.Phone) {
		t.Errorf("the author is told %s", a.Raw)
	}
	for persona, want := range map[string]int{"secretary": 0, "street": 1, "county": 0} {
		if got := waitingFor(w, persona, "complaint"); len(got) != want {
			t.Errorf("for %s wait %v", persona, got)
		}
		if got := inboxOf(w, persona); len(got) != 1 { // of the office; what waits is a task
			t.Errorf("%s is told %q", persona, got)
		}
	}
	w.Call("street", "POST", "/api/v1/approvals/batch", map[string]any{
		"items": []map[string]any{{"kind": "complaint", "id": id, "decision": "approve"}},
	}).Want(200)
	answer(w, "secretary", id).Refused(404, "not_found")
	if a := w.Call("street", "GET", "/api/v1/complaints/"+id, nil).Want(200); a.At("mayAnswer") != true {
		t.Errorf("the street may not answer: %s", a.Raw)
	}
	answer(w, "street", id).Want(200)
	if got := inboxOf(w, "resident")[0]; got != "您给茂山社区提的投诉建议有答复了" {
		t.Errorf("the author is told %q", got)
	}
	if a := w.Call("resident", "GET", "/api/v1/complaints", nil).Want(200); a.Text("items", 0, "answer") != "已经派人去看，周五前修好。" {
		t.Errorf("the author's list: %s", a.Raw)
	}
	w.Call("resident", "POST", "/api/v1/complaints/"+id+"/reopening", map[string]any{"reason": "周五也没有来"}).Want(200)
	answer(w, "street", id).Refused(404, "not_found") // it lies one level above now
	if got := waitingFor(w, "county", "complaint"); !slices.Equal(got, []string{id}) {
		t.Errorf("for the county wait %v", got)
	}
	answer(w, "county", id).Want(200)
	w.Call("resident", "POST", "/api/v1/complaints/"+id+"/reopening", map[string]any{"reason": "再看看"}).Refused(409, "complaint_state")
	w.Call("resident", "POST", "/api/v1/complaints/"+id+"/closure", nil).Want(200)
	h := w.Call("resident", "GET", "/api/v1/complaints/"+id, nil).Want(200)
	if h.Len("history") != 5 || h.Text("history", 1, "text") != "街道负责人答复了" {
		t.Errorf("the history: %s", h.Raw)
	}
	w.Healthy()
}

// A suggestion about what somebody refused is answered by somebody else; one about a published wish by its community.
func TestASuggestionAboutARefusal(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	suggest := func(wish string) string {
		t.Helper()
		return w.Call("resident", "POST", "/api/v1/complaints", map[string]any{
			"kind": "suggestion", "nodeId": w.Home, "wishId": wish, "text": "能不能先打个电话问问，再退回来？",
		}).Want(201).Text("id")
	}
	rejected := w.Post()
	w.Call("secretary", "POST", "/api/v1/wishes/"+rejected+"/review", map[string]any{
		"decision": "reject", "reason": "请写清楚",
	}).Want(200)
	refused := suggest(rejected)
	declined := w.Open()
	claim := w.Call("member-1", "POST", "/api/v1/wishes/"+declined+"/claims", nil).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{
		"decision": "decline", "reason": "另有安排",
	}).Want(200)
	second, other := suggest(declined), suggest(w.Open())
	if got := waitingFor(w, "secretary", "complaint"); !slices.Equal(got, []string{other}) {
		t.Errorf("for the secretary wait %v, want only %s", got, other)
	}
	if got := waitingFor(w, "street", "complaint"); len(got) != 2 {
		t.Errorf("for the street wait %v", got)
	}
	for _, s := range []string{refused, second} {
		answer(w, "secretary", s).Refused(404, "not_found") // it hides from whom it is about
		answer(w, "street", s).Want(200)
	}
	answer(w, "secretary", other).Want(200)
	w.Healthy()
}

// A suggestion is answered where it belongs; unanswered, the next level sees it.
func TestUnansweredGoesUp(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	id := complain(w, "suggestion").Text("id")
	if got := waitingFor(w, "secretary", "complaint"); !slices.Equal(got, []string{id}) {
		t.Errorf("for the secretary wait %v", got)
	}
	w.Clocks.Business.Advance(complaint.EscalateAfter)
	for range 2 { // once is enough
		must(t, w.App.Complaints.Sweep(t.Context()))
	}
	if got := waitingFor(w, "street", "complaint"); !slices.Equal(got, []string{id}) {
		t.Errorf("for the street wait %v", got)
	}
	if got := inboxOf(w, "street"); got[0] != "给茂山社区的一条投诉建议三天没有答复，请您来答复" {
		t.Errorf("the street is told %v", got)
	}
	answer(w, "street", id).Want(200)
	w.Healthy()
}

// Who asks once more waits anew: the level above the next one hears of it only
// when that has left it for three days, however old the complaint is.
func TestReopenedComplaintWaitsAnew(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	id := complain(w, "suggestion").Text("id")
	answer(w, "secretary", id).Want(200)
	forward(w, 10)
	w.Call("resident", "POST", "/api/v1/complaints/"+id+"/reopening", map[string]any{"reason": "还是没有人来"}).Want(200)
	at := w.Clocks.Business.Now().Format("2006-01-02T15:04:05Z")
	if a := w.Call("street", "GET", "/api/v1/approvals?kind=complaint", nil).Want(200); a.Len("items") != 1 || a.Text("items", 0, "since") != at {
		t.Errorf("for the street waits %s, since %s", a.Raw, at)
	}
	for _, days := range []int{0, 2, 1} {
		forward(w, days)
		must(t, w.App.Complaints.Sweep(t.Context()))
		rises := days == 1 // three in all
		if got := waitingFor(w, "county", "complaint"); (len(got) == 1) != rises {
			t.Errorf("for the county wait %v", got)
		}
		if got := inboxOf(w, "county"); (got[0] == "给茂山社区的一条投诉建议三天没有答复，请您来答复") != rises {
			t.Errorf("the county is told %v", got)
		}
	}
	w.Healthy()
}

// Whom it may be about does not see it: who decided about the wish that it
// names, who is in it, and who works at the place and above it too.
func TestComplaintsHideFromWhomTheyAreAbout(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	wish := w.Post()
	w.Call("street", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	about := func(persona, wish string) apptest.Answer {
		return w.Call(persona, "POST", "/api/v1/complaints", map[string]any{
			"kind": "complaint", "nodeId": w.Home, "wishId": wish, "text": "这个心愿不该这样办",
		})
	}
	id := about("resident", wish).Want(201).Text("id")
	answer(w, "street", id).Refused(404, "not_found")
	if got := waitingFor(w, "county", "complaint"); !slices.Equal(got, []string{id}) {
		t.Errorf("for the county wait %v", got)
	}
	if got := waitingFor(w, "street", "complaint"); len(got) != 0 {
		t.Errorf("for the street wait %v", got)
	}
	answer(w, "county", id).Want(200)

	w.Grant("county", "secretary", w.Home) // the officer who stands in there
	both := complain(w, "complaint").Text("id")
	answer(w, "county", both).Refused(404, "not_found")
	answer(w, "street", both).Want(200)
	own := w.Call("street", "POST", "/api/v1/complaints", map[string]any{
		"kind": "suggestion", "nodeId": w.Street, "text": "街道大厅加两把椅子",
	}).Want(201).Text("id")
	answer(w, "street", own).Refused(403, "party_to_matter")

	// A wish that the author cannot know of, or of another place.
	about("resident-2", w.Post()).Refused(422, "invalid_input")
	about("resident", "123").Refused(422, "invalid_input")
	w.Call("resident", "POST", "/api/v1/complaints", map[string]any{
		"kind": "complaint", "nodeId": w.Far, "wishId": wish, "text": "不是这里的",
	}).Refused(422, "invalid_input")
	w.Healthy()
}

func TestComplaintsInput(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	for name, c := range map[string]struct {
		body  map[string]any
		field string
	}{
		"nothing said": {map[string]any{"kind": "complaint", "nodeId": w.Home, "text": " "}, "text"},
		"too long":     {map[string]any{"kind": "complaint", "nodeId": w.Home, "text": strings.Repeat("长", 501)}, "text"},
		"turned about": {map[string]any{"kind": "complaint", "nodeId": w.Home, "text": "好\u202e坏"}, "text"},
		"a unit":       {map[string]any{"kind": "complaint", "nodeId": w.Unit, "text": "有话说"}, "nodeId"},
		"no place":     {map[string]any{"kind": "complaint", "nodeId": "77", "text": "有话说"}, "nodeId"},
		"no such kind": {map[string]any{"kind": "praise", "nodeId": w.Home, "text": "有话说"}, "kind"},
	} {
		a := w.Call("resident", "POST", "/api/v1/complaints", c.body).Refused(422, "invalid_input")
		if a.Text("fields", 0, "path") != c.field || a.Text("fields", 0, "message") == "" {
			t.Errorf("%s: %s", name, a.Raw)
		}
	}
	id := complain(w, "complaint").Text("id")
	w.Call("street", "POST", "/api/v1/complaints/"+id+"/answer", map[string]any{"answer": ""}).Refused(422, "invalid_input")
	w.Call("street", "POST", "/api/v1/complaints/"+id+"/answer", map[string]any{
		"answer": "找张科长，" + apptest.Phone,
	}).Want(200)
	if a := w.Call("resident", "GET", "/api/v1/complaints/"+id, nil).Want(200); strings.Contains(string(a.Raw), apptest.Phone) {
		t.Errorf("a phone number shows: %s", a.Raw)
	}
	w.Call("resident", "POST", "/api/v1/complaints/"+id+"/reopening", map[string]any{"reason": ""}).Refused(422, "invalid_input")
	var sealed int
	must(t, w.App.DB.Pool().QueryRowContext(t.Context(),
		"SELECT COUNT(*) FROM originals WHERE noun IN ('complaint', 'event')").Scan(&sealed))
	if sealed != 2 {
		t.Errorf("%d originals are kept, want that of the text and that of the answer", sealed)
	}
}

// A keyed complaint is written once, and the list comes page by page.
func TestComplaintsOnceAndByPages(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	body := map[string]any{"kind": "suggestion", "nodeId": w.Home, "text": "楼道的灯换成声控的吧"}
	var first string
	for i := range 3 {
		a := w.CallWith(http.Header{"Idempotency-Key": {"complaint-0001"}}, "resident", "/api/v1/complaints", body).Want(201)
		if i == 0 {
			first = a.Text("id")
		}
		if a.Text("id") != first {
			t.Errorf("sent again it is another: %s", a.Raw)
		}
	}
	for i := range 4 {
		body["text"] = fmt.Sprint("第几条：", i)
		w.Call("resident", "POST", "/api/v1/complaints", body).Want(201)
	}
	var seen []string
	for cursor := ""; ; {
		a := w.Call("resident", "GET", "/api/v1/complaints?limit=2&cursor="+cursor, nil).Want(200)
		for i := range a.Len("items") {
			seen = append(seen, a.Text("items", i, "id"))
		}
		if cursor = a.Text("nextCursor"); cursor == "" {
			break
		}
	}
	if len(seen) != 5 || !slices.IsSortedFunc(seen, func(a, b string) int { return strings.Compare(b, a) }) || seen[4] != first {
		t.Errorf("the pages: %v", seen)
	}
	if a := w.Call("resident-2", "GET", "/api/v1/complaints", nil).Want(200); a.Len("items") != 0 {
		t.Errorf("somebody else reads %s", a.Raw)
	}
}

// complaintRights says what everybody is told about a suggestion of the resident.
func complaintRights() map[string]right {
	written := func(answered bool, body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			id := complain(w, "suggestion").Text("id")
			if answered {
				answer(w, "secretary", id).Want(200)
			}
			return scene{ids: map[string]string{"complaintId": id}, body: body}
		}
	}
	reads := func(h holder) bool { return h.decides() || h.near() && h.role == "auditor" }
	stranger := func(h holder) int { return map[bool]int{true: 403, false: 404}[reads(h)] }
	everybody := func(status int) func(holder) int { return func(holder) int { return status } }
	return map[string]right{
		"createComplaint": {func(w *apptest.Town) scene {
			return scene{body: map[string]any{"kind": "complaint", "nodeId": w.Home, "text": "说好的事没有人来"}}
		}, everybody(201)},
		"listComplaints": {func(*apptest.Town) scene { return scene{} }, everybody(200)},
		"getComplaint":   {written(false, nil), func(h holder) int { return when(reads(h), 404) }},
		"answerComplaint": {written(false, map[string]any{"answer": "已经改了"}), func(h holder) int {
			return when(h.decides(), stranger(h))
		}},
		"reopenComplaint": {written(true, map[string]any{"reason": "还是没有来"}), stranger},
		"closeComplaint":  {written(true, nil), stranger},
	}
}
