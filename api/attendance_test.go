package api_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/race"
)

// meeting is an activity of a team that member-1 leads, with member-2 as a
// deputy: two hours from an hour after the town's start.
type meeting struct {
	*apptest.Town
	id   string
	path string
}

var (
	opens = apptest.Start.Add(time.Hour)
	ends  = opens.Add(2 * time.Hour)
)

// newMeeting is a published activity that people have signed up for, and who
// came too late for a place.
func newMeeting(w *apptest.Town, confirmed []string, waiting ...string) meeting {
	w.T.Helper()
	m := announced(w, map[string]any{"quota": len(confirmed)})
	for _, p := range append(append([]string{}, confirmed...), waiting...) {
		w.Call(p, "POST", m.path+"/signups", map[string]any{"overlap": true}).Want(201)
	}
	return m
}

// announced is a published activity with these changes to its draft.
func announced(w *apptest.Town, changes map[string]any) meeting {
	w.T.Helper()
	team := w.Squad("member-1")
	w.Enlist("member-1", team, "member-2")
	w.Call("member-1", "PATCH", "/api/v1/teams/"+team, map[string]any{"deputyIds": []any{w.People["member-2"]}}).Want(200)
	draft := map[string]any{
		"teamId": team, "title": "清扫河边", "description": "带上手套。", "startsAt": opens, "endsAt": ends, "quota": 5,
		"place": map[string]any{"name": "河边", "lat": 41.68, "lng": 125.75},
	}
	maps.Copy(draft, changes)
	activity := w.Call("member-1", "POST", "/api/v1/activities", draft).Want(201).Text("id")
	m := meeting{w, activity, "/api/v1/activities/" + activity}
	w.Call("member-1", "POST", m.path+"/publication", nil).Want(200)
	return m
}

// at moves the clock to so many minutes after the activity begins.
func (m meeting) at(minutes int) time.Time {
	m.T.Helper()
	to := opens.Add(time.Duration(minutes) * time.Minute)
	m.Clocks.Business.Advance(to.Sub(m.Clocks.Business.Now()))
	return m.Clocks.Business.Now()
}

// code is what the leader's phone shows.
func (m meeting) code() string {
	m.T.Helper()
	return m.Call("member-1", "GET", m.path+"/checkin-code", nil).Want(200).Text("code")
}

func (m meeting) in(who string, body map[string]any) apptest.Answer {
	m.T.Helper()
	return m.Call(who, "POST", m.path+"/checkins", body)
}

func (m meeting) out(who string, body map[string]any) apptest.Answer {
	m.T.Helper()
	return m.Call(who, "POST", m.path+"/checkouts", body)
}

func withCode(code string) map[string]any { return map[string]any{"code": code} }

