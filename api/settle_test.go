package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// unsampled draws nothing for a second review.
func unsampled() []apptest.Option {
	return []apptest.Option{
		apptest.With("XINYUAN_SERVICE_SAMPLE_PERCENT=0"), apptest.With("XINYUAN_SERVICE_OFFLINE_SAMPLE_PERCENT=0"),
	}
}

func (m meeting) settle(who string, attendees ...map[string]any) apptest.Answer {
	m.T.Helper()
	if attendees == nil {
		attendees = []map[string]any{}
	}
	return m.Call(who, "POST", m.path+"/settlement", map[string]any{"attendees": attendees})
}

// about is what the leader says of somebody.
func (m meeting) about(who string, more ...any) map[string]any {
	entry := map[string]any{"userId": m.People[who]}
	for i := 0; i+1 < len(more); i += 2 {
		entry[more[i].(string)] = more[i+1]
	}
	return entry
}

// served has people check in and out live, from so many minutes after the start
// until others.
func (m meeting) served(from, until int, who ...string) {
	m.T.Helper()
	m.at(from)
	for _, p := range who {
		m.in(p, withCode(m.code())).Want(201)
	}
	m.at(until)
	for _, p := range who {
		m.out(p, withCode(m.code())).Want(200)
	}
}

// outcome is "attended minutes statuses" of each person of a settlement.
func (m meeting) outcome(a apptest.Answer) map[string]string {
	m.T.Helper()
	names := map[string]string{}
	for name, person := range m.People {
		names[person.String()] = name
	}
	out := map[string]string{}
	for i := range a.Len("attendees") {
		text := fmt.Sprintf("%v %d", a.At("attendees", i, "attended"), a.Number("attendees", i, "minutes"))
		for n := range a.Len("attendees", i, "records") {
			text += fmt.Sprintf(" %s:%d", a.Text("attendees", i, "records", n, "status"), a.Number("attendees", i, "records", n, "minutes"))
		}
		out[names[a.Text("attendees", i, "userId")]] = text
	}
	return out
}

// presence holds what the person is told of being there against what it should be.
func (m meeting) presence(who string, want any) {
	m.T.Helper()
	one := m.Call(who, "GET", m.path, nil).Want(200)
	mine := m.Call(who, "GET", "/api/v1/activities?mine=true", nil).Want(200)
	if a, b := one.At("mySignup", "presence"), mine.At("items", 0, "mySignup", "presence"); a != want || b != want {
		m.T.Errorf("%s: %v and %v, want %v", who, a, b, want)
	}
}

