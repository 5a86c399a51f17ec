package api_test

import (
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/content"
)

// promiseOf is what a reader has before them in a line of an agreement.
func promiseOf(w *apptest.Town, persona, one string) string {
	w.T.Helper()
	return agreementOf(w, persona, one).Text("lines", 0, "text")
}

// A line that the check holds back is signed by nobody before everybody reads it; what staff says of it comes too late
// for a line that was written anew, or not at all.
func TestNobodySignsALineThatIsHeldBack(t *testing.T) {
	t.Parallel()
	w := checked(t)
	held := func() []doc { return []doc{{"kind": "post", "text": spam, "quantity": 20, "quarter": 4}} }
	edit := func(one string, lines []doc) apptest.Answer {
		return w.Call("secretary", "PATCH", "/api/v1/agreements/"+one, doc{"lines": lines})
	}
	kept := drafted(w, held())
	if got := promiseOf(w, "secretary", kept); got != content.Placeholder {
		t.Errorf("before anybody has looked the line is %q", got)
	}
	onAgreement(w, "secretary", kept, "offer", nil).Refused(409, "agreement_state")
	again := served()
	again[0]["text"] = content.Placeholder // as the page has it
	if a := edit(kept, again).Refused(422, "invalid_input"); a.Text("fields", 0, "path") != "lines.0.text" {
		t.Errorf("it says %s", a.Raw)
	}
	passCase(t, w, "street")
	if got := promiseOf(w, "secretary", kept); got != spam {
		t.Errorf("once it is passed it is %q", got)
	}
	onAgreement(w, "secretary", kept, "offer", nil).Want(200)

	other := drafted(w, append(served(), doc{"kind": "post", "text": spam, "quantity": 2, "quarter": 3}))
	w.CheckTexts()
	edit(other, served()).Want(200) // one line less
	onAgreement(w, "secretary", other, "offer", nil).Want(200)
	onAgreement(w, "unit", other, "return", doc{"reason": "再加一行"}).Want(200)
	edit(other, held()).Want(200)
	w.CheckTexts()
	waiting := w.Call("street", "GET", "/api/v1/approvals?kind=case", nil).Want(200)
	lines := served()
	lines[0]["text"] = "每月来两个人"
	edit(other, lines).Want(200)
	onAgreement(w, "secretary", other, "offer", nil).Want(200)
	onAgreement(w, "unit", other, "signature", nil).Want(200)
	for i := range waiting.Len("items") {
		w.Call("street", "POST", "/api/v1/cases/"+waiting.Text("items", i, "id")+"/review", doc{"decision": "remove", "reason": "广告"})
	}
	if got := promiseOf(w, "resident", other); got != "每月来两个人" {
		t.Errorf("after both have signed the line is %q", got)
	}
	w.Healthy()
}

// Who says yes has read what it is about: a project is not published, nor does a brand begin, while a text of it is held
// back. To say no takes no reading.
func TestNobodySaysYesToWhatIsHeldBack(t *testing.T) {
	t.Parallel()
	w := checked(t)
	for range 5 {
		w.Send(newcomer(w), "PATCH", "/api/v1/me", doc{"homeNodeId": w.Home}).Want(200)
	}
	for _, field := range []string{"title", "text"} {
		one := w.Call("street", "POST", "/api/v1/projects", changed(idea(w), field, spam)).Want(201).Text("id")
		onProject(w, "secretary", one, "review", doc{"decision": "publish"}).Refused(409, "project_state")
		passCase(t, w, "secretary")
		onProject(w, "secretary", one, "review", doc{"decision": "publish"}).Want(200)
	}
	for _, field := range []string{"name", "text", "forWhom"} {
		one := w.Call("street", "POST", "/api/v1/brands", changed(localBrand(w), field, spam)).Want(201).Text("id")
		onBrand(w, "unit", one, "acceptance", nil).Refused(409, "brand_state")
		passCase(t, w, "secretary")
		onBrand(w, "unit", one, "acceptance", nil).Want(200)
	}
	one := w.Call("street", "POST", "/api/v1/projects", changed(idea(w), "title", spam)).Want(201).Text("id")
	onProject(w, "secretary", one, "review", doc{"decision": "reject", "reason": "这是广告"}).Want(200)
	w.Healthy()
}
