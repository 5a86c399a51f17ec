package api_test

import (
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/importer"
)

// wishOf is what staff make of a need that is one person's wish.
var wishOf = doc{
	"category": "repair", "title": "想要一把洗澡用的椅子", "description": "腿不好，站不住。", "agreed": "电话里问过，同意请党员上门",
}

// A need that is one person's wish ends as one: the same person's, with the contact that they left, found from both. Others
// who follow it are told, and are not told whose wish it is.
func TestANeedBecomesAWish(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	need, other := handled(w), handled(w)
	stepOf(w, "resident-2", need, "followers", nil).Want(200)
	for field, value := range map[string]any{"category": "weather", "title": " ", "agreed": " "} {
		body := doc{}
		for k, v := range wishOf {
			body[k] = v
		}
		body[field] = value
		stepOf(w, "secretary", need, "handover", body).Refused(422, "invalid_input")
	}
	stepOf(w, "resident", need, "handover", wishOf).Refused(403, "not_your_community")
	stepOf(w, "leader", need, "handover", wishOf).Refused(403, "not_your_community")
	stepOf(w, "secretary", "7", "handover", wishOf).Refused(404, "not_found")
	busy, one := whistled(w)
	stepOf(w, "secretary", busy, "handover", wishOf).Refused(409, "need_open_work")
	stepOn(w, "secretary", one, "cancellation", doc{"reason": "不用了"}).Want(200)
	stepOf(w, "secretary", other, "merge", doc{"into": busy}).Want(200)
	stepOf(w, "secretary", busy, "handover", wishOf).Refused(409, "need_state") // it is not one person's
	wish := stepOf(w, "secretary", need, "handover", wishOf).Want(201).Text("id")
	stepOf(w, "secretary", need, "handover", wishOf).Refused(409, "need_state")
	n := w.Call("resident", "GET", "/api/v1/needs/"+need, nil).Want(200)
	if n.Text("need", "status") != "handed" || n.Text("need", "wishId") != wish || n.Len("history") != 3 {
		t.Errorf("the need: %s", n.Raw)
	}
	if a := w.Call("resident-2", "GET", "/api/v1/needs/"+need, nil).Want(200); a.At("need", "wishId") != nil {
		t.Errorf("who follows it reads whose wish it is: %s", a.Raw)
	}
	seen := w.Call("resident", "GET", "/api/v1/wishes/"+wish, nil).Want(200)
	if seen.Text("needId") != need || seen.At("wish", "mine") != true || seen.Text("wish", "status") != "submitted" {
		t.Errorf("the wish: %s", seen.Raw)
	}
	for persona, want := range map[string]string{
		"resident":   "您说的“井盖松了，骑车的人差点摔倒。请打 ",
		"resident-2": "您关注的“井盖松了，骑车的人差点摔倒。请打 ",
	} {
		if got := inboxOf(w, persona)[0]; !strings.HasPrefix(got, want) || !strings.Contains(got, "转成了微心愿") {
			t.Errorf("%s reads %q", persona, got)
		}
	}
	if got := waitingFor(w, "secretary", "wish"); !slices.Equal(got, []string{wish}) {
		t.Errorf("for the secretary wait %v", got)
	}
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", doc{"decision": "publish"}).Want(200)
	if a := w.Call("resident-2", "GET", "/api/v1/wishes/"+wish, nil).Want(200); a.At("needId") != nil {
		t.Errorf("a neighbour reads what it was: %s", a.Raw)
	}
	if a := w.Call("secretary", "GET", "/api/v1/wishes/"+wish+"/contact", nil).Want(200); a.Text("phone") != apptest.Phone {
		t.Errorf("the contact of the wish: %s", a.Raw)
	}
	if n := rowCount(t, w, "SELECT COUNT(*) FROM points_transfers"); n != 0 {
		t.Errorf("%d transfers of points", n)
	}
	w.Healthy()
}

// For whoever has no phone, the wish is with who wrote the need down; and without a contact it cannot be fulfilled.
func TestANeedOnBehalfBecomesAWish(t *testing.T) {
	t.Parallel()
	w, _ := needTown(t)
	draft := needDraft(w.Home)
	draft["onBehalf"] = doc{"consent": "oral", "note": "上门问的"}
	need := w.Call("grid", "POST", "/api/v1/needs", draft).Want(201).Text("id")
	stepOf(w, "resident-2", need, "confirmation", doc{"solved": "yes"}).Refused(404, "not_found") // who knows nothing of it
	wish := stepOf(w, "secretary", need, "handover", wishOf).Want(201).Text("id")
	if a := w.Call("grid", "GET", "/api/v1/wishes/"+wish, nil).Want(200); a.At("wish", "onBehalf") != true || a.Text("needId") != need {
		t.Errorf("who wrote it down sees %s", a.Raw)
	}
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", doc{"decision": "publish"}).Want(200)
	const passed = "热线编号,社区,类别,在哪里,要办的事,姓名,电话,不公开\n2026-7,茂山社区,道路环境,3 号楼下,洗澡站不住,刘玉兰," + apptest.Phone + ",\n"
	_, err := importer.Hotline(t.Context(), w.App.DB, w.App.Sealer, strings.NewReader(passed), importer.Options{Commit: true})
	must(t, err)
	called := w.Call("secretary", "GET", "/api/v1/needs?scope=desk", nil).Want(200).Text("items", 0, "id")
	wish = stepOf(w, "secretary", called, "handover", wishOf).Want(201).Text("id") // nobody here wrote it down before
	if a := w.Call("secretary", "GET", "/api/v1/wishes/"+wish, nil).Want(200); a.At("wish", "onBehalf") != true || a.Text("needId") != called {
		t.Errorf("of the hotline's the secretary sees %s", a.Raw)
	}
	bare := needDraft(w.Home)
	delete(bare, "contact")
	none := w.Call("resident", "POST", "/api/v1/needs", bare).Want(201).Text("id")
	stepOf(w, "secretary", none, "handover", wishOf).Refused(409, "need_state")
	if a := w.Call("secretary", "GET", "/api/v1/needs/"+none, nil).Want(200); a.Text("need", "status") != "submitted" ||
		a.At("may", "handOver") != nil {
		t.Errorf("without a contact: %s", a.Raw)
	}
	stepOf(w, "secretary", none, "review", doc{"decision": "accept"}).Want(200)
	contact := "/api/v1/needs/" + none + "/contact"
	w.Call("secretary", "GET", contact, nil).Refused(404, "not_found")
	w.Call("resident-2", "GET", contact, nil).Refused(403, "contact_not_allowed") // as where one is kept
	w.Healthy()
}