func wantSame(t *testing.T, got, want map[string]string) {
	t.Helper()
	for who, text := range want {
		if got[who] != text {
			t.Errorf("%s: got %q, want %q", who, got[who], text)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %v", got)
	}
}

// The leader confirms who served how long: everybody's hours are right to the
// minute, a forwarded code gains nothing, and the leader's own wait for others.
func TestSettlement(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 8)
	m := newMeeting(w, []string{"member-1", "member-3", "member-4", "member-5", "member-6", "member-7", "member-8", "resident", "secretary"}, "resident-2")
	m.at(0)
	kept, read := m.code(), w.Clocks.Business.Now()
	m.in("member-6", withCode(kept)).Want(201)
	m.in("secretary", withCode(kept)).Want(201) // and checks out as little as member-6
	m.served(10, 100, "member-1", "member-3", "resident")
	for _, who := range []string{"member-4", "member-5"} { // one of them was not there: the code was sent on
		m.in(who, map[string]any{"code": kept, "at": read}).Want(201)
		m.out(who, withCode(m.code())).Want(200)
	}
	m.settle("member-1").Refused(409, "activity_not_over")
	m.presence("member-3", "gone")
	m.presence("member-6", "inside")
	m.presence("member-7", nil)
	m.at(120)
	m.settle("member-3").Refused(403, "not_team_leader")
	m.settle("leader").Refused(403, "not_team_leader")
	m.settle("secretary").Refused(403, "party_to_matter")
	roll := m.Call("member-1", "GET", m.path+"/signups", nil).Want(200)
	if roll.At("canSettle") != true || roll.At("items", 4, "missingCheckOut") != true || roll.Number("items", 4, "suggestedMinutes") != 120 {
		t.Errorf("got %s", roll.Raw)
	}
	worked := m.about("member-8", "minutes", 60, "reason", "没带手机，一直在干活")
	said := []map[string]any{m.about("member-5"), m.about("member-6"), worked, m.about("resident", "minutes", 30)}
	if a := m.settle("member-1", said...).Refused(422, "invalid_input"); !strings.Contains(a.Text("fields", 0, "message"), "没有签退") {
		t.Errorf("who was seen and did not check out is to be named: %s", a.Raw)
	}
	got := m.settle("member-1", append(said, m.about("secretary", "absent", true, "reason", "签到以后就走了"))...).Want(200)
	wantSame(t, m.outcome(got), map[string]string{
		"member-1": "true 90 recorded:90", // the leader's own
		"member-3": "true 90 credited:90", "member-4": "false 0", "member-5": "true 100 credited:100",
		"member-6": "true 120 credited:120", "member-7": "false 0", "member-8": "true 60 credited:60",
		"resident": "true 30 credited:30", "secretary": "false 0",
	})
	if a := m.Call("secretary", "GET", m.path+"/checkins", nil).Want(200); a.Text("items", 0, "outAt") != a.Text("items", 0, "inAt") {
		t.Errorf("who was absent after all was there for some time: %s", a.Raw)
	}
	m.settle("member-2").Refused(409, "activity_state")
	m.in("member-7", withCode("12345678")).Refused(409, "activity_settled")
	m.Call("member-2", "GET", m.path+"/checkin-code", nil).Refused(409, "activity_settled")
	m.in("member-2", map[string]any{"userId": w.People["member-7"]}).Refused(409, "activity_settled")
	roll = m.Call("member-2", "GET", m.path+"/signups", nil).Want(200)
	if roll.Len("items") != 9 || roll.Text("items", 1, "status") != "attended" || roll.Number("items", 1, "minutes") != 90 ||
		roll.Text("items", 2, "status") != "absent" || roll.Number("presentNow") != 0 {
		t.Errorf("got %s", roll.Raw)
	}
	for who, want := range map[string]string{"member-3": "记上您服务的 1 小时 30 分", "member-7": "记您没有到", "member-4": "记您没有到"} {
		inbox := w.Call(who, "GET", "/api/v1/inbox", nil).Want(200)
		if !strings.Contains(string(inbox.Raw), want) || !strings.Contains(string(inbox.Raw), `"activityId":"`+m.id) {
			t.Errorf("%s is not told %s: %s", who, want, inbox.Raw)
		}
	}
	w.Healthy()
}

// What the leader may not say, entry by entry.
func TestSettlementRefused(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 4)
	m := newMeeting(w, []string{"member-3", "member-4"})
	m.served(0, 60, "member-3")
	m.at(120)
	for _, c := range []struct {
		name          string
		entry         map[string]any
		reason, field string
	}{
		{"more than the activity", m.about("member-3", "minutes", 121, "reason", "做得久"), "invalid_input", "attendees.0.minutes"},
		{"more than the check-ins", m.about("member-3", "minutes", 61), "reason_required", "attendees.0.reason"},
		{"nothing to go by", m.about("member-4"), "invalid_input", "attendees.0.minutes"},
		{"no minutes", m.about("member-4", "minutes", 0, "reason", "来了"), "invalid_input", "attendees.0.minutes"},
		{"absent against the check-ins", m.about("member-3", "absent", true), "reason_required", "attendees.0.reason"},
		{"absent for an hour", m.about("member-4", "absent", true, "minutes", 60), "invalid_input", "attendees.0.minutes"},
		{"not on the roll", m.about("resident", "minutes", 60, "reason", "来了"), "invalid_input", "attendees.0.userId"},
		{"a reason without end", m.about("member-3", "reason", strings.Repeat("长", 201)), "invalid_input", "attendees.0.reason"},
		{"below zero", m.about("member-3", "minutes", -1), "invalid_input", "attendees.0.minutes"},
	} {
		if a := m.settle("member-1", c.entry); a.Status != 422 || a.Text("reason") != c.reason || a.Text("fields", 0, "path") != c.field {
			t.Errorf("%s: %s", c.name, a.Raw)
		}
	}
	m.settle("member-1", m.about("member-3"), m.about("member-3")).Refused(422, "invalid_input")
	m.settle("member-1").Want(200)
	w.Healthy()
}

