package api_test

import (
	"testing"

	"strings"
	"xinyuan/internal/app/apptest"
	"xinyuan/internal/importer"
	"xinyuan/internal/race"
)

// phone hands over a number by WeChat's button.
func phone(w *apptest.Town, persona, number string) {
	w.T.Helper()
	w.Call(persona, "POST", "/api/v1/me/phone", doc{"code": w.WeChat.NewPhoneCode(number)}).Want(200)
}

// A number that WeChat says is the owner's has a mark, for the owner and for who decides or reads the contact, and
// loses it with the number.
func TestANumberFromWeChatHasAMark(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	mine := apptest.Draft(w.Home)
	mine["contact"] = doc{"name": "刘桂兰", "phone": "", "myPhone": true, "address": "3 栋 201"}
	if a := w.Call("resident", "POST", "/api/v1/wishes", mine).Refused(422, "invalid_input"); a.Text("fields", 0, "path") != "contact.phone" {
		t.Errorf("without a number: %s", a.Raw)
	}
	phone(w, "resident", "13900001111")
	wish := w.Call("resident", "POST", "/api/v1/wishes", mine).Want(201).Text("id")
	path := "/api/v1/wishes/" + wish
	mark := func(persona string) any { return w.Call(persona, "GET", path, nil).Want(200).At("phoneVerified") }
	for _, persona := range []string{"resident", "secretary"} {
		if got := mark(persona); got != "wechat" {
			t.Errorf("%s is told %v", persona, got)
		}
	}
	w.Call("secretary", "POST", path+"/review", doc{"decision": "publish"}).Want(200)
	if got := mark("member-1"); got != nil {
		t.Errorf("a member is told %v", got)
	}
	if a := w.Call("secretary", "GET", path+"/contact", nil).Want(200); a.Text("phone") != "13900001111" || a.Text("phoneVerified") != "wechat" {
		t.Errorf("the contact: %s", a.Raw)
	}
	phone(w, "resident", "13900002222")
	if got := mark("secretary"); got != nil {
		t.Errorf("with another number it is %v", got)
	}
	w.Call("resident", "POST", "/api/v1/me/contact", mine["contact"]).Want(200)
	if a := w.Call("resident", "GET", "/api/v1/me/contact", nil).Want(200); a.Text("phoneVerified") != "wechat" || a.Text("contact", "phone") != "13900002222" {
		t.Errorf("my contact: %s", a.Raw)
	}
	w.Healthy()
}

// For who hands nothing over in WeChat, staff who decides writes down that they spoke; another number begins anew.
func TestStaffSpokeToSomebody(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	wish, need := w.Post(), say(w)
	spoke := func(persona, about, one string) apptest.Answer {
		return w.Call(persona, "POST", "/api/v1/phone-checks", doc{"about": about, "id": one, "how": "phone"})
	}
	mark := func(path string) any { return w.Call("secretary", "GET", path, nil).Want(200).At("phoneVerified") }
	spoke("member-1", "wish", wish).Refused(404, "not_found")
	spoke("resident", "wish", wish).Refused(403, "not_your_community")
	spoke("grid", "wish", wish).Refused(403, "not_your_community")
	spoke("secretary", "wish", "77").Refused(404, "not_found")
	if got := mark("/api/v1/wishes/" + wish); got != nil {
		t.Errorf("before, it is %v", got)
	}
	spoke("secretary", "wish", wish).Want(204)
	if got := mark("/api/v1/wishes/" + wish); got != "staff" {
		t.Errorf("after, it is %v", got)
	}
	edit := apptest.Draft(w.Home)
	delete(edit, "nodeId")
	w.Call("resident", "PATCH", "/api/v1/wishes/"+wish, edit).Want(200) // with the same number
	if got := mark("/api/v1/wishes/" + wish); got != "staff" {
		t.Errorf("with the same number it is %v", got)
	}
	edit["contact"].(doc)["phone"] = "13900003333"
	w.Call("resident", "PATCH", "/api/v1/wishes/"+wish, edit).Want(200)
	if got := mark("/api/v1/wishes/" + wish); got != nil {
		t.Errorf("with another one it is %v", got)
	}
	may := func(persona string) any {
		return w.Call(persona, "GET", "/api/v1/needs/"+need, nil).Want(200).At("may", "speak")
	}
	if before := may("secretary"); before != true || may("resident") != nil {
		t.Errorf("the secretary may write it down: %v, the resident: %v", before, may("resident"))
	}
	spoke("secretary", "need", need).Want(204)
	if after := may("secretary"); after != nil {
		t.Errorf("once it is known, it is asked for again: %v", after)
	}
	if got := mark("/api/v1/needs/" + need); got != "staff" {
		t.Errorf("of the need it is %v", got)
	}
	w.Healthy()
}

