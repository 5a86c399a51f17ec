package api_test

import (
	"net/http"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
)

func forward(w *apptest.Town, days int) {
	w.Send("", "POST", "/demo/clock", map[string]any{"advanceSeconds": days * 24 * 60 * 60}).Want(200)
}

// A wish is changed while it waits, and asks anew after a rejection.
func TestEdit(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	wish := w.Post()
	draft := apptest.Draft(w.Home)
	delete(draft, "nodeId")
	draft["title"] = "厨房水龙头换一个"
	edit := func(persona string) apptest.Answer { return w.Call(persona, "PATCH", "/api/v1/wishes/"+wish, draft) }
	edit("resident-2").Refused(404, "not_found")
	edit("secretary").Want(403)
	if got := edit("resident").Want(200).Text("title"); got != "厨房水龙头换一个" {
		t.Errorf("the title is %q", got)
	}
	review := "/api/v1/wishes/" + wish + "/review"
	w.Call("secretary", "POST", review, map[string]any{"decision": "reject", "reason": "请写楼号"}).Want(200)
	for persona, want := range map[string]string{"resident": "社区请您补充", "secretary": "社区书记请本人补充"} {
		seen := w.Call(persona, "GET", "/api/v1/wishes/"+wish, nil).Want(200)
		if got := seen.Text("history", seen.Len("history")-1, "text"); got != want {
			t.Errorf("%s reads %q", persona, got)
		}
	}
	if got := edit("resident").Want(200).Text("status"); got != "submitted" {
		t.Errorf("after the rejection it is %s", got)
	}
	w.Call("secretary", "POST", review, map[string]any{"decision": "publish"}).Want(200)
	edit("resident").Refused(409, "wish_state")
	w.Healthy()
}

// Claims undecided for a week and undelivered for a month lapse, wishes nobody
// takes expire; a delivery that comes first wins.
func TestTimePasses(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 3)
	status := func(wish string) string {
		return w.Call("resident", "GET", "/api/v1/wishes/"+wish, nil).Want(200).Text("wish", "status")
	}
	undecided, _ := w.Claimed("member-1")
	undelivered, _ := w.Approved("member-2")
	delivered, _ := w.Delivered("member-3")
	sweep := func() {
		if err := w.App.Wishes.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	forward(w, 6)
	sweep()
	if got := status(undecided); got != "taken" {
		t.Errorf("after six days: %s", got)
	}
	forward(w, 1)
	sweep()
	if got := status(undecided); got != "open" {
		t.Errorf("after seven days: %s", got)
	}
	forward(w, 23)
	sweep()
	if status(undelivered) != "open" || status(delivered) != "taken" {
		t.Errorf("after thirty days: %s and %s", status(undelivered), status(delivered))
	}
	forward(w, 60)
	sweep()
	if got := status(undecided); got != "expired" {
		t.Errorf("after ninety days: %s", got)
	}
	w.Healthy()
}

// Members fulfil a wish together and share its points.
func TestTogether(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 4)
	claims := "/api/v1/wishes/" + w.Open() + "/claims"
	with := func(personas ...string) map[string]any {
		ids := []string{}
		for _, p := range personas {
			ids = append(ids, w.People[p].String())
		}
		return map[string]any{"participantIds": ids}
	}
	w.Call("member-1", "POST", claims, with("resident-2")).Refused(422, "not_members")
	w.Call("member-1", "POST", claims, with("member-1")).Refused(422, "invalid_input")
	claim := "/api/v1/claims/" + w.Call("member-1", "POST", claims, with("member-2", "member-3", "member-4")).Want(201).Text("id")
	w.Call("resident-2", "POST", claim+"/acceptance", nil).Refused(404, "not_found")
	w.Call("member-2", "POST", claim+"/acceptance", nil).Want(200)
	w.Call("member-2", "POST", claim+"/acceptance", nil).Refused(409, "claim_state")
	w.Call("secretary", "POST", claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Call("member-3", "POST", claim+"/acceptance", nil).Want(200)
	w.Call("member-1", "POST", claim+"/delivery", map[string]any{"note": "一起搬的"}).Want(200)
	w.Call("member-4", "POST", claim+"/acceptance", nil).Refused(409, "claim_state")
	w.Call("resident", "POST", claim+"/confirmation", map[string]any{"accepted": true}).Want(200)
	for persona, want := range map[string]int{"member-1": 4, "member-2": 3, "member-3": 3, "member-4": 0} {
		if got := w.Call(persona, "GET", "/api/v1/me/points", nil).Want(200).Number("balance"); got != want {
			t.Errorf("%s has %d points, want %d", persona, got, want)
		}
	}
	w.Healthy()
}