// Two leaders confirm at once, again and again: one does, and everybody is
// credited once.
func TestSettlementAtOnce(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 5)
	m := newMeeting(w, []string{"member-3", "member-4", "member-5"})
	m.served(0, 60, "member-3", "member-4", "member-5")
	m.at(120)
	counts := atOnce(20, func(i int) string { return m.settle(fmt.Sprintf("member-%d", i%2+1)).Text("reason") })
	if counts[""] != 1 || counts["activity_state"] != 19 {
		t.Errorf("got %v", counts)
	}
	wantRow(t, w, "SELECT COUNT(*), SUM(minutes) FROM service_records WHERE status = 'credited'", 3, 180)
	wantRow(t, w, "SELECT COUNT(*), SUM(amount) FROM points_transfers WHERE unit = 'minutes'", 3, 180)
	w.Healthy()
}

// wantRow holds two numbers of the database against what they should be.
func wantRow(t *testing.T, w *apptest.Town, query string, first, second int) {
	t.Helper()
	var a, b int
	if err := w.App.DB.Pool().QueryRowContext(t.Context(), query).Scan(&a, &b); err != nil {
		t.Fatal(err)
	}
	if a != first || b != second {
		t.Errorf("%s: %d and %d, want %d and %d", query, a, b, first, second)
	}
}

// People check out while the leader confirms each of them: all are counted, and
// nobody is left behind as present.
func TestCheckOutsDuringSettlement(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 20)
	var people []string
	for i := 3; i <= 20; i++ {
		people = append(people, fmt.Sprintf("member-%d", i))
	}
	m := newMeeting(w, people)
	m.at(0)
	for _, p := range people {
		m.in(p, withCode(m.code())).Want(201)
	}
	all := make([]map[string]any, len(people))
	for i, p := range people {
		all[i] = m.about(p)
	}
	m.at(125)
	code := m.code()
	counts := atOnce(len(people)+1, func(i int) string {
		if i == len(people) {
			return "settled " + m.settle("member-1", all...).Text("reason")
		}
		return m.out(people[i], withCode(code)).Text("reason")
	})
	if counts["settled "] != 1 || counts[""]+counts["activity_settled"] != len(people) {
		t.Errorf("got %v", counts)
	}
	wantRow(t, w, "SELECT COUNT(*), SUM(out_at IS NULL) FROM attendances", len(people), 0)
	wantRow(t, w, "SELECT COUNT(*), SUM(minutes) FROM service_records", len(people), 120*len(people))
	w.Healthy()
}

