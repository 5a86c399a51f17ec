package api_test

import (
	"context"
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/content"
	"xinyuan/internal/race"
	"xinyuan/internal/wechat/wechattest"
)

// checked is a town where WeChat looks at texts; the test works the outbox off itself.
func checked(t *testing.T, more ...apptest.Option) *apptest.Town {
	t.Helper()
	return apptest.NewTown(apptest.New(t, append(more, apptest.With("XINYUAN_CONTENT_WECHAT=true"), apptest.WithoutWorker())...), 2)
}

func myName(w *apptest.World, persona string) (shown, waiting string) {
	a := w.Call(persona, "GET", "/api/v1/me", nil).Want(200)
	return a.Text("displayName"), a.Text("waitingName")
}

func rename(w *apptest.Town, persona, name string) {
	w.T.Helper()
	w.Call(persona, "PATCH", "/api/v1/me", map[string]any{"displayName": name, "homeNodeId": w.Home}).Want(200)
}

// cases are those that wait for the secretary.
func cases(w *apptest.World) apptest.Answer {
	w.T.Helper()
	return w.Call("secretary", "GET", "/api/v1/approvals?kind=case", nil).Want(200)
}

// A new name is written, then checked, then shown: others see the former one meanwhile,
// and its writer sees both.
func TestANameIsShownOnceItIsPassed(t *testing.T) {
	t.Parallel()
	w := checked(t)
	rename(w, "member-1", "修灯的老张")
	if shown, waiting := myName(w.World, "member-1"); shown != "member-1" || waiting != "修灯的老张" {
		t.Errorf("before the check: %q, %q waits", shown, waiting)
	}
	if mine := w.Call("member-1", "GET", "/api/v1/me/texts", nil).Want(200); mine.Text("items", 0, "text") != "修灯的老张" ||
		mine.At("items", 0, "waiting") != false {
		t.Errorf("the writer reads %s", mine.Raw)
	}
	w.CheckTexts()
	if shown, waiting := myName(w.World, "member-1"); shown != "修灯的老张" || waiting != "" {
		t.Errorf("after the check: %q, %q waits", shown, waiting)
	}
	if n := cases(w.World).Len("items"); n != 0 {
		t.Errorf("%d cases", n)
	}
	w.Healthy()
}

// What the list or WeChat does not pass waits for the secretary, who reads why.
func TestWhatIsNotPassedWaitsForTheSecretary(t *testing.T) {
	t.Parallel()
	w := checked(t)
	w.WeChat.Judge("便宜好货", "review", 10001)
	for name, why := range map[string]string{"代开发票加V": "诈骗：“代开发票”", "便宜好货老王": "微信认为可能是广告"} {
		rename(w, "resident-2", "刘婶")
		w.CheckTexts()
		rename(w, "resident-2", name)
		w.CheckTexts()
		if shown, waiting := myName(w.World, "resident-2"); shown != "刘婶" || waiting != name {
			t.Errorf("%s: %q is shown, %q waits", name, shown, waiting)
		}
		one := cases(w.World).Text("items", 0, "id")
		a := w.Call("secretary", "GET", "/api/v1/cases/"+one, nil).Want(200)
		if a.Text("text") != name || !strings.Contains(a.Text("why"), why) || a.At("mayDecide") != true {
			t.Errorf("%s: the secretary reads %s", name, a.Raw)
		}
		w.Call("secretary", "POST", "/api/v1/cases/"+one+"/review", map[string]any{"decision": "remove"}).Refused(422, "invalid_input")
		w.Call("resident-2", "GET", "/api/v1/cases/"+one, nil).Refused(404, "not_found")
		w.Call("member-1", "POST", "/api/v1/cases/"+one+"/review", map[string]any{"decision": "keep"}).Refused(404, "not_found")
		w.Call("secretary", "POST", "/api/v1/cases/"+one+"/review", map[string]any{"decision": "remove", "reason": "像广告"}).Want(200)
		w.Call("secretary", "POST", "/api/v1/cases/"+one+"/review", map[string]any{"decision": "keep"}).Refused(409, "case_state")
		if shown, waiting := myName(w.World, "resident-2"); shown != "刘婶" || waiting != "" {
			t.Errorf("%s, refused: %q is shown, %q waits", name, shown, waiting)
		}
		inbox := w.Call("resident-2", "GET", "/api/v1/inbox", nil).Want(200)
		if !strings.Contains(inbox.Text("items", 0, "text"), "没有通过核对") || inbox.Text("items", 0, "reason") != "像广告" {
			t.Errorf("the writer hears %s", inbox.Raw)
		}
	}
	rename(w, "resident-2", "代开发票加V")
	w.CheckTexts()
	batch := map[string]any{"items": []any{map[string]any{"kind": "case", "id": cases(w.World).Text("items", 0, "id"), "decision": "keep"}}}
	if a := w.Call("secretary", "POST", "/api/v1/approvals/batch", batch).Want(200); a.At("results", 0, "done") != true {
		t.Errorf("in a batch: %s", a.Raw)
	}
	if shown, _ := myName(w.World, "resident-2"); shown != "代开发票加V" {
		t.Errorf("kept: %q", shown)
	}
	w.Healthy()
}

