package api_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// closesEarly is a meeting whose sign-up ends half an hour before it begins.
func closesEarly(w *apptest.Town, people ...string) meeting {
	w.T.Helper()
	m := announced(w, map[string]any{"quota": len(people), "signupUntil": opens.Add(-30 * time.Minute)})
	for _, p := range people {
		w.Call(p, "POST", m.path+"/signups", nil).Want(201)
	}
	return m
}

// Who gives a place back after the deadline stays on the roll as cancelled, with
// the time, and who leads is told; it counts for nothing, whatever was checked in.
func TestLateDropOut(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 4)
	m := closesEarly(w, "member-3", "member-4", "resident")
	drop := func(who string) { m.Call(who, "DELETE", m.path+"/signups/mine", nil).Want(204) }
	told := func(who string) string {
		t.Helper()
		return w.Call(who, "GET", "/api/v1/inbox", nil).Want(200).Text("items", 0, "text")
	}
	entry := func(who string) (found map[string]any) {
		t.Helper()
		roll := m.Call("member-1", "GET", m.path+"/signups", nil).Want(200)
		for i := range roll.Len("items") {
			if one := roll.At("items", i).(map[string]any); one["userId"] == m.People[who].String() {
				if found != nil {
					t.Errorf("%s is on the roll twice: %s", who, roll.Raw)
				}
				found = one
			}
		}
		return found
	}
	m.Call("resident-2", "POST", m.path+"/signups", nil).Want(201)
	drop("resident") // early: nobody is told, and nothing is left
	if entry("resident") != nil || strings.Contains(told("member-1"), "退出") {
		t.Errorf("an early one leaves %v, and the leader is told %q", entry("resident"), told("member-1"))
	}

	m.at(-10)
	m.in("member-4", withCode(m.code())).Want(201) // before it begins, and then goes
	at := m.at(-5)
	drop("member-4")
	for _, who := range []string{"member-1", "member-2"} {
		message := w.Call(who, "GET", "/api/v1/inbox", nil).Want(200)
		if !strings.Contains(message.Text("items", 0, "text"), "报名截止以后，有人退出了“清扫河边”") ||
			message.At("items", 0, "signupId") == nil || message.Text("items", 0, "part") != "leader" {
			t.Errorf("%s is told %s", who, message.Raw)
		}
	}
	if text := told("member-4"); strings.Contains(text, "退出") {
		t.Errorf("who drops out is told %q", text)
	}
	one := entry("member-4")
	if one["status"] != "cancelled" || one["cancelledAt"] != at.Format(time.RFC3339) || one["present"] != false ||
		one["suggestedMinutes"] != 0.0 || one["needsNaming"] != false {
		t.Errorf("the roll has %v", one)
	}
	if roll := m.Call("member-1", "GET", m.path+"/signups", nil).Want(200); roll.Number("presentNow") != 0 {
		t.Errorf("the roll counts %s", roll.Raw)
	}
	w.Healthy()

	m.served(0, 120, "member-3", "resident-2")
	m.settle("member-1", m.about("member-4", "minutes", 60, "reason", "来过")).Refused(422, "invalid_input")
	wantSame(t, m.outcome(m.settle("member-1").Want(200)), map[string]string{
		"member-3": "true 120 credited:120", "resident-2": "true 120 credited:120",
	})
	if one := entry("member-4"); one["status"] != "cancelled" || one["minutes"] != nil {
		t.Errorf("after it the roll has %v", one)
	}
	wantRow(t, w, "SELECT COUNT(*), SUM(out_at = in_at) FROM attendances WHERE user_id = "+m.People["member-4"].String(), 1, 1)
	w.Healthy()
}

// Whom the leader signs up again is on the roll once, and a leader who gives back
// somebody's place late is not told of it.
func TestLateDropOutAndBack(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	m := closesEarly(w, "member-1", "member-3")
	team := m.Call("member-1", "GET", m.path, nil).Want(200).Text("teamId")
	w.Enlist("member-1", team, "member-3")
	m.at(-5)
	m.Call("member-3", "DELETE", m.path+"/signups/mine", nil).Want(204)
	for range 2 {
		m.Call("member-1", "POST", m.path+"/signups", map[string]any{"userId": w.People["member-3"]}).Want(201)
		roll := m.Call("member-1", "GET", m.path+"/signups", nil).Want(200)
		if roll.Len("items") != 2 || roll.Text("items", 1, "status") != "confirmed" {
			t.Errorf("the roll has %s", roll.Raw)
		}
		m.Call("member-1", "DELETE", m.path+"/signups/"+w.People["member-3"].String(), nil).Want(204)
	}
	roll := m.Call("member-1", "GET", m.path+"/signups", nil).Want(200)
	if roll.Len("items") != 2 || roll.Text("items", 1, "status") != "cancelled" {
		t.Errorf("the roll has %s", roll.Raw)
	}
	wantRow(t, w, "SELECT COUNT(*), SUM(i.user_id = "+w.People["member-1"].String()+`) FROM inbox i
		JOIN events e ON e.id = i.event_id WHERE e.noun = 'signup' AND e.name = 'drop_out'`, 4, 1)
	w.Healthy()
}
