package api_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/content"
	"xinyuan/internal/id"
	"xinyuan/internal/race"
	"xinyuan/internal/wechat/wechattest"
)

const needSpam = "楼下贴满代开发票的小广告，\n撕了又贴"

// sayWords has the resident say something else of the manhole's place.
func sayWords(w *apptest.Town, text string) (need string, answer apptest.Answer) {
	w.T.Helper()
	draft := needDraft(w.Home)
	draft["text"] = text
	a := w.Call("resident", "POST", "/api/v1/needs", draft).Want(201)
	return a.Text("id"), a
}

// needText is what the persona reads of a need on its page.
func needText(w *apptest.Town, persona, need string) string {
	w.T.Helper()
	return w.Call(persona, "GET", "/api/v1/needs/"+need, nil).Want(200).Text("need", "text")
}

// flaggedTown is a town where WeChat looks at texts, with a responder of a unit.
func flaggedTown(t *testing.T) *apptest.Town {
	t.Helper()
	w := checked(t)
	w.EnrollAt("responder", w.Home, w.Unit)
	w.Grant("responder", id.RoleResponder, w.Unit)
	return w
}

// A need with words that the check did not pass reaches its decider at once, marked; nobody else reads the words until staff
// has decided about them, whatever happens to the need meanwhile.
func TestAFlaggedNeedReachesItsDeciderAlone(t *testing.T) {
	t.Parallel()
	w := flaggedTown(t)
	need, made := sayWords(w, needSpam)
	if made.Text("text") != needSpam || made.Text("withheld", 0) != "text" {
		t.Errorf("who says it is answered %s", made.Raw)
	}
	path := "/api/v1/needs/" + need
	if got := needText(w, "secretary", need); got != needSpam {
		t.Errorf("before the check the secretary reads %q", got)
	}
	w.CheckTexts()
	a := w.Call("secretary", "GET", path, nil).Want(200)
	if a.Text("flagged", 0, "field") != "text" || !strings.Contains(a.Text("flagged", 0, "why"), "代开发票") ||
		a.Len("flagged") != 1 || a.Text("need", "withheld", 0) != "text" {
		t.Errorf("the secretary reads %s", a.Raw)
	}
	if b := w.Call("resident", "GET", path, nil).Want(200); b.At("flagged") != nil || b.Text("need", "withheld", 0) != "text" {
		t.Errorf("the owner reads %s", b.Raw)
	}
	list := w.Call("secretary", "GET", "/api/v1/approvals?kind=need", nil).Want(200)
	if list.Text("items", 0, "oneByOne") != "flagged" || !strings.HasPrefix(list.Text("items", 0, "title"), "楼下贴满代开发票") {
		t.Errorf("the list: %s", list.Raw)
	}
	stepOf(w, "secretary", need, "review", doc{"decision": "accept"}).Want(200)
	stepOf(w, "member-1", need, "followers", nil).Want(200)
	other, _ := sayWords(w, "井盖松了")
	w.CheckTexts()
	stepOf(w, "secretary", other, "merge", doc{"into": need}).Want(200)
	one := whistle(w, "secretary", need, w.Unit).Want(201).Text("items", 0, "id")
	others := func() map[string]string {
		near := "/api/v1/needs/similar?category=roads&nodeId=" + w.Home.String() + "&place=3%20号楼下"
		return map[string]string{
			"a stranger":       needText(w, "member-2", need),
			"who follows it":   needText(w, "member-1", need),
			"the public list":  w.Call("member-2", "GET", "/api/v1/needs?scope=public", nil).Want(200).Text("items", 0, "text"),
			"a follower's own": w.Call("member-1", "GET", "/api/v1/needs?scope=mine", nil).Want(200).Text("items", 0, "text"),
			"who says the same": w.Call("member-2", "GET", strings.ReplaceAll(near, "号楼下", "%E5%8F%B7%E6%A5%BC%E4%B8%8B"), nil).
				Want(200).Text("items", 0, "text"),
			"the department": w.Call("responder", "GET", "/api/v1/assignments/"+one, nil).Want(200).Text("need", "text"),
		}
	}
	read := func(want string) {
		t.Helper()
		for who, got := range others() {
			if got != want {
				t.Errorf("%s reads %q, want %q", who, got, want)
			}
		}
		for _, persona := range []string{"member-1", "member-2", "responder"} {
			if a := w.Call(persona, "GET", "/api/v1/inbox", nil).Want(200); want != needSpam && strings.Contains(string(a.Raw), "代开发票") {
				t.Errorf("%s is told %s", persona, a.Raw)
			}
		}
		for _, persona := range []string{"resident", "secretary"} {
			if got := needText(w, persona, need); got != needSpam {
				t.Errorf("%s reads %q", persona, got)
			}
		}
		w.Healthy()
	}
	read(content.Placeholder)
	w.Call("secretary", "POST", "/api/v1/cases/"+a.Text("flagged", 0, "caseId")+"/review", doc{"decision": "keep"}).Want(200)
	read(needSpam)
	if b := w.Call("secretary", "GET", path, nil).Want(200); b.At("flagged") != nil || b.At("need", "withheld") != nil {
		t.Errorf("kept: %s", b.Raw)
	}
}

