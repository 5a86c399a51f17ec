package api_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/paper/papertest"
)

// onPaper has the text hold each of the wanted words, and none of the hidden.
func onPaper(t *testing.T, text string, wanted, hidden []string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the paper:\n%s", want, text)
		}
	}
	for _, hide := range hidden {
		if strings.Contains(text, hide) {
			t.Errorf("%q is on the paper:\n%s", hide, text)
		}
	}
}

// pdf is a paper that the persona opens, as text.
func pdf(t *testing.T, w *apptest.Town, persona, path, name string) string {
	t.Helper()
	a := w.Call(persona, "GET", path, nil).Want(200)
	if a.Header.Get("Content-Type") != "application/pdf" || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: headers %v", path, a.Header)
	}
	papertest.Save(t, name, a.Raw)
	return papertest.Words(t, a.Raw)
}

// personal is what no paper says of the resident.
var personal = []string{apptest.Phone, apptest.Name, apptest.Address}

// The papers of a need: its form, which the owner and staff take along, and the whistle, which the department does.
// Others who read the need among everybody's are refused, and who does not see it is told that there is none.
func TestPapersOfANeed(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	need, one := whistled(w)
	stepOn(w, "responder", one, "acceptance", nil).Want(200)
	stepOn(w, "responder", one, "report", doc{"answer": "换了一个新井盖"}).Want(200)
	form := "/api/v1/needs/" + need + "/pdf"
	whistle := "/api/v1/assignments/" + one + "/pdf"
	onPaper(t, pdf(t, w, "responder", whistle, "whistle"), []string{
		"吹哨单", "报到单", "诉-2026-0001", "茂山社区", "牵头", "3 号楼下", "把 3 号楼下的井盖换好", "第 41 项", "换了一个新井盖", "盖章",
	}, personal)
	w.Call("resident", "GET", whistle, nil).Refused(404, "not_found")
	w.Call("secretary", "GET", "/api/v1/assignments/1/pdf", nil).Refused(404, "not_found")
	stepOn(w, "secretary", one, "verification", nil).Want(200)
	stepOf(w, "secretary", need, "answer", doc{"result": "solved", "answer": "井盖换好了"}).Want(200)
	stepOf(w, "resident", need, "confirmation", doc{"solved": "partly", "comment": "边上还有一条缝"}).Want(200)
	for _, persona := range []string{"resident", "secretary"} {
		onPaper(t, pdf(t, w, persona, form, "need"), []string{
			"诉求登记表", "诉-2026-0001", "道路环境", "井盖松了", "7 天", "居民自己说的", "解决了。井盖换好了", "办好一部分（自己说的）",
			"换了一个新井盖", "收下了，由这里牵头办",
		}, personal)
	}
	w.Call("resident-2", "GET", form, nil).Refused(403, "forbidden")
	w.Call("responder", "GET", form, nil).Refused(403, "forbidden")
	hidden := needDraft(w.Home)
	hidden["private"] = true
	own := w.Call("resident", "POST", "/api/v1/needs", hidden).Want(201).Text("id")
	w.Call("resident-2", "GET", "/api/v1/needs/"+own+"/pdf", nil).Refused(404, "not_found")
	w.Call("secretary", "GET", "/api/v1/needs/1/pdf", nil).Refused(404, "not_found")
	w.Healthy()
}

// A long need is printed to its end.
func TestALongNeedHasPages(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	draft := needDraft(w.Home)
	draft["text"] = strings.Repeat("楼道的灯坏了很久，晚上老人上下楼看不清台阶。\n", 24) + "说完了。"
	need := w.Call("resident", "POST", "/api/v1/needs", draft).Want(201).Text("id")
	stepOf(w, "secretary", need, "review", doc{"decision": "accept"}).Want(200)
	stepOf(w, "secretary", need, "answer", doc{
		"result": "explained", "answer": strings.Repeat("已经报给供电所，换线要等停电检修的日子。", 12) + "先装了感应灯。",
	}).Want(200)
	onPaper(t, pdf(t, w, "resident", "/api/v1/needs/"+need+"/pdf", "long"),
		[]string{"说完了。", "先装了感应灯。", "诉求登记表   诉-2026-0001", "盖章"}, nil)
}

// The record of a visit says the problems and the promises, and nobody who spoke.
func TestThePaperOfAVisit(t *testing.T) {
	t.Parallel()
	w := visitTown(t)
	one := planned(w)
	path := "/api/v1/visits/" + one + "/pdf"
	w.Call("leader", "GET", path, nil).Refused(409, "visit_state")
	w.Clocks.Business.Advance(2 * aDay)
	onVisit(w, "leader", one, "holding", notes()).Want(200)
	onPaper(t, pdf(t, w, "leader", path, "visit"), []string{
		"夜访民情记录", "邻里驿站", "茂山社区", "诉-2026-0001", "路灯不亮", "这周请人来看", "老人一个人住", "没有当场答应",
	}, personal)
	w.Call("resident-2", "GET", path, nil).Refused(403, "forbidden")
	w.Call("leader", "GET", "/api/v1/visits/1/pdf", nil).Refused(404, "not_found")
}