// An activity's attendance as people live it: by code, by QR code, by list,
// offline; and the roll that the leader reads.
func TestAttendance(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 4)
	m := newMeeting(w, []string{"member-1", "member-3", "member-4", "resident"}, "resident-2")
	m.in("member-3", withCode("12345678")).Refused(409, "checkin_early")
	m.Call("member-1", "GET", m.path+"/checkin-code", nil).Refused(409, "checkin_early")
	m.at(-20)
	shown := m.Call("member-2", "GET", m.path+"/checkin-code", nil).Want(200)
	m.Call("member-3", "GET", m.path+"/checkin-code", nil).Refused(403, "not_team_leader")
	m.Call("secretary", "GET", m.path+"/checkin-code", nil).Refused(403, "not_team_leader")
	got := m.in("member-3", map[string]any{
		"code": shown.Text("qr"), "location": map[string]any{"lat": 41.681, "lng": 125.75, "accuracy": 30},
	}).Want(201)
	if got.Text("inMode") != "live" || got.Number("inDistance") != 111 || got.Number("inAccuracy") != 30 {
		t.Errorf("got %s", got.Raw)
	}
	m.in("member-3", withCode(shown.Text("code"))).Refused(409, "already_checked_in")
	m.in("resident-2", withCode(shown.Text("code"))).Refused(409, "still_waiting")
	m.in("grid", withCode(shown.Text("code"))).Refused(403, "not_signed_up")
	m.out("member-4", withCode(shown.Text("code"))).Refused(409, "not_checked_in")
	m.in("member-4", nil).Refused(422, "invalid_input")
	m.in("member-4", map[string]any{"code": "12345678", "userId": w.People["resident"]}).Refused(422, "invalid_input")

	// The list: of those without a phone.
	byList := map[string]any{"userId": w.People["resident"]}
	m.in("member-3", byList).Refused(403, "not_team_leader")
	m.in("member-1", map[string]any{"userId": w.People["member-1"]}).Refused(403, "party_to_matter")
	m.in("member-1", map[string]any{"userId": w.People["grid"]}).Refused(403, "not_signed_up")
	toCome := map[string]any{"userId": w.People["resident"], "at": opens.Add(time.Hour)}
	m.in("member-1", toCome).Refused(422, "clock_wrong")
	if got := m.in("member-1", byList).Want(201); got.Text("inMode") != "list" || got.At("recorded") != true {
		t.Errorf("got %s", got.Raw)
	}

	// Offline: read at half past, sent at the end.
	m.at(30)
	kept := m.code()
	read := m.Clocks.Business.Now()
	m.at(100)
	m.in("member-4", map[string]any{"code": kept, "at": read}).Want(201)
	if got := m.out("member-3", withCode(m.code())).Want(200); got.Number("minutes") != 100 {
		t.Errorf("got %s", got.Raw)
	}
	m.out("member-1", map[string]any{"userId": w.People["resident"], "at": opens.Add(50 * time.Minute)}).Want(200)
	mine := m.Call("member-4", "GET", m.path+"/checkins", nil).Want(200)
	if mine.Len("items") != 1 || mine.Text("items", 0, "inMode") != "offline" {
		t.Errorf("got %s", mine.Raw)
	}
	m.Call("member-3", "GET", m.path+"/signups", nil).Refused(403, "not_team_leader")
	m.Call("leader", "GET", m.path+"/signups", nil).Refused(403, "not_team_leader")
	for _, who := range []string{"member-1", "member-2", "secretary", "county"} {
		roll := m.Call(who, "GET", m.path+"/signups", nil).Want(200)
		if roll.Len("items") != 5 || roll.Number("presentNow") != 1 || roll.At("canSettle") != false {
			t.Fatalf("got %s", roll.Raw)
		}
		for i, want := range []struct {
			minutes int
			named   bool
		}{{0, false}, {100, false}, {90, true}, {50, false}, {0, false}} {
			if roll.Number("items", i, "suggestedMinutes") != want.minutes || roll.At("items", i, "needsNaming") != want.named {
				t.Errorf("line %d of %s", i, roll.Raw)
			}
		}
	}
	m.at(120 + 121)
	m.out("member-4", map[string]any{"code": kept, "at": m.Clocks.Business.Now()}).Refused(409, "checkin_over")
	m.Call("member-1", "GET", m.path+"/checkin-code", nil).Refused(409, "checkin_over")
}