// Words that staff keeps from others are still read by whoever works on the need, and by who said them; a report takes down
// words in the same way, and who says it again begins anew.
func TestRefusedWordsOfANeedAreWorkedOn(t *testing.T) {
	t.Parallel()
	w := flaggedTown(t)
	need, _ := sayWords(w, needSpam)
	w.CheckTexts()
	remove := doc{"decision": "remove", "reason": "像广告"}
	w.Call("secretary", "POST", "/api/v1/cases/"+waitingCase(t, w).Text("id")+"/review", remove).Want(200)
	stepOf(w, "secretary", need, "review", doc{"decision": "accept"}).Want(200)
	reported, _ := sayWords(w, "楼上的人真不是东西")
	w.CheckTexts()
	stepOf(w, "secretary", reported, "review", doc{"decision": "accept"}).Want(200)
	report(w, "member-1", "need", reported, "abuse").Want(204)
	w.Call("secretary", "POST", "/api/v1/cases/"+waitingCase(t, w).Text("id")+"/review", remove).Want(200)
	for one, words := range map[string]string{need: needSpam, reported: "楼上的人真不是东西"} {
		for persona, want := range map[string]string{"member-2": content.Removed, "resident": words, "secretary": words} {
			a := w.Call(persona, "GET", "/api/v1/needs/"+one, nil).Want(200)
			if a.Text("need", "text") != want || (a.At("need", "withheld") == nil) != (persona == "member-2") {
				t.Errorf("of %q %s reads %s", words, persona, a.Raw)
			}
		}
	}
	w.Healthy()

	again, _ := sayWords(w, needSpam)
	w.CheckTexts()
	stepOf(w, "secretary", again, "review", doc{"decision": "reject", "rejection": "unclear", "reason": "请说清楚"}).Want(200)
	w.Call("secretary", "POST", "/api/v1/cases/"+waitingCase(t, w).Text("id")+"/review", remove).Want(200)
	w.Call("resident", "PATCH", "/api/v1/needs/"+again, doc{"text": "楼下贴满小广告", "place": "3 号楼下"}).Want(200)
	w.CheckTexts()
	if a := w.Call("resident", "GET", "/api/v1/needs/"+again, nil).Want(200); a.Text("need", "text") != "楼下贴满小广告" ||
		a.At("need", "withheld") != nil {
		t.Errorf("said again: %s", a.Raw)
	}
	w.Healthy()
}

// Whom a need may be about neither reads nor decides what its check found.
func TestAFlaggedNeedAboutStaffGoesPastThem(t *testing.T) {
	t.Parallel()
	w := checked(t)
	draft := needDraft(w.Home)
	draft["text"], draft["aboutStaff"] = "书记收钱，还代开发票", true
	need := w.Call("resident", "POST", "/api/v1/needs", draft).Want(201).Text("id")
	w.Grant("secretary", id.RoleStreet, w.Street) // whoever decides at the place may rise
	w.CheckTexts()
	if n := cases(w.World).Len("items"); n != 0 {
		t.Errorf("the secretary is shown %d cases", n)
	}
	flagged := w.Call("street", "GET", "/api/v1/needs/"+need, nil).Want(200).Text("flagged", 0, "caseId")
	w.Call("secretary", "GET", "/api/v1/cases/"+flagged, nil).Refused(404, "not_found")
	w.Call("secretary", "POST", "/api/v1/cases/"+flagged+"/review", doc{"decision": "keep"}).Refused(404, "not_found")
	w.Healthy()
}