// Whoever decides about a report-in reads whether its member's number is known, and that the roster has another one.
func TestWhatIsKnownOfAMembersNumber(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	table := "姓名,单位,手机号\n李国强,县供电公司,13900001111\n"
	_, err := importer.Roster(t.Context(), w.App.DB, w.App.Sealer, strings.NewReader(table), importer.Options{Commit: true})
	must(t, err)
	token := newcomer(w)
	one := reportIn(w, token, "李国强").Want(201)
	if one.At("listedPhone") != nil || one.At("phoneVerified") != nil {
		t.Errorf("who asks is told %s", one.Raw)
	}
	path := "/api/v1/memberships/" + one.Text("id")
	for _, known := range []bool{false, true} {
		if known {
			w.Send(token, "POST", "/api/v1/me/phone", doc{"code": w.WeChat.NewPhoneCode("13900002222")}).Want(200)
		}
		a := w.Call("secretary", "GET", path, nil).Want(200)
		if a.At("listedPhone") != true || a.At("phoneVerified") != known {
			t.Errorf("the secretary reads %s", a.Raw)
		}
		list := w.Call("secretary", "GET", "/api/v1/memberships", nil).Want(200)
		if list.At("items", 0, "listedPhone") != true || list.At("items", 0, "phoneVerified") != known {
			t.Errorf("in the list %s", list.Raw)
		}
	}
	if a := w.Send(token, "GET", path, nil).Want(200); a.At("listedPhone") != nil || a.At("listedWithoutPhone") != nil {
		t.Errorf("who waits is told %s", a.Raw)
	}
	list(w, "王秀英")
	for name, without := range map[string]bool{"王秀英": true, "周不在": false} {
		other := "/api/v1/memberships/" + reportIn(w, newcomer(w), name).Want(201).Text("id")
		a := w.Call("secretary", "GET", other, nil).Want(200)
		if a.At("listedWithoutPhone") != without || a.At("listedPhone") != false {
			t.Errorf("of %s the secretary reads %s", name, a.Raw)
		}
	}
}

// A code of WeChat's button works once, whoever has it.
func TestAPhoneCodeWorksOnce(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	code := w.WeChat.NewPhoneCode("13900001111")
	results := make(chan int, 2)
	for _, persona := range []string{"member-1", "member-2"} {
		w.Token(persona)
	}
	var wg race.Group
	for _, persona := range []string{"member-1", "member-2"} {
		wg.Go(func() { results <- w.Call(persona, "POST", "/api/v1/me/phone", doc{"code": code}).Status })
	}
	wg.Wait()
	if one, other := <-results, <-results; one+other != 200+422 && one+other != 200+409 {
		t.Errorf("the answers are %d and %d", one, other)
	}
	w.Call("member-1", "POST", "/api/v1/me/phone", doc{"code": code}).Refused(422, "code_used")
}

// Nobody's own number is a resident's for whom they speak, unless they answer the phone for them.
func TestOwnNumberIsNoResidents(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	phone(w, "grid", "13900001111")
	mine := doc{"name": "刘桂兰", "phone": "", "myPhone": true, "address": "3 栋 201"}
	wish := apptest.Draft(w.Home)
	wish["contact"], wish["onBehalf"] = mine, doc{"consent": "oral", "note": "上门问的"}
	need := doc{"nodeId": w.Home, "category": "roads", "place": "3 号楼下", "text": "路灯不亮", "contact": mine,
		"onBehalf": doc{"consent": "oral", "note": ""}}
	for path, body := range map[string]doc{"wishes": wish, "needs": need} {
		a := w.Call("grid", "POST", "/api/v1/"+path, body).Refused(422, "invalid_input")
		if a.Text("fields", 0, "path") != "contact.phone" {
			t.Errorf("%s: %s", path, a.Raw)
		}
	}
	mine["helper"] = "网格员小李"
	w.Call("grid", "POST", "/api/v1/wishes", wish).Want(201)
	w.Healthy()
}
