package api_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// settled is an activity of which member-1, who led it, served for an hour and
// waits for a review, member-3 served for an hour, and member-4 was absent.
func settled(t *testing.T, options ...apptest.Option) meeting {
	t.Helper()
	w := apptest.NewTown(apptest.New(t, append(unsampled(), options...)...), 4)
	m := newMeeting(w, []string{"member-1", "member-3", "member-4"})
	m.served(0, 60, "member-1", "member-3")
	m.at(120)
	m.settle("member-1").Want(200)
	return m
}

// absence is member-4's sign-up, record the credited record of member-3.
func (m meeting) absence() map[string]any {
	m.T.Helper()
	roll := m.Call("member-1", "GET", m.path+"/signups", nil).Want(200)
	return map[string]any{"signupId": roll.Text("items", 2, "signupId"), "text": "我到了，忘了签到。"}
}

func (m meeting) record(who string) map[string]any {
	m.T.Helper()
	var record int64
	err := m.App.DB.Pool().QueryRowContext(m.T.Context(), "SELECT id FROM service_records WHERE user_id = ? ORDER BY id DESC LIMIT 1",
		m.People[who]).Scan(&record)
	if err != nil {
		m.T.Fatal(err)
	}
	return map[string]any{"recordId": strconv.FormatInt(record, 10), "text": "我一直做到最后。"}
}

func object(m meeting, who string, body map[string]any) string {
	m.T.Helper()
	return m.Call(who, "POST", "/api/v1/objections", body).Want(201).Text("id")
}

func (m meeting) rule(who, objection string, body map[string]any) apptest.Answer {
	m.T.Helper()
	return m.Call(who, "POST", "/api/v1/objections/"+objection+"/review", body)
}

func upheld(minutes int) map[string]any {
	return map[string]any{"decision": "uphold", "reason": "问过队长，确实在场。", "minutes": minutes}
}

// An absence that was none: staff upholds the objection, and the time counts.
func TestObjectionToAbsence(t *testing.T) {
	t.Parallel()
	m := settled(t)
	absence := m.absence()
	m.Call("member-3", "POST", "/api/v1/objections", absence).Refused(404, "not_found")
	m.Call("member-4", "POST", "/api/v1/objections", map[string]any{"text": "不对"}).Refused(422, "invalid_input")
	o := object(m, "member-4", absence)
	m.Call("member-4", "POST", "/api/v1/objections", absence).Refused(409, "objection_open")
	path := "/api/v1/objections/" + o
	m.Call("member-3", "GET", path, nil).Refused(404, "not_found")
	m.Call("leader", "GET", path, nil).Refused(404, "not_found")
	if got := m.Call("member-4", "GET", path, nil).Want(200); got.Text("recorder") != "member-1" || got.Text("title") != "清扫河边" {
		t.Errorf("got %s", got.Raw)
	}
	waits := m.Call("secretary", "GET", "/api/v1/approvals?kind=objection", nil).Want(200)
	if waits.Text("items", 0, "id") != o || waits.Text("items", 0, "title") != "清扫河边" {
		t.Errorf("got %s", waits.Raw)
	}
	m.rule("member-3", o, upheld(60)).Refused(404, "not_found")
	m.rule("member-4", o, upheld(60)).Refused(403, "party_to_matter")
	m.rule("member-1", o, upheld(60)).Refused(403, "party_to_matter")
	m.rule("auditor", o, upheld(60)).Refused(403, "forbidden")
	m.rule("secretary", o, map[string]any{"decision": "uphold", "minutes": 60}).Refused(422, "reason_required")
	m.rule("secretary", o, map[string]any{"decision": "dismiss"}).Refused(422, "reason_required")
	m.rule("secretary", o, upheld(121)).Refused(422, "invalid_input")
	m.rule("secretary", o, map[string]any{"decision": "uphold", "reason": "在场"}).Refused(422, "invalid_input")
	if got := m.rule("secretary", o, upheld(60)).Want(200); got.Text("status") != "upheld" || got.Text("answer") == "" {
		t.Errorf("got %s", got.Raw)
	}
	m.rule("street", o, upheld(60)).Refused(409, "objection_state")
	m.Call("member-4", "POST", "/api/v1/objections", absence).Refused(409, "nothing_to_object")
	roll := m.Call("member-1", "GET", m.path+"/signups", nil).Want(200)
	if roll.Text("items", 2, "status") != "attended" || roll.Number("items", 2, "minutes") != 60 {
		t.Errorf("got %s", roll.Raw)
	}
	if inbox := m.Call("member-4", "GET", "/api/v1/inbox", nil).Want(200); !strings.Contains(string(inbox.Raw), "记录已经改过来") {
		t.Errorf("got %s", inbox.Raw)
	}
	m.Healthy()
}