// Two services at one time: the second is refused, with the person, both titles
// and both times, and nothing of it is written.
func TestSettlementOverlap(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 4)
	m, other := newMeeting(w, []string{"member-3", "member-4"}), newMeeting(w, []string{"member-3"})
	m.at(0)
	other.in("member-3", withCode(other.code())).Want(201)
	m.served(0, 60, "member-3", "member-4")
	other.out("member-3", withCode(other.code())).Want(200)
	m.at(120)
	other.settle("member-1").Want(200)
	a := m.settle("member-1").Refused(409, "service_overlap")
	if message := a.Text("fields", 0, "message"); strings.Count(message, "清扫河边") != 2 || !strings.Contains(message, "member-3") {
		t.Errorf("got %s", a.Raw)
	}
	wantRow(t, w, "SELECT COUNT(*), SUM(minutes) FROM service_records", 1, 60)
	// Absent, or with the minutes that are left beside the other: here there are none.
	m.settle("member-1", m.about("member-3", "minutes", 30)).Refused(409, "service_overlap")
	got := m.settle("member-2", m.about("member-3", "absent", true, "reason", "那会儿在另一场活动")).Want(200)
	wantSame(t, m.outcome(got), map[string]string{"member-3": "false 0", "member-4": "true 60 credited:60"})
	w.Healthy()
}

// Of two services that overlap in part the second keeps what is left, once its
// leader says how long that was; and what people came to is not called off.
func TestSettlementBeside(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 4)
	m, other, third := newMeeting(w, []string{"member-3"}), newMeeting(w, []string{"member-3"}), newMeeting(w, []string{"member-3"})
	m.at(0)
	other.in("member-3", withCode(other.code())).Want(201)
	rain := map[string]any{"reason": "下雨"}
	other.Call("member-1", "POST", other.path+"/cancellation", rain).Refused(409, "activity_started")
	third.Call("member-1", "POST", third.path+"/cancellation", rain).Want(200) // nobody has come
	m.at(20)
	m.in("member-3", withCode(m.code())).Want(201)
	m.at(40)
	other.out("member-3", withCode(other.code())).Want(200)
	m.at(120)
	m.out("member-3", withCode(m.code())).Want(200)
	other.settle("member-1").Want(200)
	m.settle("member-1").Refused(409, "service_overlap")
	m.settle("member-1", m.about("member-3", "minutes", 81)).Refused(409, "service_overlap")
	wantSame(t, m.outcome(m.settle("member-1", m.about("member-3", "minutes", 80)).Want(200)), map[string]string{
		"member-3": "true 80 credited:80",
	})
	w.Healthy()
}

// What is drawn as a sample waits for a second pair of eyes.
func TestSettlementSamples(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.With("XINYUAN_SERVICE_SAMPLE_PERCENT=0"), apptest.With("XINYUAN_SERVICE_OFFLINE_SAMPLE_PERCENT=100")), 4)
	m := newMeeting(w, []string{"member-3", "member-4"})
	read := m.at(0)
	kept := m.code()
	m.served(0, 60, "member-3")
	m.in("member-4", map[string]any{"code": kept, "at": read}).Want(201)
	m.out("member-4", withCode(m.code())).Want(200)
	m.at(120)
	wantSame(t, m.outcome(m.settle("member-1", m.about("member-4")).Want(200)), map[string]string{
		"member-3": "true 60 credited:60", "member-4": "true 60 confirmed:60",
	})
	w.Healthy()
}

// Staff settles what its leaders leave, and had no part in it.
func TestSettlementByStaff(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 4)
	m := newMeeting(w, []string{"member-1", "member-3"})
	m.served(0, 90, "member-1", "member-3")
	m.at(240)
	wantSame(t, m.outcome(m.settle("secretary").Want(200)), map[string]string{
		"member-1": "true 90 credited:90", "member-3": "true 90 credited:90",
	})
	w.Healthy()
}

// Coming and going leaves each time by itself, so that what lies between is free.
func TestSettlementOfPairs(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 3)
	m, other := newMeeting(w, []string{"member-3"}), newMeeting(w, []string{"member-3"})
	m.served(0, 30, "member-3")
	other.served(31, 59, "member-3")
	m.served(60, 119, "member-3")
	m.at(int((2 * time.Hour).Minutes()))
	wantSame(t, m.outcome(m.settle("member-1").Want(200)), map[string]string{"member-3": "true 89 credited:30 credited:59"})
	wantSame(t, m.outcome(other.settle("member-1").Want(200)), map[string]string{"member-3": "true 28 credited:28"})
	w.Healthy()
}
