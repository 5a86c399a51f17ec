package api_test

import (
	"testing"

	"xinyuan/internal/account"
	"xinyuan/internal/app/apptest"
)

// Whoever has not agreed to the version in force is asked, also after they agreed to an
// earlier one; another version than that is not taken.
func TestConsentsHaveAVersion(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker(), apptest.With("XINYUAN_OPERATOR_NAME=通化县委组织部"),
		apptest.With("XINYUAN_OPERATOR_CONTACT=0435-5226001")), 0)
	due := func() int {
		n := w.Call("resident", "GET", "/api/v1/me/consents", nil).Want(200).Len("due")
		if home := w.Call("resident", "GET", "/api/v1/me", nil).Want(200).Len("toAgree"); home != n {
			t.Errorf("home asks for %d documents, and %d are due", home, n)
		}
		return n
	}
	agree := func(document, version string) apptest.Answer {
		return w.Call("resident", "POST", "/api/v1/me/consents", doc{"document": document, "version": version})
	}
	if due() != 2 {
		t.Error("a newcomer is not asked for both")
	}
	p := w.Call("", "GET", "/api/v1/policies", nil).Want(200)
	if p.Text("operator") != "通化县委组织部" || p.Text("contact") != "0435-5226001" || p.Text("keeps", 0, "kind") != "contacts" {
		t.Errorf("the policies are %s", p.Raw)
	}
	agree("privacy", "2020-01-01").Refused(409, "policy_changed")
	agree("privacy", p.Text("versions", "privacy")).Want(204)
	agree("privacy", p.Text("versions", "privacy")).Want(204)
	if due() != 1 {
		t.Error("what was agreed to is asked for again")
	}
	w.Do(nil, "GET", "/api/v1/me/consents", nil).Refused(401, "unauthenticated")
	_, err := w.App.DB.Pool().ExecContext(t.Context(), "UPDATE consents SET version = '2020-01-01'")
	must(t, err)
	if due() != 2 {
		t.Error("another version is not asked for")
	}
	if agree("agreement", account.Agreement.Version()).Want(204); due() != 1 {
		t.Error("the agreement is asked for again")
	}
}