// What a leader hears at a visit is read by the leader at once, and by others once it is passed.
func TestWhatAVisitHearsIsRead(t *testing.T) {
	t.Parallel()
	w := checked(t)
	w.EnrollAt("leader", w.Home, w.Unit)
	w.Grant("leader", id.RoleAreaLeader, w.Street)
	one := planned(w)
	w.Clocks.Business.Advance(49 * time.Hour)
	line := doc{"category": "roads", "place": "3 号楼下", "text": needSpam, "promise": "三天里清掉"}
	onVisit(w, "leader", one, "holding", doc{"lines": []doc{line}}).Want(200)
	path := "/api/v1/visits/" + one
	need := w.Call("leader", "GET", path, nil).Want(200).Text("needs", 0, "needId")
	stepOf(w, "secretary", need, "review", doc{"decision": "accept"}).Want(200)
	for persona, want := range map[string]string{"leader": needSpam, "resident": content.Placeholder} {
		if got := w.Call(persona, "GET", path, nil).Want(200).Text("needs", 0, "text"); got != want {
			t.Errorf("%s reads %q", persona, got)
		}
	}
	if got := w.Call("leader", "GET", "/api/v1/visit-promises", nil).Want(200).Text("items", 0, "need", "text"); got != needSpam {
		t.Errorf("of the promise the leader reads %q", got)
	}
	w.CheckTexts()
	w.Healthy()
}

// A report of one's own service with words that the check did not pass is looked at by itself, and who confirms it passes them.
func TestHitsStandOnTheReport(t *testing.T) {
	t.Parallel()
	w := checked(t)
	body := pictured(w, 10, 1)
	body["title"] = "帮人代开发票"
	one := w.Call("member-1", "POST", "/api/v1/service-records", body).Want(201).Text("id")
	w.CheckTexts()
	path := "/api/v1/service-records/" + one
	a := w.Call("secretary", "GET", path, nil).Want(200)
	if a.Text("flagged", 0, "field") != "title" || !strings.Contains(a.Text("flagged", 0, "why"), "代开发票") {
		t.Errorf("the secretary reads %s", a.Raw)
	}
	if b := w.Call("member-1", "GET", path, nil).Want(200); b.At("flagged") != nil {
		t.Errorf("who served reads %s", b.Raw)
	}
	if list := w.Call("secretary", "GET", "/api/v1/approvals?kind=service", nil).Want(200); list.Text("items", 0, "oneByOne") != "flagged" {
		t.Errorf("the list: %s", list.Raw)
	}
	batch := doc{"items": []any{doc{"kind": "service", "id": one, "decision": "confirm"}}}
	if b := w.Call("secretary", "POST", "/api/v1/approvals/batch", batch); b.Text("results", 0, "reason") != "one_by_one" {
		t.Errorf("in a batch: %s", b.Raw)
	}
	w.Healthy()
	w.Call("secretary", "POST", path+"/review", doc{"decision": "confirm"}).Want(200)
	if b := w.Call("secretary", "GET", path, nil).Want(200); b.At("flagged") != nil || b.Text("record", "title") != "帮人代开发票" {
		t.Errorf("confirmed: %s", b.Raw)
	}
	if n := cases(w.World).Len("items"); n != 0 {
		t.Errorf("%d cases", n)
	}
	w.Healthy()
}

// A wish that is published while its words are still being checked is shown; what the check finds then waits for staff.
func TestWhatIsFoundAfterPublishingWaits(t *testing.T) {
	t.Parallel()
	w := checked(t)
	w.CheckTexts()
	draft := apptest.Draft(w.Home)
	draft["title"] = "想代开发票"
	wish := w.Call("resident", "POST", "/api/v1/wishes", draft).Want(201).Text("id")
	end := w.WeChat.Hang(wechattest.TextCheckPath)
	var wg race.Group
	wg.Go(w.CheckTexts)
	w.Until("WeChat is asked about both texts", func() bool { return w.WeChat.Hung(wechattest.TextCheckPath) == 2 })
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", doc{"decision": "publish"}).Want(200)
	end()
	wg.Wait()
	if n := cases(w.World).Len("items"); n != 1 {
		t.Errorf("%d cases", n)
	}
	w.Healthy()
}