// An activity is published at once; its words come when they are passed, and an edit of
// them is checked anew.
func TestAnActivitysWordsAreShownOnceTheyArePassed(t *testing.T) {
	t.Parallel()
	w := checked(t)
	team := w.Squad("member-1")
	draft := w.Errand(team, 5)
	draft["title"], draft["description"] = "义务扫雪", "扫完雪一起买六合彩"
	one := w.Call("member-1", "POST", "/api/v1/activities", draft).Want(201)
	if one.Text("title") != "义务扫雪" {
		t.Errorf("the writer reads %s", one.Raw)
	}
	path := "/api/v1/activities/" + one.Text("id")
	w.Call("member-1", "POST", path+"/publication", nil).Want(200)
	read := func(persona string) (title, description string) {
		a := w.Call(persona, "GET", path, nil).Want(200)
		return a.Text("title"), a.Text("description")
	}
	if title, description := read("resident"); title != content.Placeholder || description != content.Placeholder {
		t.Errorf("before the check others read %q, %q", title, description)
	}
	if title, description := read("member-1"); title != "义务扫雪" || description != "扫完雪一起买六合彩" {
		t.Errorf("who wrote it reads %q, %q", title, description)
	}
	w.CheckTexts()
	if title, description := read("resident"); title != "义务扫雪" || description != content.Placeholder {
		t.Errorf("after it %q, %q", title, description)
	}
	w.Call("member-1", "PATCH", path, map[string]any{"description": "带上铁锹和手套"}).Want(200)
	w.CheckTexts()
	must(t, w.App.Cases.Sweep(t.Context()))
	if _, description := read("resident"); description != "带上铁锹和手套" || cases(w.World).Len("items") != 0 {
		t.Errorf("written anew: %q, and %s", description, cases(w.World).Raw)
	}
	w.Call("member-1", "PATCH", path, map[string]any{"title": "扫雪，代開發票"}).Want(200)
	w.CheckTexts()
	if title, _ := read("resident"); title != "义务扫雪" || cases(w.World).Len("items") != 1 {
		t.Errorf("an edit after a pass: %q", title)
	}
	w.Healthy()
}

// While WeChat is away, too slow, or does not know the writer, the list decides alone.
func TestTheListDecidesWhereWeChatDoesNot(t *testing.T) {
	t.Parallel()
	w := checked(t)
	w.WeChat.Absent(wechattest.DemoOpenID("member-1"))
	w.WeChat.Judge("老张", "risky", 20001) // it is not asked, or does not answer
	rename(w, "member-1", "修灯的老张")
	w.WeChat.FailHTTP(wechattest.TextCheckPath, 502, 0)
	w.CheckTexts()
	if shown, _ := myName(w.World, "member-1"); shown != "修灯的老张" {
		t.Errorf("of somebody who is not there: %q", shown)
	}
	w.WeChat.FailHTTP(wechattest.TextCheckPath, 502, 9)
	rename(w, "member-2", "种花的老张")
	w.CheckTexts()
	if shown, _ := myName(w.World, "member-2"); shown != "种花的老张" {
		t.Errorf("while WeChat is away: %q", shown)
	}
	rename(w, "resident", "六合彩老张")
	w.CheckTexts()
	if n := cases(w.World).Len("items"); n != 1 {
		t.Errorf("%d cases of the list", n)
	}
}

