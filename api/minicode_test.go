package api_test

import (
	"encoding/base64"
	"os"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/minicode"
	"xinyuan/internal/wechat/wechattest"
)

// scanned is what WeChat's scanner reads off the picture.
func scanned(w *apptest.Town, a apptest.Answer) wechattest.Scanned {
	w.T.Helper()
	picture, err := base64.StdEncoding.DecodeString(a.Want(200).Text("jpeg"))
	must(w.T, err)
	found, ok := w.WeChat.Scan(picture)
	if !ok || found.Page != minicode.Page {
		w.T.Errorf("scanned: %+v", found)
	}
	return found
}

// opened is where the program goes with what was scanned.
func opened(w *apptest.Town, persona string, s wechattest.Scanned) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "GET", "/api/v1/scenes/"+s.Scene, nil)
}

// The door's code is the leader's while people may check in, made once; it holds neither
// a secret nor a name, and opens the activity.
func TestDoorCode(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	_, activity := w.Announced("member-1", 5)
	path := "/api/v1/activities/" + activity + "/door-code"
	w.Call("member-1", "GET", path, nil).Refused(409, "checkin_early")
	w.Clocks.Business.Advance(24 * time.Hour)
	w.Call("member-2", "GET", path, nil).Refused(403, "not_team_leader")
	s := scanned(w, w.Call("member-1", "GET", path, nil))
	if s.Scene != "a"+activity || scanned(w, w.Call("member-1", "GET", path, nil)) != s {
		t.Errorf("the scene is %+v", s)
	}
	if n := w.WeChat.Calls(wechattest.CodePath); n != 1 {
		t.Errorf("WeChat was asked %d times", n)
	}
	if got := opened(w, "resident", s).Want(200).Text("activityId"); got != activity {
		t.Errorf("it opens %s", got)
	}
}

// The invitation's code is that of who leads, changes with the invitation, and the one
// before leads nowhere. Neither the database nor the log tells it.
func TestInvitationCode(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	team := w.Squad("member-1")
	path := "/api/v1/teams/" + team + "/invitation"
	w.Call("resident", "GET", path+"-code", nil).Refused(403, "not_team_leader")
	w.Call("member-1", "GET", "/api/v1/teams/7/invitation-code", nil).Refused(404, "not_found")
	code := w.Call("member-1", "GET", path, nil).Want(200).Text("code")
	first := scanned(w, w.Call("member-1", "GET", path+"-code", nil))
	if a := opened(w, "resident", first).Want(200); first.Scene != "t"+code || a.Text("teamId") != team || a.Text("code") != code {
		t.Errorf("%s opens %s", first.Scene, a.Raw)
	}
	w.Call("member-1", "POST", path, nil).Want(200)
	second := scanned(w, w.Call("member-1", "GET", path+"-code", nil))
	opened(w, "resident", first).Refused(404, "not_found")
	opened(w, "resident", second).Want(200)
	for _, where := range append(allRows(w), w.Log.String()) {
		if strings.Contains(where, code) || strings.Contains(where, second.Scene[1:]) {
			t.Errorf("an invitation is told: %s", where)
		}
	}
}

// A certificate's code shows in the program what the public page shows.
func TestCertificateCode(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	w.Clocks.Business.Advance(48 * time.Hour)
	w.Served("member-1", 5*time.Hour, 60, "清雪")
	w.Clocks.Business.Advance(time.Hour)
	issued := w.Call("member-1", "POST", "/api/v1/me/certificates", doc{
		"from": "2026-03-01", "until": "2026-03-13", "show": []string{"hours"},
	}).Want(201)
	path := "/api/v1/certificates/" + issued.Text("id") + "/code"
	if a := w.Call("resident", "GET", path, nil); a.Status < 400 {
		t.Errorf("a stranger has the code: %s", a.Raw)
	}
	s := scanned(w, w.Call("member-1", "GET", path, nil))
	a := opened(w, "resident", s).Want(200)
	if a.Text("certificate", "state") != "good" || a.Text("certificate", "serial") != issued.Text("serial") ||
		strings.Contains(string(a.Raw), "王") {
		t.Errorf("checked: %s", a.Raw)
	}
	w.Call("member-1", "POST", "/api/v1/certificates/"+issued.Text("id")+"/revocation", doc{"reason": "开错了"}).Want(200)
	if got := opened(w, "resident", s).Want(200).Text("certificate", "state"); got != "revoked" {
		t.Errorf("checked: %s", got)
	}
	w.Call("member-1", "GET", path, nil).Refused(409, "certificate_state")
}

// Without WeChat's picture nobody is worse off: the refusal says what works instead,
// nothing is kept, and the next one is asked for again.
func TestNoMiniCode(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	path := "/api/v1/teams/" + w.Squad("member-1") + "/invitation-code"
	for code, refused := range map[int]struct {
		status int
		reason string
	}{41030: {409, "page_unpublished"}, 45009: {429, "too_many_requests"}, 40097: {503, "wechat_failure"}} {
		w.WeChat.FailNext(wechattest.CodePath, code, 1)
		w.Call("member-1", "GET", path, nil).Refused(refused.status, refused.reason)
	}
	scanned(w, w.Call("member-1", "GET", path, nil))
	for _, scene := range []string{"x", "a", "azz", "a0", "tnobody", "cnobody", "a7"} {
		w.Call("resident", "GET", "/api/v1/scenes/"+scene, nil).Refused(404, "not_found")
	}
}

// The page that codes lead to is one of the program's.
func TestCodesLeadToAPage(t *testing.T) {
	t.Parallel()
	pages, err := os.ReadFile("../miniprogram/src/pages.json")
	must(t, err)
	if !strings.Contains(string(pages), `"`+minicode.Page+`"`) {
		t.Errorf("the program has no page %s", minicode.Page)
	}
}
