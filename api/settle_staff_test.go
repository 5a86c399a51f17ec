package api_test

import (
	"testing"
	"time"

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

// unseenMeeting is a meeting that its leader has settled with four people without a
// phone whom nobody else has seen, and member-3 who was there.
func unseenMeeting(w *apptest.Town) meeting {
	w.T.Helper()
	m := announced(w, map[string]any{"quota": 9})
	team := m.Call("member-1", "GET", m.path, nil).Want(200).Text("teamId")
	m.Call("member-3", "POST", m.path+"/signups", nil).Want(201)
	var said []map[string]any
	want := map[string]string{"member-3": "true 120 credited:120"}
	for _, name := range []string{"王一", "王二", "王三", "王四"} {
		w.AddWithoutPhone("member-1", team, name, name)
		m.Call("member-1", "POST", m.path+"/signups", map[string]any{"userId": w.People[name]}).Want(201)
		said = append(said, m.about(name, "minutes", 120, "reason", "没有手机"))
		want[name] = "true 120 recorded:120"
	}
	m.served(0, 120, "member-3")
	wantSame(w.T.(*testing.T), m.outcome(m.settle("member-1", said...).Want(200)), want)
	return m
}

// Invented people: of those without a phone whom nobody but the leader has seen,
// more than three wait for staff, all of them; the leader cannot confirm them.
func TestPeopleWhomOnlyTheLeaderSaw(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 3)
	m := unseenMeeting(w)
	waiting := w.Call("secretary", "GET", "/api/v1/approvals?kind=service", nil).Want(200)
	if waiting.Len("items") != 4 {
		t.Fatalf("got %s", waiting.Raw)
	}
	record := waiting.Text("items", 0, "id")
	if a := w.Call("member-2", "POST", "/api/v1/service-records/"+record+"/review", confirm); a.Status != 403 {
		t.Errorf("the deputy confirms: %s", a.Raw)
	}
	var items, decisions []any
	for i, name := range []string{"王一", "王二", "王三", "王四"} {
		decisions = append(decisions, m.about(name, "decision", "confirm"))
		items = append(items, map[string]any{"kind": "service", "id": waiting.Text("items", i, "id"), "decision": "confirm"})
	}
	// No batch takes them: staff look at the names, and decide together.
	batch := w.Call("secretary", "POST", "/api/v1/approvals/batch", map[string]any{"items": items}).Want(200)
	for i := range 4 {
		if batch.Text("results", i, "reason") != "one_by_one" || waiting.Text("items", i, "oneByOne") != "unseen" {
			t.Errorf("item %d, listed as %s: %s", i, waiting.Raw, batch.Raw)
		}
	}
	wantRow(t, w, "SELECT COUNT(*), SUM(status = 'credited') FROM service_records", 5, 1)
	w.Call("secretary", "POST", m.path+"/unseen/review", map[string]any{"decisions": decisions}).Want(200)
	// Most of the people of this leader were seen by nobody else: the share is unusual, not the hours.
	unusual := w.Call("secretary", "GET", "/api/v1/service-recorders?nodeId="+w.Home.String(), nil).Want(200)
	if unusual.Len("items") != 1 || unusual.Text("items", 0, "signs", 0) != "mostly_unseen" ||
		unusual.Number("items", 0, "credited") != 5 || unusual.Number("items", 0, "unseen") != 4 {
		t.Errorf("unusual are %s", unusual.Raw)
	}
	wantRow(t, w, "SELECT COUNT(*), SUM(status = 'credited') FROM service_records", 5, 5)
	w.Clocks.Business.Advance(30*24*time.Hour - time.Minute)
	for wait, want := range []int{1, 0} { // what was written down thirty days ago is looked at, and nothing older
		w.Clocks.Business.Advance(time.Duration(wait) * time.Hour)
		a := w.Call("secretary", "GET", "/api/v1/service-recorders?nodeId="+w.Home.String(), nil).Want(200)
		if a.Len("items") != want {
			t.Errorf("after thirty days, and %d hours: %s", wait, a.Raw)
		}
	}
	w.Healthy()
}

