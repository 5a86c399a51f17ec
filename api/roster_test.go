package api_test

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/doctor"
	"xinyuan/internal/importer"
	"xinyuan/internal/membership"
)

// serial tells newcomers apart.
var serial atomic.Int64

// newcomer logs in somebody who was never here, and returns their token.
func newcomer(w *apptest.Town) string {
	w.T.Helper()
	a := w.Send("", "POST", "/api/v1/sessions", map[string]any{"code": w.WeChat.NewCode(fmt.Sprint("newcomer-", serial.Add(1)))})
	return a.Want(201).Text("token")
}

// reportIn reports in to Home from Unit with the token.
func reportIn(w *apptest.Town, token, name string) apptest.Answer {
	w.T.Helper()
	return w.Send(token, "POST", "/api/v1/memberships", map[string]any{"nodeId": w.Home, "unitId": w.Unit, "realName": name})
}

// list puts the names on the roster of Unit.
func list(w *apptest.Town, names ...string) {
	w.T.Helper()
	table := "姓名,单位\n"
	for _, name := range names {
		table += name + ",县供电公司\n"
	}
	_, err := importer.Roster(w.T.Context(), w.App.DB, w.App.Sealer, strings.NewReader(table), importer.Options{Commit: true})
	if err != nil {
		w.T.Fatal(err)
	}
}

// Sixteen accounts report in under one listed name: one is a member, and the others read the same as one whose name
// nobody has listed.
func TestOneListedNameOneMember(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	list(w, "李国强")
	tokens := make([]string, 16)
	for i := range tokens {
		tokens[i] = newcomer(w)
	}
	answers := together(len(tokens), func(i int) apptest.Answer { return reportIn(w, tokens[i-1], "李国强") })
	got := map[string]int{}
	var waiting apptest.Answer
	for _, a := range answers {
		if got[a.Want(201).Text("status")]++; a.Text("status") == "requested" {
			waiting = a
		}
	}
	if got["active"] != 1 || got["requested"] != 15 {
		t.Errorf("sixteen accounts under one name: %v", got)
	}
	unknown := reportIn(w, newcomer(w), "李不在").Want(201)
	keys := func(a apptest.Answer) []string {
		var all []string
		for k := range a.At().(map[string]any) { //nolint:errcheck // an object, as the contract says
			all = append(all, k)
		}
		slices.Sort(all)
		return all
	}
	if unknown.Text("status") != "requested" || !slices.Equal(keys(waiting), keys(unknown)) {
		t.Errorf("a used name reads %s, an unknown one %s", waiting.Raw, unknown.Raw)
	}
	w.Healthy()
}

// Two rows of one name are two people: two who report in under it are members at once, however many come at the same
// time; the third waits, and is a member once one of them has left or a later list has a third row. Rights stay.
func TestTwoRowsOfANameAreTwoMembers(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	list(w, "李国强", "李国强")
	tokens := make([]string, 8)
	for i := range tokens {
		tokens[i] = newcomer(w)
	}
	byStatus := map[string][]apptest.Answer{}
	holders := map[string]string{} // report-in → token
	for i, a := range together(len(tokens), func(i int) apptest.Answer { return reportIn(w, tokens[i-1], "李国强") }) {
		status := a.Want(201).Text("status")
		byStatus[status] = append(byStatus[status], a)
		holders[a.Text("id")] = tokens[i]
	}
	active, waiting := byStatus["active"], byStatus["requested"]
	if len(active) != 2 || len(waiting) != 6 {
		t.Fatalf("eight of a name with two rows: %d are active, %d wait", len(active), len(waiting))
	}
	w.Healthy()
	claim := func(a apptest.Answer) apptest.Answer {
		return w.Send(holders[a.Text("id")], "POST", "/api/v1/wishes/"+w.Open()+"/claims", nil)
	}
	claim(active[0]).Want(201)
	claim(active[1]).Want(201)
	claim(waiting[0]).Refused(403, "not_member")
	takeBack := func(a apptest.Answer) string {
		token := holders[a.Text("id")]
		w.Send(token, "POST", "/api/v1/memberships/"+a.Text("id")+"/departure", nil).Want(200)
		return token
	}
	list(w, "李国强") // one row takes nobody away
	again := takeBack(waiting[0])
	if a := reportIn(w, again, "李国强").Want(201); a.Text("status") != "requested" {
		t.Errorf("while both are used: %s", a.Raw)
	} else {
		w.Send(again, "POST", "/api/v1/memberships/"+a.Text("id")+"/departure", nil).Want(200)
	}
	takeBack(active[0])
	if a := reportIn(w, again, "李国强").Want(201); a.Text("status") != "active" {
		t.Errorf("after one has left: %s", a.Raw)
	}
	list(w, "李国强", "李国强", "李国强")
	if a := reportIn(w, takeBack(waiting[1]), "李国强").Want(201); a.Text("status") != "active" {
		t.Errorf("after a third row: %s", a.Raw)
	}
	claim(active[1]).Want(201)
	w.Healthy()
}

