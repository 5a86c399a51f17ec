package api_test

import (
	"testing"

	"xinyuan/internal/app/apptest"
)

// Lists from which a leader picks people say what each belongs to: the unit of a
// member, the community of a resident.
func TestWhatTellsNamesakesApart(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	team, activity := w.Announced("member-1", 5)
	w.Enlist("member-1", team, "member-2")
	w.Call("resident", "PATCH", "/api/v1/me", map[string]any{"homeNodeId": w.Home}).Want(200)
	w.Enlist("member-1", team, "resident")
	signups := "/api/v1/activities/" + activity + "/signups"
	for _, persona := range []string{"member-2", "resident"} {
		w.Call(persona, "POST", signups, nil).Want(201)
	}
	for path, items := range map[string]int{"/api/v1/teams/" + team + "/members": 3, signups: 2} {
		list := w.Call("member-1", "GET", path, nil).Want(200)
		if list.Len("items") != items {
			t.Fatalf("%s: %s", path, list.Raw)
		}
		home := list.Text("items", items-1, "belongs")
		if unit := list.Text("items", items-2, "belongs"); unit == "" || home != "茂山社区" || unit == home {
			t.Errorf("%s says %q and %q", path, unit, home)
		}
	}
}
