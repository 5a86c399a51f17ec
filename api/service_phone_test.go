package api_test

import (
	"fmt"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// setPhone publishes a number as the persona; the caller looks at what came back.
func setPhone(w *apptest.Town, persona string, node id.Node, phone string) apptest.Answer {
	w.T.Helper()
	return w.Call(persona, "PATCH", "/api/v1/nodes/"+node.String(), map[string]any{"servicePhone": phone})
}

// lineOf is the number that the persona is shown, and whose it is.
func lineOf(w *apptest.Town, persona string) string {
	w.T.Helper()
	a := w.Call(persona, "GET", "/api/v1/me", nil).Want(200)
	return a.Text("line", "name") + " " + a.Text("line", "phone")
}

// Everybody is shown the number nearest to their home; a community without one
// lends what is above it.
func TestServicePhones(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	if got := lineOf(w, "resident"); got != " " {
		t.Errorf("nobody has published one, and it is %q", got)
	}
	w.Call("resident", "PATCH", "/api/v1/me", map[string]any{"homeNodeId": w.Home}).Want(200)
	setPhone(w, "county", w.County, "12345").Want(200)
	if got := lineOf(w, "resident"); got != "通化县 12345" {
		t.Errorf("the county's is %q", got)
	}
	if a := setPhone(w, "secretary", w.Home, " 0435－5226001 ").Want(200); a.Text("servicePhone") != "0435-5226001" {
		t.Errorf("published: %s", a.Raw)
	}
	for persona, want := range map[string]string{"resident": "茂山社区 0435-5226001", "resident-2": "通化县 12345"} {
		if got := lineOf(w, persona); got != want {
			t.Errorf("%s is shown %q, want %q", persona, got, want)
		}
	}
	for persona, status := range map[string]int{"resident": 403, "grid": 403, "auditor": 403, "leader": 403, "street": 200} {
		setPhone(w, persona, w.Home, "400-820-8820").Want(status)
	}
	setPhone(w, "street", w.Home, "400-820-8820").Want(200) // again: nothing changes
	for _, wrong := range []string{"5226001", "110", "1234567890123", "电话", "0435-5226001 转 8"} {
		if a := setPhone(w, "county", w.Home, wrong).Refused(422, "invalid_input"); a.Text("fields", 0, "path") != "servicePhone" {
			t.Errorf("%q: %s", wrong, a.Raw)
		}
	}
	setPhone(w, "secretary", w.Unit, "12345").Refused(422, "invalid_input")
	setPhone(w, "county", 77, "12345").Refused(404, "not_found")
	setPhone(w, "county", w.Home, "").Want(200)
	if got := lineOf(w, "resident"); got != "通化县 12345" {
		t.Errorf("taken away, and it is %q", got)
	}
	if a := w.Call("resident", "GET", "/api/v1/nodes?kind=county", nil).Want(200); a.Text("items", 0, "servicePhone") != "12345" {
		t.Errorf("the tree: %s", a.Raw)
	}
	var changes int
	must(t, w.App.DB.Pool().QueryRowContext(t.Context(),
		"SELECT COUNT(*) FROM events WHERE noun = 'node' AND subject_id = ?", w.Home).Scan(&changes))
	if changes != 3 {
		t.Errorf("%d changes are in the history, want 3", changes)
	}
	w.Healthy()
}

// Twenty officers publish at once: each change is in the history, once.
func TestServicePhonesAtOnce(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	w.Token("secretary")
	w.Token("street")
	for _, a := range together(20, func(i int) apptest.Answer {
		return setPhone(w, []string{"secretary", "street"}[i%2], w.Home, fmt.Sprintf("0435-52260%02d", i))
	}) {
		a.Want(200)
	}
	w.Healthy()
}