// A process that is killed between the write and the check loses nothing, and one that is
// killed after it does nothing twice.
func TestAKilledCheckComesAgain(t *testing.T) {
	t.Parallel()
	w := checked(t)
	rename(w, "member-1", "代开发票")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	var text int64
	must(t, w.App.DB.Pool().QueryRowContext(t.Context(), "SELECT id FROM texts WHERE is_held").Scan(&text))
	payload, err := json.Marshal(text)
	must(t, err)
	payload = []byte(`"` + string(payload) + `"`)
	if err := w.App.Texts.Examine(ended, payload); err == nil {
		t.Error("a killed check says that it is done")
	}
	var wg race.Group
	for range 8 {
		wg.Go(func() {
			if err := w.App.Texts.Examine(t.Context(), payload); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	w.CheckTexts()
	if n := cases(w.World).Len("items"); n != 1 {
		t.Errorf("%d cases", n)
	}
	w.Healthy()
}

// Of two secretaries who decide at once one is told that it is done.
func TestTwoSecretariesDecideOnce(t *testing.T) {
	t.Parallel()
	w := checked(t)
	rename(w, "member-1", "代开发票")
	w.CheckTexts()
	one := cases(w.World).Text("items", 0, "id")
	statuses := make(chan int, 2)
	var wg race.Group
	for persona, decision := range map[string]string{"secretary": "keep", "street": "remove"} {
		wg.Go(func() {
			a := w.Call(persona, "POST", "/api/v1/cases/"+one+"/review", map[string]any{"decision": decision, "reason": "看过了"})
			statuses <- a.Status
		})
	}
	wg.Wait()
	if sum := <-statuses + <-statuses; sum != 200+409 {
		t.Errorf("the statuses add up to %d", sum)
	}
	w.Healthy()
}

// A complaint reaches who answers at once, whatever its words; only who looks at words is
// told of them, and never the desk that it is about.
func TestAComplaintReachesItsDeskWhateverItsWords(t *testing.T) {
	t.Parallel()
	w := checked(t)
	body := map[string]any{"kind": "complaint", "nodeId": w.Home, "text": "书记的亲戚在社区卖六合彩"}
	one := w.Call("resident", "POST", "/api/v1/complaints", body).Want(201).Text("id")
	w.CheckTexts()
	if a := w.Call("street", "GET", "/api/v1/complaints/"+one, nil).Want(200); a.Text("complaint", "text") != body["text"] {
		t.Errorf("the street reads %s", a.Raw)
	}
	if n := cases(w.World).Len("items"); n != 0 {
		t.Errorf("the secretary is shown %d cases", n)
	}
	if n := w.Call("street", "GET", "/api/v1/approvals?kind=case", nil).Want(200).Len("items"); n != 1 {
		t.Errorf("the street is shown %d cases", n)
	}
	w.Healthy()
}

// caseRights says what each role is told of a text of Home that was not passed.
func caseRights() map[string]right {
	var names atomic.Int32
	one := func(body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			rename(w, "resident", "代开发票"+string('一'+names.Add(1))) // another one: what was kept is checked no more
			w.CheckTexts()
			var found string
			row := w.App.DB.Pool().QueryRowContext(w.T.Context(), "SELECT id FROM content_cases ORDER BY id DESC LIMIT 1")
			must(w.T, row.Scan(&found))
			return scene{ids: map[string]string{"caseId": found}, body: body}
		}
	}
	reads := func(h holder) bool { return h.decides() || h.near() && h.role == "auditor" }
	return map[string]right{
		"listMyTexts": {func(*apptest.Town) scene { return scene{} }, func(holder) int { return 200 }},
		"recordSpoken": {func(w *apptest.Town) scene {
			return scene{body: doc{"about": "wish", "id": w.Open(), "how": "visit"}}
		}, func(h holder) int { return map[bool]int{true: 204, false: 403}[h.decides()] }},
		"report": {func(w *apptest.Town) scene {
			return scene{body: doc{"about": "wish", "id": w.Open(), "reason": "ads"}}
		}, func(holder) int { return 204 }},
		"getCase": {one(nil), func(h holder) int { return when(reads(h), 404) }},
		"reviewCase": {one(map[string]any{"decision": "keep"}), func(h holder) int {
			return when(h.decides(), map[bool]int{true: 403, false: 404}[reads(h)])
		}},
	}
}
