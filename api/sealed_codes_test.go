package api_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
)

// What opens something lies nowhere in the database as it is: neither the code of a
// certificate nor that of an invitation, and what lies there opens nothing. Codes
// from before are sealed by the worker, and go on opening.
func TestCodesLieSealed(t *testing.T) {
	t.Parallel()
	w := papered(t, apptest.WithoutWorker())
	url := issue(w, "member-1", "name").Text("verifyUrl")
	code := url[strings.LastIndex(url, "/")+1:]
	team := w.Squad("member-1")
	invitation := func() string {
		return w.Call("member-1", "GET", "/api/v1/teams/"+team+"/invitation", nil).Want(200).Text("code")
	}
	check := func(invited string) {
		t.Helper()
		for _, c := range []struct{ column, table, code string }{{"code", "certificates", code}, {"invite_code", "teams", invited}} {
			var found string
			must(t, w.App.DB.Pool().QueryRowContext(t.Context(), "SELECT "+c.column+" FROM "+c.table).Scan(&found))
			if strings.EqualFold(found, c.code) || found == "" {
				t.Errorf("%s.%s tells the code", c.table, c.column)
			}
			w.Send("", "GET", "/verify/"+found, nil).Want(404)
			w.Call("resident", "POST", "/api/v1/teams/"+team+"/members", map[string]any{"code": found[:min(40, len(found))]}).
				Refused(422, "invite_code")
		}
		w.Send("", "GET", "/verify/"+code, nil).Want(200)
		if again := w.Call("member-1", "GET", "/api/v1/me/certificates", nil).Want(200).Text("items", 0, "verifyUrl"); again != url {
			t.Errorf("the certificate is checked at %s, then at %s", url, again)
		}
	}
	check(invitation())
	for _, before := range []string{"UPDATE certificates SET code_sealed = NULL, code = '" + code + "'",
		"UPDATE teams SET invite_sealed = NULL, invite_code = 'ABCDEFGHIJKLMNOPQRSTUVWXY2'"} {
		_, err := w.App.DB.Pool().ExecContext(t.Context(), before)
		must(t, err)
	}
	w.Send("", "GET", "/verify/"+code, nil).Want(200)
	if got := invitation(); got != "ABCDEFGHIJKLMNOPQRSTUVWXY2" {
		t.Errorf("the invitation from before is %q", got)
	}
	must(t, w.App.Certificates.Sweep(t.Context()))
	must(t, w.App.Teams.Sweep(t.Context()))
	check("ABCDEFGHIJKLMNOPQRSTUVWXY2")
	w.Call("resident", "POST", "/api/v1/teams/"+team+"/members", map[string]any{"code": invitation()}).Want(201)
}
