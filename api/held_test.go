package api_test

import (
	"net/url"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/content"
)

// reasonIn is the newest reason of the history at the path as the persona reads it, and whether it is marked.
func reasonIn(w *apptest.Town, persona, path string) (reason string, waiting bool) {
	w.T.Helper()
	a := w.Call(persona, "GET", path, nil).Want(200)
	for i := a.Len("history") - 1; i >= 0; i-- {
		if reason := a.Text("history", i, "reason"); reason != "" {
			return reason, a.At("history", i, "waiting") == true
		}
	}
	return "", false
}

// What a delivery and thanks say reaches who decides about the claim at once, marked, and others once it is passed.
func TestTextsOfClaimsAreShownOnceTheyArePassed(t *testing.T) {
	t.Parallel()
	w := checked(t)
	_, claim := w.Approved("member-1")
	path := "/api/v1/claims/" + claim
	read := func(persona, field string) (string, bool) {
		t.Helper()
		a := w.Call(persona, "GET", path, nil).Want(200)
		return a.Text("claim", field), strings.Contains(string(a.Raw), `"waiting":["`)
	}
	w.Call("member-1", "POST", path+"/delivery", doc{"note": "灯泡换好了，顺便推销六合彩"}).Want(200)
	for _, when := range []string{"before", "after"} {
		for _, persona := range []string{"member-1", "resident", "secretary"} {
			if note, marked := read(persona, "deliveryNote"); note != "灯泡换好了，顺便推销六合彩" || !marked {
				t.Errorf("%s the check %s reads %q, marked: %t", when, persona, note, marked)
			}
		}
		w.CheckTexts()
	}
	w.Call("resident", "POST", path+"/confirmation", doc{"accepted": true, "comment": "谢谢小王"}).Want(200)
	if comment, _ := read("member-1", "comment"); comment != content.Placeholder {
		t.Errorf("before the check the claimant reads %q", comment)
	}
	if comment, marked := read("resident", "comment"); comment != "谢谢小王" || !marked {
		t.Errorf("before the check the owner reads %q, marked: %t", comment, marked)
	}
	w.CheckTexts()
	if comment, _ := read("member-1", "comment"); comment != "谢谢小王" {
		t.Errorf("after the check the claimant reads %q", comment)
	}
	one := waitingCase(t, w)
	w.Call("secretary", "POST", "/api/v1/cases/"+one.Text("id")+"/review", doc{"decision": "remove", "reason": "像广告"}).Want(200)
	for _, persona := range []string{"member-1", "resident", "secretary"} {
		if note, marked := read(persona, "deliveryNote"); note != content.Removed || marked {
			t.Errorf("refused: %s reads %q, marked: %t", persona, note, marked)
		}
	}
	w.Healthy()
}

// A comment that is taken back with its confirmation does not come when its check ends.
func TestACommentTakenBackDoesNotCome(t *testing.T) {
	t.Parallel()
	w := checked(t)
	_, claim := w.Delivered("member-1")
	path := "/api/v1/claims/" + claim
	w.Call("resident", "POST", path+"/confirmation", doc{"accepted": true, "comment": "谢谢小王"}).Want(200)
	w.Call("resident", "POST", path+"/undo", doc{"reason": "点错了"}).Want(200)
	w.CheckTexts()
	for _, persona := range []string{"member-1", "resident"} {
		if a := w.Call(persona, "GET", path, nil).Want(200); a.Text("claim", "comment") != "" {
			t.Errorf("%s reads %s", persona, a.Raw)
		}
	}
	w.Healthy()
}

// Why something is not done yet is read by who decides at once, and by others once it is passed; what staff writes is
// looked at by the list alone, at once.
func TestReasonsAreShownOnceTheyArePassed(t *testing.T) {
	t.Parallel()
	w := checked(t)
	wish, claim := w.Delivered("member-1")
	path := "/api/v1/wishes/" + wish
	w.CheckTexts()
	w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", doc{"accepted": false, "comment": "灯还是不亮"}).Want(200)
	for persona, want := range map[string]string{"resident": "灯还是不亮", "secretary": "灯还是不亮", "member-1": content.Placeholder} {
		if got, marked := reasonIn(w, persona, path); got != want || marked != (persona != "member-1") {
			t.Errorf("before the check %s reads %q, marked: %t", persona, got, marked)
		}
	}
	w.CheckTexts()
	for _, persona := range []string{"resident", "secretary", "member-1"} {
		if got, marked := reasonIn(w, persona, path); got != "灯还是不亮" || marked {
			t.Errorf("after the check %s reads %q, marked: %t", persona, got, marked)
		}
	}
	calls := w.WeChat.Calls("/wxa/msg_sec_check")
	for reason, want := range map[string]string{"写得太短": "写得太短", "请去代开发票": content.Placeholder} {
		other := w.Post()
		w.Call("secretary", "POST", "/api/v1/wishes/"+other+"/review", doc{"decision": "reject", "reason": reason}).Want(200)
		if got, _ := reasonIn(w, "resident", "/api/v1/wishes/"+other); got != want {
			t.Errorf("of the secretary's %q the resident reads %q", reason, got)
		}
	}
	w.CheckTexts()
	if n := w.WeChat.Calls("/wxa/msg_sec_check") - calls; n > 4 { // of the two wishes
		t.Errorf("WeChat was asked %d times", n)
	}
	w.Healthy()
}

