package api_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/wechat/wechattest"
)

// delivered is a town where WeChat looks at pictures, with a delivery that has one.
func delivered(t *testing.T, more ...apptest.Option) (w *apptest.Town, claim, photo string) {
	t.Helper()
	w = checked(t, more...)
	_, claim = w.Approved("member-1")
	photo = w.Upload("member-1")
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", doc{"note": "换好了", "photoIds": []string{photo}}).Want(200)
	return w, claim, photo
}

// result is what WeChat pushes about a picture that it was handed.
func result(t *testing.T, w *apptest.Town, trace wechattest.Trace, suggest string, code int) {
	t.Helper()
	push := mediaCheck(trace.ID, suggest)
	push["errcode"], push["CreateTime"] = code, w.Clocks.Machine.Now().Unix()
	if suggest == "risky" {
		push["result"] = doc{"suggest": suggest, "label": 20002}
	}
	for range 2 {
		if status := send(t, w.World, sealed(t, w.World, push)); status != 200 {
			t.Fatalf("answered %d", status)
		}
		w.TakePushes()
	}
}

func seePicture(t *testing.T, w *apptest.Town, when, claim string, want map[string]bool) {
	t.Helper()
	for persona, sees := range want {
		if n := len(photos(w, persona, "/claims/"+claim, "claim")); (n == 1) != sees {
			t.Errorf("%s: %s sees %d pictures", when, persona, n)
		}
	}
}

// waitingCase is the only case at the secretary's desk.
func waitingCase(t *testing.T, w *apptest.Town) apptest.Answer {
	t.Helper()
	all := cases(w.World)
	if all.Len("items") != 1 {
		t.Fatalf("cases: %s", all.Raw)
	}
	return w.Call("secretary", "GET", "/api/v1/cases/"+all.Text("items", 0, "id"), nil).Want(200)
}

// A picture is seen by who added it and by staff, and by others once WeChat has passed
// it: WeChat fetches it at the public address, and pushes what it thinks.
func TestAPictureIsSeenOnceItIsPassed(t *testing.T) {
	t.Parallel()
	w, claim, _ := delivered(t)
	first := map[string]bool{"member-1": true, "secretary": true, "resident": false}
	seePicture(t, w, "before", claim, first)
	w.CheckPictures()
	seePicture(t, w, "while WeChat looks", claim, first)
	traces := w.WeChat.Traces()
	if len(traces) != 1 || traces[0].OpenID != wechattest.DemoOpenID("member-1") ||
		!strings.HasPrefix(traces[0].Address, "https://xinyuan.example.cn/api/v1/media/") {
		t.Fatalf("handed in %+v", traces)
	}
	w.Send("", "GET", strings.TrimPrefix(traces[0].Address, "https://xinyuan.example.cn"), nil).Want(200)
	result(t, w, traces[0], "pass", 0)
	seePicture(t, w, "passed", claim, map[string]bool{"member-1": true, "secretary": true, "resident": true})
	if n := cases(w.World).Len("items"); n != 0 {
		t.Errorf("%d cases", n)
	}
	w.CheckPictures()
	if n := len(w.WeChat.Traces()); n != 1 {
		t.Errorf("handed in %d times", n)
	}
	w.Healthy()
}

// What WeChat does not pass waits for the secretary, who lets everybody see it, blurs it,
// or takes it away; who added it hears why.
func TestStaffDecidesAboutAPicture(t *testing.T) {
	t.Parallel()
	for decision, sees := range map[string]bool{"keep": true, "blur": true, "remove": false} {
		w, claim, photo := delivered(t)
		w.CheckPictures()
		result(t, w, w.WeChat.Traces()[0], "risky", 0)
		seePicture(t, w, "risky", claim, map[string]bool{"member-1": true, "secretary": true, "resident": false})
		one := waitingCase(t, w)
		if !strings.Contains(one.Text("why"), "色情") || one.Text("kind") != "picture" || one.Text("photo", "id") != photo ||
			one.At("photo", "waiting") != true {
			t.Errorf("the secretary reads %s", one.Raw)
		}
		path := "/api/v1/cases/" + one.Text("id")
		before := w.Send("", "GET", one.Text("photo", "url"), nil).Want(200)
		w.Call("member-2", "GET", path, nil).Refused(404, "not_found")
		w.Call("member-1", "POST", path+"/review", doc{"decision": decision, "reason": "x"}).Refused(404, "not_found")
		if decision != "keep" {
			w.Call("secretary", "POST", path+"/review", doc{"decision": decision}).Refused(422, "invalid_input")
		}
		w.Call("secretary", "POST", path+"/review", doc{"decision": decision, "reason": "看得清脸"}).Want(200)
		w.Call("secretary", "POST", path+"/review", doc{"decision": decision, "reason": "看得清脸"}).Refused(409, "case_state")
		seePicture(t, w, decision, claim, map[string]bool{"resident": sees, "secretary": sees})
		must(t, w.App.Photos.Sweep(t.Context()))
		after := w.Send("", "GET", one.Text("photo", "url"), nil)
		if gone := after.Status == 404; gone != (decision != "keep") {
			t.Errorf("%s: the first picture answers %d", decision, after.Status)
		}
		if decision == "blur" {
			seen := w.Call("resident", "GET", "/api/v1/claims/"+claim, nil).Want(200)
			blurred := w.Send("", "GET", seen.Text("claim", "photos", 0, "url"), nil).Want(200)
			if len(blurred.Raw) >= len(before.Raw) {
				t.Errorf("blurred it has %d bytes, before %d", len(blurred.Raw), len(before.Raw))
			}
		}
		message := w.Call("member-1", "GET", "/api/v1/inbox", nil).Want(200)
		if text := message.Text("items", 0, "text"); (decision == "keep") != strings.Contains(text, "大家看得到了") {
			t.Errorf("%s: who added it reads %s", decision, text)
		}
		w.Healthy()
	}
}