// The minutes of a record: a new one takes its place.
func TestObjectionToRecord(t *testing.T) {
	t.Parallel()
	m := settled(t)
	m.Call("member-1", "POST", "/api/v1/objections", m.record("member-1")).Refused(409, "nothing_to_object")
	m.Call("member-4", "POST", "/api/v1/objections", m.record("member-3")).Refused(404, "not_found")
	o := object(m, "member-3", m.record("member-3"))
	body := upheld(100)
	m.rule("secretary", o, body).Refused(422, "invalid_input")
	body["endedAt"] = ends
	m.rule("secretary", o, body).Want(200)
	wantRow(t, m.Town, "SELECT COUNT(*), SUM(minutes) FROM service_records WHERE status = 'credited'", 1, 100)
	if mine := m.Call("member-3", "GET", "/api/v1/objections?mine=true", nil).Want(200); mine.Text("items", 0, "status") != "upheld" {
		t.Errorf("got %s", mine.Raw)
	}
	m.Call("member-3", "GET", "/api/v1/objections", nil).Refused(403, "forbidden")
	if at := m.Call("county", "GET", "/api/v1/objections?status=upheld", nil).Want(200); at.Len("items") != 1 {
		t.Errorf("got %s", at.Raw)
	}
	m.Healthy()
}

// Who settled decides no objection to it, whatever their grants; and an
// objection that is dismissed leaves all as it was.
func TestObjectionDismissed(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 4)
	m := newMeeting(w, []string{"member-3"})
	m.at(120)
	m.settle("secretary").Want(200)
	roll := m.Call("member-1", "GET", m.path+"/signups", nil).Want(200)
	o := object(m, "member-3", map[string]any{"signupId": roll.Text("items", 0, "signupId"), "text": "我到了，电话 13843512345 可以问。"})
	no := map[string]any{"decision": "dismiss", "reason": "队长和同去的人都说没有见到。"}
	m.rule("secretary", o, no).Refused(403, "party_to_matter")
	got := m.rule("street", o, no).Want(200)
	if got.Text("status") != "dismissed" || strings.Contains(got.Text("text"), "13843512345") {
		t.Errorf("got %s", got.Raw)
	}
	wantRow(t, w, "SELECT COUNT(*), COALESCE(SUM(minutes), 0) FROM service_records", 0, 0)
	object(m, "member-3", map[string]any{"signupId": roll.Text("items", 0, "signupId"), "text": "请再问问别人。"})
	w.Healthy()
}

// Nobody answers for three days: the next level is told, and decides.
func TestObjectionEscalates(t *testing.T) {
	t.Parallel()
	m := settled(t)
	o := object(m, "member-4", m.absence())
	m.Clocks.Business.Advance(72 * time.Hour)
	m.Until("the street is told", func() bool {
		return strings.Contains(string(m.Call("street", "GET", "/api/v1/inbox", nil).Want(200).Raw), "等了三天没有答复")
	})
	if waits := m.Call("street", "GET", "/api/v1/approvals?kind=objection", nil).Want(200); waits.Text("items", 0, "id") != o {
		t.Errorf("got %s", waits.Raw)
	}
	m.rule("street", o, upheld(120)).Want(200)
	m.Healthy()
}

// Two decide at once, again and again: one does, and the time counts once.
func TestObjectionDecidedAtOnce(t *testing.T) {
	t.Parallel()
	m := settled(t)
	o := object(m, "member-4", m.absence())
	for _, who := range []string{"secretary", "street"} {
		m.Token(who)
	}
	counts := atOnce(20, func(i int) string { return m.rule([]string{"secretary", "street"}[i%2], o, upheld(60)).Text("reason") })
	if counts[""] != 1 || counts["objection_state"] != 19 {
		t.Errorf("got %v", counts)
	}
	wantRow(t, m.Town, "SELECT COUNT(*), SUM(minutes) FROM service_records WHERE status = 'credited'", 2, 120)
	m.Healthy()
}

// objectionRights says what each role is told of an objection in Home. The
// absence is written behind the program's back, since the clock stands still.
func objectionRights() map[string]right {
	one := func(body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			m := newMeeting(w, []string{"resident"})
			signup := m.Call("member-1", "GET", m.path+"/signups", nil).Want(200).Text("items", 0, "signupId")
			if _, err := w.App.DB.Pool().ExecContext(w.T.Context(), "UPDATE signups SET status = 'absent' WHERE id = ?", signup); err != nil {
				w.T.Fatal(err)
			}
			o := object(m, "resident", map[string]any{"signupId": signup, "text": "我到了"})
			return scene{ids: map[string]string{"objectionId": o}, body: body}
		}
	}
	dismiss := map[string]any{"decision": "dismiss", "reason": "没有见到"}
	return map[string]right{
		"createObjection": {func(*apptest.Town) scene {
			return scene{body: map[string]any{"signupId": "7", "text": "我到了"}}
		}, func(holder) int { return 404 }},
		"listObjections": {func(*apptest.Town) scene { return scene{} }, func(h holder) int {
			h.relation = "own" // wherever it is
			return when(h.sees(), 403)
		}},
		"getObjection":    {one(nil), func(h holder) int { return when(h.sees(), 404) }},
		"reviewObjection": {one(dismiss), func(h holder) int { return h.hidden(200) }},
	}
}
