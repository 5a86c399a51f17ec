package api_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/importer"
)

// dutyList is a list of three lines: the street's own, one that a department leads and communities assist, and one
// without them.
const dutyList = `编号,板块,职能,事项,承担方式,牵头部门,社区参与,关键词
1,民生服务,养老服务,组织老年人就餐、助浴等服务,主体,,是,"吃饭、助餐"
41,平安法治,城市管理,占道经营的劝导和上报,配合,县住建局,是,"占道、摆摊"
42,城乡建设,燃气安全,燃气设施的检查,配合,县住建局,否,"燃气、煤气"
`

func importDuties(w *apptest.Town, table string) {
	w.T.Helper()
	_, err := importer.Duties(w.T.Context(), w.App.DB, strings.NewReader(table), importer.Options{Commit: true})
	must(w.T, err)
}

// dutyTown is a needTown with a duty list, whose second unit is the department that leads there.
func dutyTown(t *testing.T) (w *apptest.Town, department id.Node) {
	t.Helper()
	w, department = needTown(t)
	importDuties(w, dutyList)
	return w, department
}

// dutyLine is the line of the list that the words find first.
func dutyLine(w *apptest.Town, words string) string {
	w.T.Helper()
	return w.Call("resident", "GET", "/api/v1/duties?q="+url.QueryEscape(words), nil).Want(200).Text("items", 0, "id")
}

// permit is an admission that the department asks for, as early as may be.
func permit(w *apptest.Town, department id.Node) doc {
	day := func(ahead int) string { return w.Clocks.Business.Now().AddDate(0, 0, ahead).Format(time.DateOnly) }
	return doc{
		"unitId": department, "nodeId": w.Home, "what": "创城期间帮着劝导占道摊点", "reason": "人手不够，打 " + apptest.Phone,
		"helpers": 2, "money": 3000, "from": day(43), "until": day(200),
	}
}

// admitted is an admission in force.
func admitted(w *apptest.Town, department id.Node) string {
	w.T.Helper()
	a := w.Call("responder-2", "POST", "/api/v1/admissions", permit(w, department)).Want(201).Text("id")
	w.Call("county", "POST", "/api/v1/admissions/"+a+"/decision", doc{"decision": "admit"}).Want(200)
	w.Clocks.Business.Advance(50 * aDay)
	return a
}

// request is what a department asks of others.
func request(w *apptest.Town, department id.Node, on doc, kind string, to ...id.Node) apptest.Answer {
	w.T.Helper()
	body := doc{"fromId": department, "what": "周六帮着劝导夜市", "term": "ordinary"}
	var all []doc
	for _, node := range to {
		all = append(all, doc{"nodeId": node, "kind": kind})
	}
	body["to"] = all
	for k, v := range on {
		body[k] = v
	}
	return w.Call("responder-2", "POST", "/api/v1/assignments", body)
}