// Moving to another community frees the place on the roster, and takes it again; leaving frees it for another.
func TestMovingFreesTheListedName(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	list(w, "李国强")
	mover, other := newcomer(w), newcomer(w)
	reportIn(w, mover, "李国强").Want(201)
	moved := w.Send(mover, "POST", "/api/v1/memberships", map[string]any{
		"nodeId": w.Far, "unitId": w.Unit, "realName": "李国强",
	}).Want(201)
	if moved.Text("status") != "active" {
		t.Errorf("after moving: %s", moved.Raw)
	}
	if a := reportIn(w, other, "李国强").Want(201); a.Text("status") != "requested" {
		t.Errorf("while the first is a member elsewhere: %s", a.Raw)
	} else {
		w.Send(other, "POST", "/api/v1/memberships/"+a.Text("id")+"/departure", nil).Want(200)
	}
	w.Send(mover, "POST", "/api/v1/memberships/"+moved.Text("id")+"/departure", nil).Want(200)
	if a := reportIn(w, other, "李国强").Want(201); a.Text("status") != "active" {
		t.Errorf("after the first has left: %s", a.Raw)
	}
	w.Healthy()
}

// A person reports in three times a month, those taken back included; a new month begins anew, in Shanghai.
func TestThreeReportInsAMonth(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	person := newcomer(w)
	for _, name := range []string{"李一一", "李二二", "李三三"} {
		a := reportIn(w, person, name).Want(201)
		w.Send(person, "POST", "/api/v1/memberships/"+a.Text("id")+"/departure", nil).Want(200)
	}
	reportIn(w, person, "李四四").Refused(409, "too_many_report_ins")
	reportIn(w, newcomer(w), "李四四").Want(201)
	w.Clocks.Business.Advance(time.Date(2026, 3, 31, 15, 59, 59, 0, time.UTC).Sub(w.Clocks.Business.Now()))
	reportIn(w, person, "李四四").Refused(409, "too_many_report_ins")
	w.Clocks.Business.Advance(time.Second)
	reportIn(w, person, "李四四").Want(201)
	w.Healthy()
}

