package api_test

import (
	"testing"

	"xinyuan/internal/app/apptest"
)

// Hours of who leads the team wait for staff, whoever of them settles: nobody
// whom the leader chose confirms them.
func TestHoursOfWhoLeadsWaitForStaff(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 3)
	m := newMeeting(w, []string{"member-1", "member-2", "member-3"})
	m.served(10, 100, "member-1", "member-2", "member-3")
	m.at(120)
	got := m.settle("member-1").Want(200)
	wantSame(t, m.outcome(got), map[string]string{
		"member-1": "true 90 recorded:90", "member-2": "true 90 recorded:90", "member-3": "true 90 credited:90",
	})
	for i := range got.Len("attendees") {
		if got.Text("attendees", i, "records", 0, "status") != "recorded" {
			continue
		}
		path := "/api/v1/service-records/" + got.Text("attendees", i, "records", 0, "id")
		for _, who := range []string{"member-1", "member-2"} {
			if a := w.Call(who, "GET", path, nil).Want(200); a.At("mayReview") != false {
				t.Errorf("%s sees %s", who, a.Raw)
			}
			if a := w.Call(who, "POST", path+"/review", confirm); a.Status != 403 {
				t.Errorf("%s confirms: %s", who, a.Raw)
			}
		}
		if a := w.Call("secretary", "POST", path+"/review", confirm).Want(200); a.Text("status") != "credited" {
			t.Errorf("got %s", a.Raw)
		}
	}
	w.Healthy()
}

// Invented people: of those without a phone whom nobody but the leader has seen,
// more than three wait for staff, all of them; the leader cannot confirm them.
func TestPeopleWhomOnlyTheLeaderSaw(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 3)
	m := announced(w, map[string]any{"quota": 9})
	team := m.Call("member-1", "GET", m.path, nil).Want(200).Text("teamId")
	m.Call("member-3", "POST", m.path+"/signups", nil).Want(201)
	var said []map[string]any
	want := map[string]string{"member-3": "true 120 credited:120"}
	for _, name := range []string{"王一", "王二", "王三", "王四"} {
		w.WriteDown("member-1", team, name, name)
		m.Call("member-1", "POST", m.path+"/signups", map[string]any{"userId": w.People[name]}).Want(201)
		said = append(said, m.about(name, "minutes", 120, "reason", "没有手机"))
		want[name] = "true 120 recorded:120"
	}
	m.served(0, 120, "member-3")
	got := m.settle("member-1", said...).Want(200)
	wantSame(t, m.outcome(got), want)
	waiting := w.Call("secretary", "GET", "/api/v1/approvals?kind=service", nil).Want(200)
	if waiting.Len("items") != 4 {
		t.Fatalf("got %s", waiting.Raw)
	}
	record := waiting.Text("items", 0, "id")
	if a := w.Call("member-2", "POST", "/api/v1/service-records/"+record+"/review", confirm); a.Status != 403 {
		t.Errorf("the deputy confirms: %s", a.Raw)
	}
	var items []any
	for i := range 4 {
		items = append(items, map[string]any{"kind": "service", "id": waiting.Text("items", i, "id"), "decision": "confirm"})
	}
	w.Call("secretary", "POST", "/api/v1/approvals/batch", map[string]any{"items": items}).Want(200)
	wantRow(t, w, "SELECT COUNT(*), SUM(status = 'credited') FROM service_records", 5, 5)
	w.Healthy()
}