// People find a line by what they say, and the list says who leads.
func TestTheDutyList(t *testing.T) {
	t.Parallel()
	w, department := dutyTown(t)
	for words, want := range map[string][]int{
		"": {1, 41, 42}, "占道经营": {41}, "门口天天有人摆摊，路都走不了": {41}, "煤气味": {42}, "住建局": {41, 42}, "离婚": nil,
	} {
		a := w.Call("resident", "GET", "/api/v1/duties?q="+url.QueryEscape(words), nil).Want(200)
		var got []int
		for i := range a.Len("items") {
			got = append(got, a.Number("items", i, "number"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", words, got, want)
		}
	}
	a := w.Call("resident", "GET", "/api/v1/duties?q="+url.QueryEscape("占道"), nil).Want(200)
	if a.Text("items", 0, "leadName") != "县住建局" || a.Text("items", 0, "kind") != "assist" {
		t.Errorf("the line: %s", a.Raw)
	}
	old := dutyLine(w, "占道")
	_, sent := whistled(w) // whose it is, is settled by the line that the words find, and both ends read it
	stepOn(w, "county", sent, "binding", doc{"reason": "由住建局办", "dutyId": "7"}).Refused(422, "invalid_input")
	told(t, stepOn(w, "county", sent, "binding", doc{"reason": "由供电公司办", "dutyId": old}), 422, "invalid_input",
		"职责清单第 41 项没有写县供电公司，请换一项，或者不选。")
	need := handled(w)
	sent = whistle(w, "secretary", need, department).Want(201).Text("items", 0, "id")
	bound := stepOn(w, "county", sent, "binding", doc{"reason": "由住建局办", "dutyId": old}).Want(200)
	if bound.Text("clause") != "职责清单第 41 项" || bound.Number("dutyNumber") != 41 {
		t.Errorf("bound it stands on %s", bound.Raw)
	}
	if a := w.Call("responder-2", "GET", "/api/v1/assignments/"+sent, nil).Want(200); a.Text("assignment", "dutyId") != old {
		t.Errorf("the unit reads %s", a.Raw)
	}
	w.Clocks.Business.Advance(time.Hour)
	importDuties(w, strings.Replace(dutyList, "占道经营的劝导和上报,配合,县住建局,是", "占道经营的劝导,配合,县住建局,否", 1))
	if a := w.Call("resident", "GET", "/api/v1/duties", nil).Want(200); a.Len("items") != 3 || dutyLine(w, "占道") == old {
		t.Errorf("after a new list: %s", a.Raw)
	}
	_, later := whistled(w)
	stepOn(w, "county", later, "binding", doc{"reason": "由住建局办", "dutyId": old}).Refused(422, "invalid_input")
	w.Healthy()
}

// The whole way of an admission: asked for in time, decided by the county, used, looked at by who asked, and ended.
func TestAnAdmissionsWay(t *testing.T) {
	t.Parallel()
	w, department := dutyTown(t)
	early := permit(w, department)
	early["from"] = "2026-04-22" // Thursday the 23rd is the first: Qingming is from 4 to 6 April
	if a := w.Call("responder-2", "POST", "/api/v1/admissions", early); a.Status != 422 || !strings.Contains(string(a.Raw), "4 月 23 日") {
		t.Errorf("asked for a day too late: %s", a.Raw)
	}
	w.Call("responder", "POST", "/api/v1/admissions", permit(w, department)).Refused(403, "not_your_community")
	w.Call("secretary", "POST", "/api/v1/admissions", permit(w, department)).Refused(403, "not_your_community")
	request(w, department, nil, "help", w.Home).Refused(403, "not_admitted")
	one := w.Call("responder-2", "POST", "/api/v1/admissions", permit(w, department)).Want(201).Text("id")
	if got := waitingFor(w, "county", "admission"); !slices.Equal(got, []string{one}) {
		t.Errorf("for the county wait %v", got)
	}
	if got := waitingFor(w, "street", "admission"); len(got) != 0 {
		t.Errorf("for the street wait %v", got)
	}
	at := "/api/v1/admissions/" + one
	w.Call("street", "POST", at+"/decision", doc{"decision": "admit"}).Refused(403, "not_your_community")
	w.Call("responder", "GET", at, nil).Refused(404, "not_found")
	w.Call("resident", "POST", at+"/decision", doc{"decision": "admit"}).Refused(404, "not_found")
	w.Call("county", "POST", at+"/decision", doc{"decision": "refuse"}).Refused(422, "invalid_input")
	w.Call("county", "POST", at+"/decision", doc{"decision": "admit"}).Want(200)
	if got := inboxOf(w, "secretary")[0]; !strings.HasPrefix(got, "县里准了部门请您这里帮忙的一件事：创城期间") {
		t.Errorf("the secretary reads %q", got)
	}
	by := doc{"admissionId": one}
	request(w, department, by, "help", w.Home).Refused(403, "not_admitted") // not yet
	w.Clocks.Business.Advance(50 * aDay)
	request(w, department, by, "help", w.Sister).Refused(403, "not_admitted") // another community
	sent := request(w, department, by, "help", w.Home).Want(201).Text("items", 0, "id")
	if got := inboxOf(w, "secretary")[0]; got != "有一单请您来办：周六帮着劝导夜市" {
		t.Errorf("the secretary reads %q", got)
	}
	stepOn(w, "secretary", sent, "acceptance", nil).Want(200)
	stepOn(w, "secretary", sent, "report", doc{"answer": "去了两个人"}).Want(200)
	if got := todosOf(w, "responder-2"); !slices.Equal(got, []string{"confirm " + sent}) {
		t.Errorf("the home of who asked shows %v", got)
	}
	for _, persona := range []string{"street", "county", "grid"} {
		if got := waitingFor(w, persona, "assignment"); len(got) != 0 { // who asked looks at it, and nobody above
			t.Errorf("for %s wait %v", persona, got)
		}
	}
	stepOn(w, "grid", sent, "verification", nil).Refused(404, "not_found")
	stepOn(w, "responder-2", sent, "verification", nil).Want(200)
	w.Call("responder-2", "POST", at+"/end", doc{"reason": "创城验收完了"}).Want(200)
	request(w, department, by, "help", w.Home).Refused(403, "not_admitted")
	w.Healthy()
}

// The community says that nothing admits it, and the department reads why. No binding comes of that.
func TestNothingAdmitsIt(t *testing.T) {
	t.Parallel()
	w, department := dutyTown(t)
	by := doc{"admissionId": admitted(w, department)}
	for range 3 {
		sent := request(w, department, by, "lead", w.Home).Want(201).Text("items", 0, "id")
		if a := w.Call("secretary", "GET", "/api/v1/assignments/"+sent, nil).Want(200); a.At("may", "decline") != true ||
			a.At("assignment", "bound") != false {
			t.Errorf("the secretary sees %s", a.Raw)
		}
		w.Clocks.Business.Advance(3 * aDay) // no time takes it from them
		if a := stepOn(w, "secretary", sent, "refusal", doc{"notAdmitted": true}).Want(200); a.At("notAdmitted") != true ||
			!strings.Contains(a.Text("answer"), "社区可以不办") {
			t.Errorf("the department reads %s", a.Raw)
		}
	}
	if got := inboxOf(w, "responder-2")[0]; !strings.HasPrefix(got, "您派出的“周六帮着劝导夜市”退回来了") {
		t.Errorf("the department is told %q", got)
	}
	_, whistle := whistled(w)
	stepOn(w, "responder", whistle, "refusal", doc{"notAdmitted": true}).Refused(403, "not_your_community")
	stepOn(w, "responder", whistle, "refusal", doc{"clause": "第 3 项"}).Refused(422, "invalid_input")
	w.Healthy()
}

// Silence refuses after 15 working days, once.
func TestSilenceRefuses(t *testing.T) {
	t.Parallel()
	w, department := dutyTown(t)
	one := w.Call("responder-2", "POST", "/api/v1/admissions", permit(w, department)).Want(201)
	if one.Text("lapseAt") != "2026-04-01T04:00:00Z" { // three weeks of five days
		t.Errorf("it lapses at %s", one.Text("lapseAt"))
	}
	status := func() string {
		return w.Call("responder-2", "GET", "/api/v1/admissions/"+one.Text("id"), nil).Want(200).Text("admission", "status")
	}
	w.Clocks.Business.Advance(21*aDay - time.Minute)
	must(t, w.App.Sweep(t.Context()))
	if status() != "asked" {
		t.Errorf("a minute before it is %s", status())
	}
	w.Clocks.Business.Advance(time.Minute)
	must(t, w.App.Sweep(t.Context()))
	if got := inboxOf(w, "responder-2")[0]; status() != "lapsed" || !strings.HasPrefix(got, "15 个工作日没有定") {
		t.Errorf("it is %s, and the department reads %q", status(), got)
	}
	w.Call("county", "POST", "/api/v1/admissions/"+one.Text("id")+"/decision", doc{"decision": "admit"}).
		Refused(409, "admission_state")
	w.Healthy()
}

// A decision, the department's change of mind and the sweep at one time: one outcome.
func TestCollidingAdmissions(t *testing.T) {
	t.Parallel()
	w, department := dutyTown(t)
	one := w.Call("responder-2", "POST", "/api/v1/admissions", permit(w, department)).Want(201).Text("id")
	for _, persona := range []string{"county", "responder-2"} {
		w.Token(persona)
	}
	w.Clocks.Business.Advance(21 * aDay)
	done := 0
	for status, n := range count(together(20, func(i int) apptest.Answer {
		switch i % 3 {
		case 0:
			return w.Call("county", "POST", "/api/v1/admissions/"+one+"/decision",
				doc{"decision": []string{"admit", "refuse"}[i%2], "reason": "今年不开展"})
		case 1:
			return w.Call("responder-2", "POST", "/api/v1/admissions/"+one+"/withdrawal", nil)
		}
		return w.Call("county", "GET", "/api/v1/admissions/"+one, nil)
	})) {
		if status != "409" && !strings.HasPrefix(status, "2") && !strings.HasPrefix(status, "409") {
			t.Errorf("%d answers of %s", n, status)
		}
	}
	for _, name := range []string{"approve", "refuse", "withdraw"} {
		done += rowCount(t, w, fmt.Sprintf("SELECT COUNT(*) FROM events WHERE noun = 'admission' AND name = '%s'", name))
	}
	if done != 1 {
		t.Errorf("%d steps ended it", done)
	}
	w.Healthy()
}
