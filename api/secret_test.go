package api_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
)

// Over a whole run, refusals and failures included, no log line and no answer
// holds a secret, and no log line a person's data or token.
func TestNothingLeaks(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	var answers strings.Builder
	call := func(persona, method, path string, body any) apptest.Answer {
		a := w.Call(persona, method, "/api/v1"+path, body)
		answers.Write(a.Raw)
		return a
	}
	wish, claim := w.Fulfilled("member-1")
	draft := apptest.Draft(w.Home)
	draft["title"] = apptest.Phone + "找人修水管"
	call("resident", "POST", "/wishes", draft).Want(201)
	draft["contact"].(map[string]any)["phone"] = "x" + apptest.Phone //nolint:errcheck,forcetypeassert // made above
	call("resident", "POST", "/wishes", draft).Want(422)
	call("resident", "POST", "/wishes", `{"contact":{"phone":"`+apptest.Phone+`","address":"`+apptest.Address).Want(400)
	call("member-2", "GET", "/wishes/"+wish+"/contact?reason="+apptest.Phone, nil).Want(403)
	call("member-1", "GET", "/wishes/"+wish+"/contact", nil).Want(403)
	call("county", "GET", "/wishes/"+wish, nil).Want(200)
	call("resident", "GET", "/wishes?category="+apptest.Phone, nil).Want(200)
	call("member-2", "GET", "/claims/"+claim, nil).Want(404)
	call("member-1", "GET", "/me/points/entries", nil).Want(200)
	call("member-1", "GET", "/leaderboards", nil).Want(200)
	code := w.WeChat.NewCode("open-of-a-stranger")
	w.WeChat.FailHTTP("/sns/jscode2session", 502, 9)
	w.Send("", "POST", "/api/v1/sessions", map[string]any{"code": code}).Want(503)
	w.Send("", "POST", "/api/v1/nothing?token="+w.Token("resident"), nil).Want(404)
	// A failure inside: the sealed address is spoilt, which the reader cannot know.
	_, approved := w.Approved("member-1")
	if _, err := w.App.DB.Pool().ExecContext(t.Context(), "UPDATE contacts SET phone = ?", []byte("spoilt")); err != nil {
		t.Fatal(err)
	}
	asked := call("member-1", "GET", "/claims/"+approved, nil).Want(200).Text("wish", "id")
	call("member-1", "GET", "/wishes/"+asked+"/contact", nil).Refused(500, "internal")

	log := w.Log.String()
	if !strings.Contains(log, "request failed") || strings.Count(log, "\n") < 30 {
		t.Fatalf("the log is not what this test expects:\n%s", log)
	}
	for name, secret := range map[string]string{
		"the phone": apptest.Phone, "the name": apptest.Name, "the address": apptest.Address,
		"the app secret": apptest.Secret, "a log-in code": code, "the keys": w.App.Config.Seal.Keys.Reveal(),
		"a token": w.Token("resident"), "another token": w.Token("secretary"), "an open id": "open-of-a-stranger",
	} {
		if strings.Contains(log, secret) {
			t.Errorf("%s is in the log", name)
		}
		if strings.Contains(answers.String(), secret) {
			t.Errorf("%s is in an answer", name)
		}
	}
	// At rest too: no row of any table holds what is sealed.
	for _, query := range []string{
		"SELECT COUNT(*) FROM wishes WHERE CONCAT_WS('|', title, description, owner_label) LIKE ?",
		"SELECT COUNT(*) FROM contacts WHERE CONCAT_WS('|', name, phone, address) LIKE ?",
		"SELECT COUNT(*) FROM originals WHERE sealed LIKE ?",
		"SELECT COUNT(*) FROM events WHERE reason LIKE ?",
	} {
		for _, secret := range []string{apptest.Phone, apptest.Name, apptest.Address} {
			var n int
			if err := w.App.DB.Pool().QueryRowContext(t.Context(), query, "%"+secret+"%").Scan(&n); err != nil {
				t.Fatal(err)
			}
			if n != 0 {
				t.Errorf("%s finds %s in %d rows", query, secret, n)
			}
		}
	}
}

// A sensitive wish keeps its description for owner, staff and the member whose
// claim was approved.
func TestSensitiveWish(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	draft := apptest.Draft(w.Home)
	draft["category"], draft["title"], draft["description"] = "health", "想找人陪同就医", "要去做透析"
	wish := w.Call("resident", "POST", "/api/v1/wishes", draft).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	sees := func(persona string, want bool) {
		t.Helper()
		got := w.Call(persona, "GET", "/api/v1/wishes/"+wish, nil).Want(200).Text("wish", "description")
		if (got != "") != want {
			t.Errorf("%s reads %q", persona, got)
		}
		list := w.Call(persona, "GET", "/api/v1/wishes?status=taken", nil).Want(200)
		if strings.HasPrefix(persona, "member") && strings.Contains(string(list.Raw), "透析") {
			t.Errorf("the hall tells %s: %s", persona, list.Raw)
		}
	}
	claim := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", nil).Want(201).Text("id")
	sees("resident", true)
	sees("secretary", true)
	sees("member-1", false)
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	sees("member-1", true)
	sees("member-2", false)
	if a := w.Call("member-1", "GET", "/api/v1/claims/"+claim, nil).Want(200); a.Text("wish", "description") == "" {
		t.Errorf("the claimant's own claim hides it: %s", a.Raw)
	}
}