// What is overdue is listed, the longest first, for staff of the place; what is said to be done is not.
func TestTheListOfWhatIsOverdue(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	path := "/api/v1/assignments/export?nodeId=" + w.Home.String()
	_, first := whistled(w)
	w.Clocks.Business.Advance(time.Hour)
	_, second := whistled(w)
	stepOn(w, "responder", second, "acceptance", nil).Want(200)
	_, done := whistled(w)
	stepOn(w, "responder", done, "acceptance", nil).Want(200)
	stepOn(w, "responder", done, "report", doc{"answer": "换好了"}).Want(200)
	if rows := papertest.Cells(t, w.Call("secretary", "GET", path, nil).Want(200).Raw); len(rows) != 4 {
		t.Errorf("nothing is overdue yet: %v", rows)
	}
	w.Clocks.Business.Advance(8*24*time.Hour - 30*time.Minute)
	rows := papertest.Cells(t, w.Call("secretary", "GET", path, nil).Want(200).Raw)
	if len(rows) != 6 || !strings.HasPrefix(rows[4], "诉-2026-0001|把 3 号楼下的井盖换好|茂山社区|") ||
		!strings.Contains(rows[4], "|2|等对方接|0") || !strings.Contains(rows[5], "|1|在办|0") {
		t.Errorf("%d rows, beginning with %s: %v", len(rows), first, rows)
	}
	w.Call("resident", "GET", path, nil).Refused(403, "not_your_community")
	w.Call("responder", "GET", path, nil).Refused(403, "not_your_community")
	w.Call("secretary", "GET", "/api/v1/assignments/export", nil).Refused(403, "not_your_community")
	w.Call("county", "GET", "/api/v1/assignments/export", nil).Want(200)
	w.Call("county", "GET", "/api/v1/assignments/export?nodeId=1", nil).Refused(404, "not_found")
}

// What is published of a month: by the resident's word, and no number that lets people guess who it is.
func TestWhatAMonthIsPublishedAs(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	for i := range 11 {
		n := answered(w)
		if i < 8 {
			stepOf(w, "resident", n, "confirmation", doc{"solved": []string{"yes", "partly"}[min(i/6, 1)]}).Want(200)
		}
	}
	of := func(node string) string { return "/api/v1/needs/export?month=2026-03&nodeId=" + node }
	w.Call("county", "GET", of(w.Home.String()), nil).Refused(422, "invalid_input") // the month is not over
	w.Clocks.Business.Advance(31 * 24 * time.Hour)
	for _, node := range []string{w.County.String(), w.Home.String()} {
		rows := papertest.Cells(t, w.Call("county", "GET", of(node), nil).Want(200).Raw)
		// 6 solved, 2 partly and 3 open: the two small ones are five together, and hide one another
		for _, want := range []string{
			"办好了（居民说的）|6", "办好一部分（居民说的）|太少，不单独显示", "还在办|太少，不单独显示", "道路环境|11", "一共收到|11",
		} {
			if !slices.Contains(rows, want) {
				t.Errorf("%s is not among %v", want, rows)
			}
		}
		if strings.Contains(strings.Join(rows, "\n"), "%") {
			t.Errorf("a share tells what is hidden: %v", rows)
		}
	}
	for i := range 8 { // in April the street beside has two, which the county's sum and this street's would tell
		w.Call("resident-2", "POST", "/api/v1/needs", needDraft([]id.Node{w.Home, w.Far}[i/6])).Want(201)
	}
	w.Clocks.Business.Advance(30 * 24 * time.Hour)
	for node, want := range map[id.Node]bool{w.County: true, w.Street: false, w.Home: false, w.Far: false} {
		path := "/api/v1/needs/export?month=2026-04&nodeId=" + node.String()
		rows := papertest.Cells(t, w.Call("county", "GET", path, nil).Want(200).Raw)
		if slices.Contains(rows, "一共收到|8") != want || !want && slices.ContainsFunc(rows, func(row string) bool {
			return strings.Contains(row, "|") && row != "结果|件数"
		}) {
			t.Errorf("%d: %v", node, rows)
		}
	}
	for _, wrong := range []string{"2026-13", "2026", "2026Q1", "2026-05", "2027-01", "x"} {
		w.Call("county", "GET", "/api/v1/needs/export?month="+wrong, nil).Refused(422, "invalid_input")
	}
	w.Call("county", "GET", of(w.Unit.String()), nil).Refused(422, "invalid_input")
	w.Call("county", "GET", of("1"), nil).Refused(404, "not_found")
	w.Call("resident", "GET", of(w.Home.String()), nil).Refused(403, "not_your_community")
	w.Call("secretary", "GET", of(w.County.String()), nil).Refused(403, "not_your_community")
}