// Staff see the earlier report-in beside the later one, and may end it with a reason; its member's claims are released
// and the name is free.
func TestEndOfAnEarlierReportIn(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	list(w, "李国强")
	first, second := newcomer(w), newcomer(w)
	earlier := reportIn(w, first, "李国强").Want(201).Text("id")
	later := reportIn(w, second, "李国强").Want(201)
	if strings.Contains(string(later.Raw), "earlier") {
		t.Errorf("the member sees who has the name: %s", later.Raw)
	}
	wish := w.Open()
	w.Send(first, "POST", "/api/v1/wishes/"+wish+"/claims", nil).Want(201)
	for _, path := range []string{"/api/v1/memberships", "/api/v1/approvals?kind=membership"} {
		a := w.Call("secretary", "GET", path, nil).Want(200)
		if a.Text("items", 0, "earlier", "id") != earlier || a.Text("items", 0, "earlier", "nameLabel") != "李*强" {
			t.Errorf("%s: %s", path, a.Raw)
		}
	}
	if a := w.Call("unit", "GET", "/api/v1/memberships", nil).Want(200); strings.Contains(string(a.Raw), "earlier") {
		t.Errorf("the liaison sees the earlier one: %s", a.Raw)
	}
	end := func(persona, id string, body any) apptest.Answer {
		return w.Call(persona, "POST", "/api/v1/memberships/"+id+"/end", body)
	}
	why := map[string]any{"reason": "不是本人，已电话核实"}
	end("member-1", earlier, why).Refused(404, "not_found")
	end("auditor", earlier, why).Refused(403, "not_your_community")
	end("secretary", "123", why).Refused(404, "not_found")
	end("secretary", earlier, map[string]any{"reason": ""}).Refused(422, "reason_required")
	end("secretary", later.Text("id"), why).Refused(409, "membership_state")
	end("secretary", earlier, why).Want(200)
	end("secretary", earlier, why).Refused(409, "membership_state")
	if got := w.Call("resident", "GET", "/api/v1/wishes/"+wish, nil).Want(200).Text("wish", "status"); got != "open" {
		t.Errorf("the wish that the ended member had claimed is %s", got)
	}
	w.Send(first, "POST", "/api/v1/wishes/"+wish+"/claims", nil).Refused(403, "not_member")
	if a := w.Send(first, "GET", "/api/v1/inbox", nil).Want(200); !strings.Contains(string(a.Raw), "已电话核实") {
		t.Errorf("the member does not read why: %s", a.Raw)
	}
	w.Call("secretary", "POST", "/api/v1/memberships/"+later.Text("id")+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Healthy()
}

// The real name of a claimant is for who decides about the claim, wherever the claimant reported in.
func TestRealName(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	wish := w.Open()
	claim := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", nil).Want(201).Text("id")
	mine := w.Call("member-1", "GET", "/api/v1/memberships?mine=true", nil).Want(200).Text("items", 0, "id")
	read := func(persona, query string) apptest.Answer {
		return w.Call(persona, "GET", "/api/v1/memberships/"+mine+"/name"+query, nil)
	}
	if a := read("secretary", "?claimId="+claim).Want(200); a.Text("realName") != "王建国" {
		t.Errorf("the name: %s", a.Raw)
	}
	read("secretary", "").Want(200)
	read("secretary", "?claimId=77").Refused(404, "not_found")
	read("auditor", "?claimId="+claim).Refused(403, "not_your_community")
	read("member-1", "?claimId="+claim).Refused(403, "party_to_matter")
	for _, stranger := range []string{"member-2", "resident", "leader", "unit"} {
		read(stranger, "?claimId="+claim).Refused(404, "not_found")
	}
	if a := w.Call("secretary", "GET", "/api/v1/approvals?kind=claim", nil).Want(200); a.Text("items", 0, "who") != "王*国" {
		t.Errorf("the list shows the claimant as %s", a.Raw)
	}
	w.Healthy()
}

// Report-ins of before have no hash of their name: the command opens the sealed names, and gives each listed name to
// one of them.
func TestFillNames(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	list(w, "李国强")
	first, second := newcomer(w), newcomer(w)
	reportIn(w, first, "李国强").Want(201)
	fraud := reportIn(w, second, "李国强").Want(201).Text("id")
	exec := func(statement string, args ...any) {
		t.Helper()
		if _, err := w.App.DB.Pool().ExecContext(t.Context(), statement, args...); err != nil {
			t.Fatal(err)
		}
	}
	w.Call("secretary", "POST", "/api/v1/memberships/"+fraud+"/review", map[string]any{"decision": "approve"}).Want(200)
	exec("UPDATE events SET grant_id = NULL, actor_id = NULL WHERE noun = 'membership' AND subject_id = ? AND name = 'approve'", fraud)
	exec("UPDATE memberships SET approval_grant_id = NULL WHERE id = ?", fraud)
	exec("UPDATE memberships SET roster_slot = NULL")
	exec("UPDATE memberships SET name_lookup = NULL")
	filled, left, err := membership.FillNames(t.Context(), w.App.DB, w.App.Sealer)
	if err != nil || filled != 2 || len(left) != 1 || left[0].String() != fraud {
		t.Errorf("filled %d, left %v: %v", filled, left, err)
	}
	if filled, left, err = membership.FillNames(t.Context(), w.App.DB, w.App.Sealer); err != nil || filled+len(left) != 0 {
		t.Errorf("again: filled %d, left %v: %v", filled, left, err)
	}
	results, err := doctor.Examine(t.Context(), w.Installation())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if found := strings.Join(r.Findings, " "); r.Name == "rosters" && !strings.Contains(found, fraud) {
			t.Errorf("doctor finds %q", found)
		}
	}
	if a := reportIn(w, newcomer(w), "李国强").Want(201); a.Text("status") != "requested" {
		t.Errorf("the name is used, and another is %s", a.Raw)
	}
}

// A name that was stored in another form than names are compared in now is moved to that, with its row of the roster.
func TestFillNamesOfAnotherForm(t *testing.T) {
	w := apptest.NewTown(apptest.New(t), 0)
	list(w, "金哲洙")
	first := newcomer(w)
	reportIn(w, first, "金哲洙").Want(201)
	for _, table := range []string{"memberships", "roster"} {
		if _, err := w.App.DB.Pool().ExecContext(t.Context(), "UPDATE "+table+" SET name_lookup = 'demo:another-form'"); err != nil {
			t.Fatal(err)
		}
	}
	if a := reportIn(w, newcomer(w), "金哲洙").Want(201); a.Text("status") != "requested" {
		t.Errorf("before: %s", a.Raw)
	}
	filled, left, err := membership.FillNames(t.Context(), w.App.DB, w.App.Sealer)
	if err != nil || filled != 1 || len(left) != 0 {
		t.Errorf("filled %d, left %v: %v", filled, left, err)
	}
	w.Healthy()
	if a := reportIn(w, newcomer(w), "\uF90A哲洙").Want(201); a.Text("status") != "requested" {
		t.Errorf("the name is used, and another is %s", a.Raw)
	}
}