// Each wrong code has its own answer.
func TestWrongCodes(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.With("XINYUAN_ATTENDANCE_GUESSES=100/10m")), 3)
	m, other := newMeeting(w, []string{"member-3"}), newMeeting(w, []string{"member-3"})
	now := m.at(0)
	old := m.code()
	others := m.Call("member-1", "GET", other.path+"/checkin-code", nil).Want(200)
	for _, c := range []struct {
		name   string
		body   map[string]any
		status int
		reason string
	}{
		{"of another activity, typed", withCode(others.Text("code")), 422, "checkin_code_wrong"},
		{"of another activity, scanned", withCode(others.Text("qr")), 422, "checkin_code_of_other"},
		{"of yesterday, offline", map[string]any{"code": old, "at": now.Add(-25 * time.Hour)}, 422, "offline_too_late"},
		{"before anybody could", map[string]any{"code": old, "at": now.Add(-5 * time.Hour)}, 409, "checkin_early"},
		{"by a clock that is behind", map[string]any{"code": old, "at": now.Add(-20 * time.Minute)}, 422, "clock_wrong"},
		{"by a clock that is ahead", map[string]any{"code": old, "at": now.Add(3 * time.Hour)}, 422, "clock_wrong"},
		{"not eight digits", withCode("123"), 422, "invalid_input"},
	} {
		if a := m.in("member-3", c.body); a.Status != c.status || a.Text("reason") != c.reason {
			t.Errorf("%s: got %s", c.name, a.Raw)
		}
	}
	m.at(10)
	m.in("member-3", withCode(old)).Refused(422, "checkin_code_old")
	m.in("member-3", map[string]any{"code": m.code(), "at": now.Add(2 * time.Minute)}).Refused(422, "clock_wrong")
	m.in("member-3", map[string]any{"code": old, "at": now.Add(5 * time.Minute)}).Refused(422, "checkin_code_old")
	ahead := m.code()
	m.at(20)
	m.in("member-3", map[string]any{"code": ahead, "at": now.Add(5 * time.Minute)}).Refused(422, "checkin_code_ahead")
	m.in("member-3", withCode(m.code())).Want(201)
}

// Whoever guesses is soon told to wait; the right code forgets what was wrong.
func TestGuessing(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 4)
	m := newMeeting(w, []string{"member-3", "member-4"})
	m.at(0)
	wrong := func(i int) map[string]any { return withCode(fmt.Sprintf("%08d", i)) }
	for i := range 4 {
		m.in("member-4", wrong(i)).Refused(422, "checkin_code_wrong")
	}
	m.in("member-4", withCode(m.code())).Want(201)
	for i := range 5 {
		m.in("member-3", wrong(i)).Refused(422, "checkin_code_wrong")
	}
	if a := m.in("member-3", wrong(9)).Refused(429, "too_many_guesses"); a.Header.Get("Retry-After") != "120" {
		t.Errorf("wait %q seconds", a.Header.Get("Retry-After"))
	}
	m.in("member-3", withCode(m.code())).Refused(429, "too_many_guesses")
	for i := range 4 {
		m.out("member-4", wrong(i)).Refused(422, "checkin_code_wrong")
	}
	m.out("member-4", withCode(m.code())).Want(200)
	m.in("member-1", map[string]any{"userId": w.People["member-3"]}).Want(201)
}

// Many at once guess no more often than one after the other.
func TestGuessingAtOnce(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 3)
	m := newMeeting(w, []string{"member-3"})
	m.at(0)
	w.Token("member-3")
	counts := atOnce(20, func(i int) string { return m.in("member-3", withCode(fmt.Sprintf("%08d", i))).Text("reason") })
	if counts["checkin_code_wrong"] != 5 || counts["too_many_guesses"] != 15 {
		t.Errorf("got %v", counts)
	}
}

// atOnce does it so often at the same time, and counts what came of it.
func atOnce(n int, do func(int) string) map[string]int {
	var (
		wg     race.Group
		mu     sync.Mutex
		start  = make(chan struct{})
		counts = map[string]int{}
	)
	for i := range n {
		wg.Go(func() {
			<-start
			got := do(i)
			mu.Lock()
			defer mu.Unlock()
			counts[got]++
		})
	}
	close(start)
	wg.Wait()
	return counts
}