// Staff decides about an activity's unseen people together, with their names, each
// as they see fit, and about all of them or none.
func TestUnseenPeopleTogether(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 3)
	m := unseenMeeting(w)
	path := m.path + "/unseen"
	waiting := w.Call("secretary", "GET", "/api/v1/approvals?kind=service", nil).Want(200)
	for i := range waiting.Len("items") {
		if waiting.Text("items", i, "unseenAt") != m.id {
			t.Errorf("item %d does not lead to the activity: %s", i, waiting.Raw)
		}
	}
	shown := w.Call("secretary", "GET", path, nil).Want(200)
	if shown.Len("people") != 4 || shown.Number("came") != 5 || shown.Text("settledBy") != "member-1" ||
		shown.Text("title") != "清扫河边" {
		t.Fatalf("the secretary sees %s", shown.Raw)
	}
	names := map[string]bool{}
	for i := range 4 {
		names[shown.Text("people", i, "displayName")] = true
		if shown.At("people", i, "mayReview") != true || shown.Number("people", i, "minutes") != 120 ||
			shown.At("people", i, "records", 0, "unseen") != true {
			t.Errorf("of a person the secretary sees %v", shown.At("people", i))
		}
	}
	if len(names) != 4 || !names["王一"] || !names["王四"] {
		t.Errorf("the names are %v", names)
	}
	w.Call("auditor", "GET", path, nil).Want(200)
	say := func(decisions ...any) map[string]any { return map[string]any{"decisions": decisions} }
	yes, no := m.about("王一", "decision", "confirm"), m.about("王二", "decision", "reject", "reason", "社区没有这个人")
	post := func(who string, body map[string]any) apptest.Answer { return w.Call(who, "POST", path+"/review", body) }
	for _, who := range []string{"resident", "member-1", "member-2", "member-3", "unit"} {
		w.Call(who, "GET", path, nil).Refused(403, "not_your_community")
		if a := post(who, say(yes)); a.Status != 403 {
			t.Errorf("%s decides: %s", who, a.Raw)
		}
	}
	for _, who := range []string{"auditor", "grid"} {
		if a := post(who, say(yes)); a.Status != 403 {
			t.Errorf("%s decides: %s", who, a.Raw)
		}
	}
	w.Call("secretary", "GET", "/api/v1/activities/123/unseen", nil).Refused(404, "not_found")
	w.Call("secretary", "POST", "/api/v1/activities/123/unseen/review", say(yes)).Refused(404, "not_found")
	// What is refused for one is done for nobody.
	post("secretary", say()).Refused(422, "invalid_input")
	post("secretary", say(yes, yes)).Refused(422, "invalid_input")
	post("secretary", say(yes, m.about("王二", "decision", "reject"))).Refused(422, "reason_required")
	post("secretary", say(yes, m.about("member-3", "decision", "confirm"))).Refused(409, "record_state")
	wantRow(t, w, "SELECT COUNT(*), SUM(status = 'credited') FROM service_records", 5, 1)

	if a := post("secretary", say(yes, no)).Want(200); a.Len("items") != 2 {
		t.Errorf("got %s", a.Raw)
	}
	wantRow(t, w, "SELECT SUM(status = 'rejected'), SUM(status = 'credited') FROM service_records", 1, 2)
	post("secretary", say(yes)).Refused(409, "record_state")
	after := w.Call("secretary", "GET", path, nil).Want(200)
	for i, may := range []bool{true, true, false, false} { // those who wait come first
		if after.At("people", i, "mayReview") != may {
			t.Errorf("person %d: %s", i, after.Raw)
		}
	}
	post("secretary", say(m.about("王三", "decision", "confirm"), m.about("王四", "decision", "confirm"))).Want(200)
	if left := w.Call("secretary", "GET", "/api/v1/approvals?kind=service", nil).Want(200); left.Len("items") != 0 {
		t.Errorf("left are %s", left.Raw)
	}
	w.Healthy()
}

// Two of the staff decide about the same people at once: one of them does.
func TestUnseenPeopleAtOnce(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 3)
	m := unseenMeeting(w)
	w.Token("secretary")
	var all []any
	for _, name := range []string{"王四", "王一", "王三", "王二"} {
		all = append(all, m.about(name, "decision", "confirm"))
	}
	got := count(together(8, func(int) apptest.Answer {
		return w.Call("secretary", "POST", m.path+"/unseen/review", map[string]any{"decisions": all})
	}))
	if got["200"] != 1 || got["409 record_state"] != 7 {
		t.Errorf("answers: %v", got)
	}
	wantRow(t, w, "SELECT COUNT(*), SUM(status = 'credited') FROM service_records", 5, 5)
	w.Healthy()
}