// Where WeChat does not answer, could not fetch the picture, does not know the person any
// more, or says nothing for a day, staff looks at it.
func TestPicturesThatWeChatDoesNotLookAt(t *testing.T) {
	t.Parallel()
	machine := clock.Fixed(clock.System().Now())
	w, claim, _ := delivered(t, apptest.WithMachine(machine))
	w.CheckPictures()
	machine.Advance(23 * time.Hour)
	must(t, w.App.Pictures.Sweep(t.Context()))
	if n := cases(w.World).Len("items"); n != 0 {
		t.Fatalf("%d cases after 23 hours", n)
	}
	machine.Advance(2 * time.Hour)
	if found := w.Findings("pictures_checked"); len(found) != 0 {
		t.Errorf("found before its sweep: %v", found)
	}
	machine.Advance(24 * time.Hour)
	if found := w.Findings("pictures_checked"); len(found) != 1 {
		t.Errorf("a forgotten picture: %v", found)
	}
	must(t, w.App.Pictures.Sweep(t.Context()))
	one := waitingCase(t, w)
	seePicture(t, w, "late", claim, map[string]bool{"secretary": true, "resident": false})
	result(t, w, w.WeChat.Traces()[0], "pass", 0)
	seePicture(t, w, "passed in the end", claim, map[string]bool{"resident": false})
	w.Call("secretary", "POST", "/api/v1/cases/"+one.Text("id")+"/review", doc{"decision": "keep"}).Want(200)
	seePicture(t, w, "kept", claim, map[string]bool{"resident": true})

	for name, arrange := range map[string]func(w *apptest.Town){
		"absent": func(w *apptest.Town) { w.WeChat.Absent(wechattest.DemoOpenID("member-1")); w.CheckPictures() },
		"download": func(w *apptest.Town) {
			w.CheckPictures()
			result(t, w, w.WeChat.Traces()[0], "", -1008)
		},
	} {
		w, claim, _ := delivered(t)
		arrange(w)
		if why := waitingCase(t, w).Text("why"); !strings.Contains(why, "请您看一看") {
			t.Errorf("%s: %s", name, why)
		}
		seePicture(t, w, name, claim, map[string]bool{"secretary": true, "resident": false})
		w.Healthy()
	}
}

// A wish's pictures are looked at by who publishes it: they need no case.
func TestPublishingPassesThePictures(t *testing.T) {
	t.Parallel()
	w := checked(t)
	draft := apptest.Draft(w.Home)
	draft["photoIds"] = []string{w.Upload("resident")}
	wish := w.Call("resident", "POST", "/api/v1/wishes", draft).Want(201).Text("id")
	w.CheckPictures()
	result(t, w, w.WeChat.Traces()[0], "risky", 0)
	if n := cases(w.World).Len("items"); n != 0 {
		t.Errorf("%d cases", n)
	}
	seen := w.Call("secretary", "GET", "/api/v1/wishes/"+wish, nil).Want(200)
	if seen.At("wish", "photos", 0, "waiting") != true {
		t.Errorf("the secretary reads %s", seen.Raw)
	}
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", doc{"decision": "publish"}).Want(200)
	if n := len(photos(w, "member-1", "/wishes/"+wish, "wish")); n != 1 {
		t.Errorf("%d pictures are seen", n)
	}
	w.Healthy()
}