// Two phones of one person, and twenty: one check-in.
func TestOnePersonManyPhones(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.With("XINYUAN_ATTENDANCE_GUESSES=100/10m")), 3)
	m := newMeeting(w, []string{"member-3"})
	m.at(0)
	code := m.code()
	w.Token("member-3")
	counts := atOnce(20, func(int) string { return m.in("member-3", withCode(code)).Text("reason") })
	if counts[""] != 1 || counts["already_checked_in"] != 19 {
		t.Errorf("in: %v", counts)
	}
	m.at(60)
	code = m.code()
	counts = atOnce(20, func(int) string { return m.out("member-3", withCode(code)).Text("reason") })
	if counts[""] != 1 || counts["not_checked_in"] != 19 {
		t.Errorf("out: %v", counts)
	}
	for range 2 {
		m.in("member-3", withCode(code)).Want(201)
		m.at(61)
		m.out("member-3", withCode(m.code())).Want(200)
		code = m.code()
	}
	m.in("member-3", withCode(code)).Refused(409, "already_checked_in")
	m.at(62)
	m.in("member-3", withCode(m.code())).Refused(409, "too_many_checkins")
}

// A phone that was without a network sends its check-in again and again: it is
// there once, and each time the answer is the same, even when the code is old.
func TestOfflineCheckInIsSentAgain(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 3)
	m := newMeeting(w, []string{"member-3"})
	read := m.at(0)
	body := map[string]any{"code": m.code(), "at": read}
	m.at(90)
	key := func(k string) http.Header { return http.Header{"Idempotency-Key": {k}} }
	first := w.CallWith(key("offline-in-1"), "member-3", m.path+"/checkins", body).Want(201)
	for range 10 {
		again := w.CallWith(key("offline-in-1"), "member-3", m.path+"/checkins", body).Want(201)
		if strings.TrimSpace(string(again.Raw)) != strings.TrimSpace(string(first.Raw)) {
			t.Fatalf("first %s, then %s", first.Raw, again.Raw)
		}
	}
	w.CallWith(key("offline-in-2"), "member-3", m.path+"/checkins", body).Refused(409, "already_checked_in")
	body["at"] = read.Add(time.Minute)
	w.CallWith(key("offline-in-1"), "member-3", m.path+"/checkins", body).Refused(409, "key_reused")
	w.CallWith(key("offline-out-1"), "member-3", m.path+"/checkouts", withCode(m.code())).Want(200)
	m.at(200)
	w.CallWith(key("offline-in-1"), "member-3", m.path+"/checkins", map[string]any{"code": body["code"], "at": read}).Want(201)
	if mine := m.Call("member-3", "GET", m.path+"/checkins", nil).Want(200); mine.Len("items") != 1 || mine.Number("items", 0, "minutes") != 90 {
		t.Errorf("got %s", mine.Raw)
	}
}

// attendanceRights says what each role is told about an activity whose team it
// is not in.
func attendanceRights() map[string]right {
	on := func(body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene {
			return scene{ids: map[string]string{"activityId": newMeeting(w, []string{"resident"}).id}, body: body}
		}
	}
	nobody := func(holder) int { return 403 }
	return map[string]right{
		"getCheckInCode": {on(nil), nobody},
		"getDoorCode":    {on(nil), nobody},
		"checkIn":        {on(withCode("12345678")), nobody},
		"checkOut":       {on(withCode("12345678")), nobody},
		"listMyCheckIns": {on(nil), func(holder) int { return 200 }},
		"listSignups":    {on(nil), func(h holder) int { return when(h.sees(), 403) }},
		"listUnseen":     {on(nil), func(h holder) int { return when(h.sees(), 403) }},
		"reviewUnseen": {on(map[string]any{"decisions": []any{map[string]any{"userId": "123", "decision": "confirm"}}}),
			func(h holder) int {
				if h.decides() {
					return 409 // nobody waits
				}
				return 403
			}},
		"settleActivity": {on(map[string]any{"attendees": []any{}}), func(h holder) int {
			if h.decides() {
				return 409 // it is not over
			}
			return 403
		}},
	}
}