// An answer that is held back is a copy of its step's reason: both are shown together.
func TestAHeldAnswerIsShownWithItsStep(t *testing.T) {
	t.Parallel()
	for decision, want := range map[string]string{"keep": "让他去代开发票", "remove": content.Removed} {
		w := checked(t)
		one := complain(w, "complaint").Text("id")
		w.Call("street", "POST", "/api/v1/complaints/"+one+"/answer", doc{"answer": "让他去代开发票"}).Want(200)
		read := func() string {
			return w.Call("resident", "GET", "/api/v1/complaints/"+one, nil).Want(200).Text("complaint", "answer")
		}
		if got := read(); got != content.Placeholder {
			t.Errorf("before the check: %q", got)
		}
		w.Healthy()
		w.CheckTexts()
		all := w.Call("county", "GET", "/api/v1/approvals?kind=case", nil).Want(200)
		body := doc{"decision": decision, "reason": "看过了"}
		w.Call("county", "POST", "/api/v1/cases/"+all.Text("items", 0, "id")+"/review", body).Want(200)
		if got := read(); got != want {
			t.Errorf("%s: %q", decision, got)
		}
		w.Healthy()
	}
}

// Why a wish's text was not passed stands on its card; it is looked at by itself, and publishing it passes the text.
func TestHitsStandOnTheWishsCard(t *testing.T) {
	t.Parallel()
	w := checked(t)
	draft := apptest.Draft(w.Home)
	draft["title"] = "想代开发票"
	wish := w.Call("resident", "POST", "/api/v1/wishes", draft).Want(201).Text("id")
	w.CheckTexts()
	path := "/api/v1/wishes/" + wish
	a := w.Call("secretary", "GET", path, nil).Want(200)
	if a.Text("flagged", 0, "field") != "title" || !strings.Contains(a.Text("flagged", 0, "why"), "代开发票") || a.Len("flagged") != 1 {
		t.Errorf("the secretary reads %s", a.Raw)
	}
	if b := w.Call("resident", "GET", path, nil).Want(200); b.At("flagged") != nil {
		t.Errorf("the owner reads %s", b.Raw)
	}
	list := w.Call("secretary", "GET", "/api/v1/approvals?kind=wish", nil).Want(200)
	if list.Text("items", 0, "oneByOne") != "flagged" {
		t.Errorf("the list: %s", list.Raw)
	}
	batch := doc{"items": []any{doc{"kind": "wish", "id": wish, "decision": "approve"}}}
	if b := w.Call("secretary", "POST", "/api/v1/approvals/batch", batch); b.At("results", 0, "done") == true {
		t.Errorf("in a batch: %s", b.Raw)
	}
	w.Call("secretary", "POST", path+"/review", doc{"decision": "publish"}).Want(200)
	if b := w.Call("secretary", "GET", path, nil).Want(200); b.At("flagged") != nil || b.Text("wish", "title") != "想代开发票" {
		t.Errorf("published: %s", b.Raw)
	}
	if n := cases(w.World).Len("items"); n != 0 {
		t.Errorf("%d cases", n)
	}
	w.Healthy()
}

// A wish whose words are taken down is found by none of them any more, nor by what stands in their place.
func TestARemovedWishIsNotFound(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	wish := w.Open()
	find := func(words string) int {
		return w.Call("member-2", "GET", "/api/v1/wishes?q="+url.QueryEscape(words), nil).Want(200).Len("items")
	}
	if find("水龙头") != 1 {
		t.Fatal("the wish is not found")
	}
	report(w, "member-1", "wish", wish, "fraud").Want(204)
	one := waitingCase(t, w)
	w.Call("secretary", "POST", "/api/v1/cases/"+one.Text("id")+"/review", doc{"decision": "remove", "reason": "骗人"}).Want(200)
	for _, words := range []string{"水龙头", "核对", "隐去"} {
		if n := find(words); n != 0 {
			t.Errorf("%s finds %d", words, n)
		}
	}
	w.Healthy()
}

// Whoever sees a need reports it, too.
func TestANeedIsReported(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	need := say(w)
	report(w, "member-1", "need", need, "abuse").Refused(404, "not_found") // nobody has accepted it yet
	need = handled(w)
	report(w, "member-1", "need", need, "abuse").Want(204)
	one := waitingCase(t, w)
	report(w, "secretary", "need", need, "abuse").Want(204) // who decides nothing about it from now on
	w.Healthy()
	w.Call("street", "POST", "/api/v1/cases/"+one.Text("id")+"/review", doc{"decision": "remove", "reason": "骂人"}).Want(200)
	if a := w.Call("member-1", "GET", "/api/v1/needs/"+need, nil).Want(200); a.Text("need", "text") != content.Removed {
		t.Errorf("others read %s", a.Raw)
	}
	w.Healthy()
}

// WeChat is not asked about what staff adds by a grant: who decides what others see has looked at it.
func TestPicturesOfStaffAreNotAskedAbout(t *testing.T) {
	t.Parallel()
	w := checked(t)
	draft := apptest.Draft(w.Home)
	draft["onBehalf"] = doc{"consent": "oral", "note": "上门时老人口头同意"}
	draft["photoIds"] = []string{w.Upload("grid")}
	w.Call("grid", "POST", "/api/v1/wishes", draft).Want(201)
	w.CheckPictures()
	if n := len(w.WeChat.Traces()); n != 0 {
		t.Errorf("WeChat was asked about %d", n)
	}
	if n := countRows(t, w, "SELECT COUNT(*) FROM media WHERE verdict = 'passed'"); n != 1 {
		t.Errorf("%d are passed", n)
	}
}