// The second "not yet" is for staff to settle.
func TestDispute(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	wish, id := w.Delivered("member-1")
	claim := "/api/v1/claims/" + id
	no, deliver := map[string]any{"accepted": false}, map[string]any{"note": "再修"}
	decline := map[string]any{"decision": "decline", "reason": "换一位同志"}
	w.Call("secretary", "POST", claim+"/review", decline).Refused(409, "claim_state")
	w.Call("resident", "POST", claim+"/confirmation", no).Want(200)
	w.Call("member-1", "POST", claim+"/delivery", deliver).Want(200)
	if a := w.Call("resident", "POST", claim+"/confirmation", no).Want(200); a.Text("status") != "delivered" || a.At("disputed") != true {
		t.Errorf("the second time: %s", a.Raw)
	}
	w.Call("secretary", "POST", claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Call("member-1", "POST", claim+"/delivery", deliver).Want(200)
	w.Call("resident", "POST", claim+"/confirmation", no).Want(200)
	w.Call("secretary", "POST", claim+"/review", decline).Want(200)
	if got := w.Call("resident", "GET", "/api/v1/wishes/"+wish, nil).Want(200).Text("wish", "status"); got != "open" {
		t.Errorf("the wish is %s", got)
	}
	w.Healthy()
}

// For a resident without a phone somebody posts, and somebody else asks whether
// it is done.
func TestOnBehalf(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	draft := apptest.Draft(w.Home)
	draft["onBehalf"] = map[string]any{"consent": "oral", "note": "上门时老人口头同意"}
	post := func(persona string) apptest.Answer { return w.Call(persona, "POST", "/api/v1/wishes", draft) }
	post("resident").Refused(403, "not_your_community")
	post("leader").Refused(403, "not_your_community")
	wish := "/api/v1/wishes/" + post("grid").Want(201).Text("id")
	w.Call("grid", "GET", wish+"/contact", nil).Want(200)
	w.Call("secretary", "POST", wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	claim := "/api/v1/claims/" + w.Call("member-1", "POST", wish+"/claims", nil).Want(201).Text("id")
	w.Call("secretary", "POST", claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Call("member-1", "POST", claim+"/delivery", map[string]any{"note": "办好了"}).Want(200)
	yes := map[string]any{"accepted": true, "onBehalf": map[string]any{"how": "visit", "note": "周三上门，老人说办好了"}}
	confirm := func(persona string) apptest.Answer { return w.Call(persona, "POST", claim+"/confirmation", yes) }
	confirm("member-1").Refused(403, "not_your_community")
	confirm("grid").Refused(403, "party_to_matter")
	confirm("resident").Refused(404, "not_found")
	confirm("secretary").Refused(403, "party_to_matter") // who approved the claim
	confirm("street").Want(200)
	w.Healthy()
}

// Staff may write down the word of an owner who has not answered for three days.
func TestCallBack(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	_, claim := w.Delivered("member-1")
	yes := map[string]any{"accepted": true, "onBehalf": map[string]any{"how": "phone", "note": "电话里说办好了"}}
	w.Call("grid", "POST", "/api/v1/claims/"+claim+"/confirmation", yes).Refused(403, "forbidden")
	forward(w, 3)
	w.Call("grid", "POST", "/api/v1/claims/"+claim+"/confirmation", yes).Want(200)
	w.Healthy()
}

// An undone confirmation takes the points back; the next one pays anew.
func TestUndo(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	_, id := w.Fulfilled("member-1")
	claim := "/api/v1/claims/" + id
	why := map[string]any{"reason": "许愿人点错了"}
	points := func(want int) {
		t.Helper()
		if got := w.Call("member-1", "GET", "/api/v1/me/points", nil).Want(200).Number("balance"); got != want {
			t.Errorf("the balance is %d, want %d", got, want)
		}
		w.Until("the board follows", func() bool {
			return w.Call("member-1", "GET", "/api/v1/leaderboards", nil).Want(200).Number("me", "score") == want
		})
	}
	w.Call("resident-2", "POST", claim+"/undo", why).Want(404)
	w.Call("member-1", "POST", claim+"/undo", why).Want(403)
	w.Call("secretary", "POST", claim+"/undo", map[string]any{"reason": " "}).Refused(422, "reason_required")
	w.Call("secretary", "POST", claim+"/undo", why).Want(200)
	w.Call("secretary", "POST", claim+"/undo", why).Refused(409, "claim_state")
	points(0)
	w.Healthy()
	w.Call("resident", "POST", claim+"/confirmation", map[string]any{"accepted": true}).Want(200)
	points(10)
	if n := w.Call("member-1", "GET", "/api/v1/me/points/entries", nil).Want(200).Len("items"); n != 3 {
		t.Errorf("%d entries, want 3", n)
	}
	// What is undone now is the confirmation that stands, not the first one.
	w.Call("secretary", "POST", claim+"/undo", why).Want(200)
	points(0)
	w.Healthy()
}

// Three live claims are enough for one member.
func TestThreeClaims(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	wishes := []string{w.Open(), w.Open(), w.Open(), w.Open(), w.Open(), w.Open()}
	w.Token("member-1")
	got := count(together(len(wishes), func(i int) apptest.Answer {
		return w.Call("member-1", "POST", "/api/v1/wishes/"+wishes[i-1]+"/claims", nil)
	}))
	if got["201"] != 3 || got["409 too_many_claims"] != 3 {
		t.Errorf("answers: %v", got)
	}
}

// A delivered claim waits for the resident, and does not keep its member from
// another wish; what comes back counts again, and stays.
func TestDeliveredClaimsDoNotCount(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	mayClaim := func(want int) {
		t.Helper()
		a := w.Call("member-1", "GET", "/api/v1/claims?mine=true&undelivered=true", nil).Want(200)
		if got := a.Number("mayClaim"); got != want || a.Len("items") != min(3, 3-want) {
			t.Errorf("may claim %d, want %d: %s", got, want, a.Raw)
		}
	}
	mayClaim(3)
	_, first := w.Delivered("member-1")
	mayClaim(3)
	for left := 2; left >= 0; left-- {
		w.Call("member-1", "POST", "/api/v1/wishes/"+w.Open()+"/claims", nil).Want(201)
		mayClaim(left)
	}
	w.Call("member-1", "POST", "/api/v1/wishes/"+w.Open()+"/claims", nil).Refused(409, "too_many_claims")
	w.Call("resident", "POST", "/api/v1/claims/"+first+"/confirmation", map[string]any{"accepted": false, "comment": "还差一样"}).Want(200)
	a := w.Call("member-1", "GET", "/api/v1/claims?mine=true&undelivered=true", nil).Want(200)
	if a.Number("mayClaim") != 0 || a.Len("items") != 4 {
		t.Errorf("after a claim came back: %s", a.Raw)
	}
}

// A keyed request happens once, however often and however at once it is sent.
func TestIdempotencyKey(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	send := func(persona, key, path string, body any) apptest.Answer {
		return w.CallWith(http.Header{"Idempotency-Key": {key}}, persona, path, body)
	}
	draft := apptest.Draft(w.Home)
	w.Token("resident")
	first := ""
	for _, a := range together(20, func(int) apptest.Answer { return send("resident", "post-0001", "/api/v1/wishes", draft) }) {
		if a.Want(201); first == "" {
			first = strings.TrimSpace(string(a.Raw))
		}
		if strings.TrimSpace(string(a.Raw)) != first {
			t.Fatalf("two answers: %s and %s", first, a.Raw)
		}
	}
	if n := w.Call("resident", "GET", "/api/v1/wishes?mine=true", nil).Want(200).Len("items"); n != 1 {
		t.Errorf("%d wishes, want one", n)
	}
	draft["title"] = "另一个心愿"
	send("resident", "post-0001", "/api/v1/wishes", draft).Refused(409, "key_reused")
	send("resident", "x", "/api/v1/wishes", draft).Refused(422, "invalid_input")
	send("resident", strings.Repeat("x", 65), "/api/v1/wishes", draft).Refused(422, "invalid_input")
	wish := w.Open()
	claims := "/api/v1/wishes/" + wish + "/claims"
	won := send("member-1", "claim-001", claims, nil).Want(201).Text("id")
	again := send("member-1", "claim-001", claims, nil).Want(201)
	if again.Text("id") != won || again.Header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("the twin is told %s", again.Raw)
	}
	send("member-2", "claim-001", claims, nil).Refused(409, "wish_taken")
	send("member-1", "claim-002", claims, nil).Refused(409, "wish_taken")
	w.Healthy()
}

// A wish posted on behalf goes to its resident when staff says so; the phone
// only proposes whose it is. From then on the resident has the last word.
func TestAttach(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	draft := apptest.Draft(w.Home)
	draft["onBehalf"] = map[string]any{"consent": "oral", "note": "上门时老人口头同意"}
	wish := "/api/v1/wishes/" + w.Call("grid", "POST", "/api/v1/wishes", draft).Want(201).Text("id")
	w.Call("resident", "POST", "/api/v1/me/phone", map[string]any{"code": w.WeChat.NewPhoneCode(apptest.Phone)}).Want(200)
	seen := w.Call("secretary", "GET", wish, nil).Want(200)
	if seen.Text("ownerProposal", "userId") != w.People["resident"].String() {
		t.Errorf("nobody is proposed: %s", seen.Raw)
	}
	if a := w.Call("grid", "GET", wish, nil).Want(200); a.At("ownerProposal") != nil {
		t.Errorf("who does not decide sees whose phone it is: %s", a.Raw)
	}
	attach := func(persona, person string) apptest.Answer {
		return w.Call(persona, "POST", wish+"/owner", map[string]any{"userId": w.People[person]})
	}
	w.Call("resident", "GET", wish, nil).Refused(404, "not_found")
	w.Call("secretary", "POST", wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	claim := "/api/v1/claims/" + w.Call("member-1", "POST", wish+"/claims", nil).Want(201).Text("id")
	attach("grid", "resident").Refused(403, "not_your_community")
	attach("secretary", "grid").Refused(403, "party_to_matter")
	attach("secretary", "member-1").Refused(403, "party_to_matter")
	attach("secretary", "secretary").Refused(403, "party_to_matter")
	w.Call("secretary", "POST", wish+"/owner", map[string]any{"userId": "77"}).Refused(404, "not_found")
	attach("secretary", "resident").Want(200)
	attach("secretary", "resident").Refused(409, "wish_state")
	w.Call("secretary", "POST", claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Call("member-1", "POST", claim+"/delivery", map[string]any{"note": "办好了"}).Want(200)
	w.Call("resident", "POST", claim+"/confirmation", map[string]any{"accepted": true}).Want(200)
	w.Healthy()
}
