package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
)

const activities = "/api/v1/activities/"

// latest is the person's latest message.
func latest(w *apptest.Town, persona string) string {
	w.T.Helper()
	return w.Call(persona, "GET", "/api/v1/inbox", nil).Want(200).Text("items", 0, "text")
}

// An activity from the draft to its cancellation: who may what, who is told.
func TestAnActivitysLife(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	team, one := w.Drafted("member-1", 2)
	path := activities + one
	w.Call("resident", "POST", "/api/v1/activities", w.Errand(team, 2)).Refused(403, "not_team_leader")
	w.Call("resident", "GET", path, nil).Refused(404, "not_found")
	w.Call("resident", "POST", path+"/signups", nil).Refused(404, "not_found")
	w.Call("resident", "POST", path+"/publication", nil).Refused(404, "not_found")
	w.Call("secretary", "POST", path+"/publication", nil).Refused(403, "not_team_leader")
	w.Call("resident", "GET", "/api/v1/activities?status=draft&teamId="+team, nil).Refused(403, "forbidden")
	w.Call("resident", "GET", "/api/v1/activities?status=draft", nil).Refused(403, "forbidden")
	if n := w.Call("member-1", "GET", "/api/v1/activities?status=draft&teamId="+team, nil).Want(200).Len("items"); n != 1 {
		t.Errorf("the leader sees %d drafts", n)
	}
	w.Call("member-1", "POST", path+"/signups", nil).Refused(409, "activity_state")
	w.Call("member-1", "POST", path+"/publication", nil).Want(200)
	w.Call("member-1", "POST", path+"/publication", nil).Refused(409, "activity_state")
	signUps(t, w, team, path)

	// Changes.
	w.Call("resident", "PATCH", path, map[string]any{"quota": 9}).Refused(403, "not_team_leader")
	w.Call("member-1", "PATCH", path, map[string]any{"quota": 1}).Refused(422, "invalid_input")
	w.Call("member-1", "PATCH", path, map[string]any{"endsAt": apptest.Start}).Refused(422, "invalid_input")
	w.Call("member-1", "PATCH", path, map[string]any{"quota": 3, "place": map[string]any{"name": "社区门口"}}).Want(200)
	for _, p := range []string{"resident", "member-2"} {
		if text := latest(w, p); !strings.Contains(text, "改了安排") {
			t.Errorf("%s is told %q", p, text)
		}
	}
	if text := latest(w, "resident-2"); !strings.Contains(text, "轮到您了") {
		t.Errorf("who moves up by the quota is told %q", text)
	}

	w.Clocks.Business.Advance(time.Minute)
	must(t, w.App.Activities.Sweep(t.Context()))
	if text := latest(w, "resident"); strings.Contains(text, "快到了") {
		t.Errorf("who signed up a day before is reminded: %q", text)
	}

	// Called off.
	cancel := path + "/cancellation"
	reason := map[string]any{"reason": "下大雨"}
	w.Call("resident", "POST", cancel, reason).Refused(403, "not_team_leader")
	w.Call("secretary", "POST", cancel, nil).Refused(422, "reason_required")
	w.Call("secretary", "POST", cancel, reason).Want(200)
	w.Call("secretary", "POST", cancel, reason).Refused(409, "activity_state")
	for _, p := range []string{"resident", "member-2", "resident-2"} {
		if text := latest(w, p); !strings.Contains(text, "取消了，不用去了") {
			t.Errorf("%s is told %q", p, text)
		}
	}
	w.Call("resident", "POST", path+"/signups", nil).Refused(409, "activity_state")
	w.Call("member-1", "PATCH", path, map[string]any{"quota": 9}).Refused(409, "activity_state")
	w.Call("resident", "GET", activities+"7", nil).Refused(404, "not_found")
	w.Healthy()
}

// Nothing is planned more than a year ahead, and no title has letters that cannot
// be seen.
func TestWhatNoDraftMaySay(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	team, one := w.Drafted("member-1", 2)
	for _, starts := range []time.Time{apptest.Start.AddDate(1, 0, 2), apptest.Start.AddDate(70, 0, 0)} {
		draft := w.Errand(team, 2)
		draft["startsAt"], draft["endsAt"] = starts, starts.Add(time.Hour)
		for _, a := range []apptest.Answer{
			w.Call("member-1", "POST", "/api/v1/activities", draft).Refused(422, "invalid_input"),
			w.Call("member-1", "PATCH", activities+one, map[string]any{"startsAt": starts}).Refused(422, "invalid_input"),
		} {
			if a.Text("fields", 0, "path") != "startsAt" || !strings.Contains(a.Text("fields", 0, "message"), "一年") {
				t.Errorf("%s: %s", starts, a.Raw)
			}
		}
	}
	draft := w.Errand(team, 2)
	draft["title"] = "a\u200bb"
	if a := w.Call("member-1", "POST", "/api/v1/activities", draft).Refused(422, "invalid_input"); a.Text("fields", 0, "path") != "title" {
		t.Errorf("%s", a.Raw)
	}
	starts := apptest.Start.AddDate(1, 0, 0)
	w.Call("member-1", "PATCH", activities+one, map[string]any{"startsAt": starts}).Want(200)
}

// signUps fills two places and a waitlist; somebody gives a place back.
func signUps(t *testing.T, w *apptest.Town, team, path string) {
	t.Helper()
	w.Call("resident", "POST", path+"/signups", nil).Want(201)
	w.Call("resident", "POST", path+"/signups", nil).Refused(409, "already_signed_up")
	w.Call("resident-2", "POST", path+"/signups", map[string]any{"userId": w.People["member-2"]}).Refused(403, "not_team_leader")
	w.Call("member-1", "POST", path+"/signups", map[string]any{"userId": "77"}).Refused(404, "not_found")
	elder := w.Call("member-1", "POST", "/api/v1/teams/"+team+"/members", map[string]any{"displayName": "刘大娘"}).Want(201).Text("userId")
	w.Call("member-1", "POST", path+"/signups", map[string]any{"userId": elder}).Want(201)
	if a := w.Call("member-2", "POST", path+"/signups", nil).Want(201); a.Text("status") != "waitlisted" || a.Number("place") != 3 {
		t.Errorf("the third: %s", a.Raw)
	}
	w.Call("resident-2", "POST", path+"/signups", nil).Want(201)
	if a := w.Call("resident-2", "GET", path, nil).Want(200); a.Number("mySignup", "ahead") != 1 || a.Number("waiting") != 2 {
		t.Errorf("who waits sees %s", a.Raw)
	}
	w.Call("resident", "DELETE", path+"/signups/"+elder, nil).Refused(403, "not_team_leader")
	w.Call("member-1", "DELETE", path+"/signups/"+w.People["resident"].String(), nil).Refused(403, "not_team_leader")
	w.Call("member-1", "DELETE", path+"/signups/"+elder, nil).Want(204)
	if text := latest(w, "member-2"); !strings.Contains(text, "轮到您了") {
		t.Errorf("who moves up is told %q", text)
	}
	w.Call("secretary", "DELETE", path+"/signups/mine", nil).Refused(404, "not_found")
}

// After the deadline people cancel late and are named so, and only the leader
// writes somebody down; once it has begun nobody cancels, and nothing that has
// begun is published.
func TestDeadlines(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2)
	team, _ := w.Drafted("member-1", 1)
	starts := apptest.Start.Add(48 * time.Hour)
	draft := w.Errand(team, 1)
	draft["startsAt"], draft["endsAt"], draft["signupUntil"] = starts, starts.Add(2*time.Hour), starts.Add(-12*time.Hour)
	one := w.Call("member-1", "POST", "/api/v1/activities", draft).Want(201).Text("id")
	begun := w.Call("member-1", "POST", "/api/v1/activities", draft).Want(201).Text("id")
	path := activities + one
	w.Call("member-1", "POST", path+"/publication", nil).Want(200)
	w.Call("resident", "POST", path+"/signups", nil).Want(201)
	w.Clocks.Business.Advance(25 * time.Hour) // a day before
	for range 2 {
		must(t, w.App.Activities.Sweep(t.Context()))
	}
	if n := strings.Count(string(w.Call("resident", "GET", "/api/v1/inbox", nil).Want(200).Raw), "快到了"); n != 1 {
		t.Errorf("reminded %d times", n)
	}
	w.Clocks.Business.Advance(12 * time.Hour) // past the deadline
	w.Call("resident-2", "POST", path+"/signups", nil).Refused(409, "signup_closed")
	// Who leads signs up nobody who is not in the team.
	w.Call("member-1", "POST", path+"/signups", map[string]any{"userId": w.People["resident-2"]}).Refused(404, "not_found")
	w.Enlist("member-1", team, "resident-2")
	w.Enlist("member-1", team, "member-2")
	if a := w.Call("member-1", "POST", path+"/signups", map[string]any{"userId": w.People["resident-2"]}).Want(201); a.Text("status") != "confirmed" {
		t.Errorf("who stands before the leader: %s", a.Raw)
	}
	w.Call("resident", "DELETE", path+"/signups/mine", nil).Want(204)
	var late int
	must(t, w.App.DB.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM signups WHERE is_late").Scan(&late))
	if late != 1 {
		t.Errorf("%d late cancellations", late)
	}
	w.Clocks.Business.Advance(11 * time.Hour) // begun
	w.Call("resident-2", "DELETE", path+"/signups/mine", nil).Refused(409, "activity_started")
	w.Call("member-1", "PATCH", path, map[string]any{"title": "别的"}).Refused(409, "activity_started")
	w.Call("member-1", "POST", activities+begun+"/publication", nil).Refused(409, "activity_started")
	w.Call("member-1", "POST", path+"/signups", map[string]any{"userId": w.People["member-2"]}).Want(201)
	w.Clocks.Business.Advance(3 * time.Hour) // over
	w.Call("member-1", "POST", path+"/signups", map[string]any{"userId": w.People["resident"]}).Refused(409, "signup_closed")
	w.Healthy()
}

// A series is made eight weeks ahead and goes on; one of it can differ, all that
// follow can be changed, published and called off.
func TestSeries(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	team := w.Squad("member-1")
	draft := w.Errand(team, 5)
	draft["description"] = "有事打 " + apptest.Phone
	first, _ := draft["startsAt"].(time.Time)
	draft["repeat"] = map[string]any{"every": "week", "until": apptest.Start}
	w.Call("member-1", "POST", "/api/v1/activities", draft).Refused(422, "invalid_input")
	draft["repeat"] = map[string]any{"every": "week", "until": apptest.Start.AddDate(1, 0, 2)}
	w.Call("member-1", "POST", "/api/v1/activities", draft).Refused(422, "invalid_input")
	draft["repeat"] = map[string]any{"every": "week", "until": first.AddDate(0, 0, 7*11)} // twelve of them
	one := w.Call("member-1", "POST", "/api/v1/activities", draft).Want(201)
	list := func(query string) apptest.Answer {
		t.Helper()
		return w.Call("member-1", "GET", "/api/v1/activities?limit=50&teamId="+team+query, nil).Want(200)
	}
	all := list("&status=draft")
	if all.Len("items") != 8 || one.Text("seriesId") == "" || all.Text("items", 0, "id") != one.Text("id") {
		t.Fatalf("%d made ahead, the first %s", all.Len("items"), one.Raw)
	}
	second, third := all.Text("items", 1, "id"), all.Text("items", 2, "id")
	w.Call("member-1", "PATCH", activities+second, map[string]any{"title": "只有这次擦玻璃"}).Want(200)
	w.Call("member-1", "POST", activities+one.Text("id")+"/publication", map[string]any{"andLater": true}).Want(200)
	later := first.AddDate(0, 0, 14).Add(time.Hour)
	w.Call("member-1", "PATCH", activities+third, map[string]any{"startsAt": later, "quota": 7, "andLater": true}).Want(200)
	w.Call("resident", "POST", activities+third+"/signups", nil).Want(201)
	w.Call("resident-2", "POST", activities+third+"/signups", nil).Want(201)
	few := w.Call("member-1", "PATCH", activities+one.Text("id"), map[string]any{"quota": 1, "andLater": true}).Refused(422, "invalid_input")
	_, month, day := later.In(clock.Shanghai).Date()
	if want := fmt.Sprintf("%d 月 %d 日那一场：已经有 2 个人有名额了", month, day); !strings.Contains(few.Text("fields", 0, "message"), want) {
		t.Errorf("the one that is too full is not named: %s", few.Raw)
	}
	w.Clocks.Business.Advance(5 * 7 * 24 * time.Hour)
	for range 2 {
		must(t, w.App.Activities.Sweep(t.Context()))
	}
	all = list("&from=2026-01-01T00:00:00Z")
	if all.Len("items") != 12 {
		t.Fatalf("%d in all: %s", all.Len("items"), all.Raw)
	}
	for i := range 12 {
		at, err := time.Parse(time.RFC3339, all.Text("items", i, "startsAt"))
		must(t, err)
		want, quota, title := first.AddDate(0, 0, 7*i), 5, "清扫小区楼道"
		if i >= 2 {
			want, quota = want.Add(time.Hour), 7
		}
		if i == 1 {
			title = "只有这次擦玻璃"
		}
		if !at.Equal(want) || all.Number("items", i, "quota") != quota || all.Text("items", i, "title") != title || all.Text("items", i, "status") != "published" {
			t.Errorf("the %dth begins %s, want %s: %v", i+1, at, want, all.At("items", i))
		}
	}
	var kept int
	must(t, w.App.DB.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM activity_series WHERE template LIKE ?", "%"+apptest.Phone+"%").Scan(&kept))
	if kept != 0 || strings.Contains(string(all.Raw), apptest.Phone) {
		t.Error("the phone is in the template or shows")
	}
	w.Call("member-1", "POST", activities+all.Text("items", 9, "id")+"/cancellation", map[string]any{"reason": "装修", "andLater": true}).Want(200)
	if n := list("&status=cancelled").Len("items"); n != 3 {
		t.Errorf("%d called off, want 3", n)
	}
	w.Healthy()
}

// A month is as long as it is: the 31st is the last day of a shorter one, at the
// same time of day in Shanghai.
func TestMonthlySeries(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	team := w.Squad("member-1")
	draft := w.Errand(team, 5)
	starts := time.Date(2026, 3, 31, 7, 30, 0, 0, clock.Shanghai)
	draft["startsAt"], draft["endsAt"] = starts, starts.Add(time.Hour)
	draft["repeat"] = map[string]any{"every": "month", "until": starts.AddDate(0, 5, 0)}
	w.Call("member-1", "POST", "/api/v1/activities", draft).Want(201)
	w.Clocks.Business.Advance(125 * 24 * time.Hour)
	must(t, w.App.Activities.Sweep(t.Context()))
	all := w.Call("member-1", "GET", "/api/v1/activities?status=draft&from=2026-01-01T00:00:00Z&teamId="+team, nil).Want(200)
	var days []string
	for i := range all.Len("items") {
		at, err := time.Parse(time.RFC3339, all.Text("items", i, "startsAt"))
		must(t, err)
		days = append(days, at.In(clock.Shanghai).Format("01-02 15:04"))
	}
	if got := strings.Join(days, ", "); got != "03-31 07:30, 04-30 07:30, 05-31 07:30, 06-30 07:30, 07-31 07:30, 08-31 07:30" {
		t.Errorf("made: %s", got)
	}
	w.Healthy()
}

// Lists go by the start and page without gap or twin; what is bad is named.
func TestListsOfActivities(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	team := w.Squad("member-1")
	for i := range 5 {
		draft := w.Errand(team, 3)
		starts := apptest.Start.Add(time.Duration(1+i/2) * 24 * time.Hour) // two at a time
		draft["startsAt"], draft["endsAt"] = starts, starts.Add(time.Hour)
		one := w.Call("member-1", "POST", "/api/v1/activities", draft).Want(201).Text("id")
		w.Call("member-1", "POST", activities+one+"/publication", nil).Want(200)
		w.Call("resident", "POST", activities+one+"/signups", map[string]any{"overlap": true}).Want(201)
	}
	for _, query := range []string{"", "nodeId=" + w.Home.String(), "nodeId=" + w.Street.String(), "teamId=" + team, "mine=true"} {
		seen := map[string]bool{}
		cursor := ""
		for range 5 {
			a := w.Call("resident", "GET", "/api/v1/activities?limit=2&"+query+cursor, nil).Want(200)
			for i := range a.Len("items") {
				seen[a.Text("items", i, "id")] = true
			}
			if a.Text("nextCursor") == "" {
				break
			}
			cursor = "&cursor=" + a.Text("nextCursor")
		}
		if len(seen) != 5 {
			t.Errorf("%q pages through %d of 5", query, len(seen))
		}
	}
	if n := w.Call("resident", "GET", "/api/v1/activities?nodeId="+w.Far.String(), nil).Want(200).Len("items"); n != 0 {
		t.Errorf("elsewhere there are %d", n)
	}
	w.Call("resident", "GET", "/api/v1/activities?cursor=abc", nil).Refused(422, "invalid_input")
	w.Call("resident", "GET", "/api/v1/activities?nodeId="+w.Unit.String(), nil).Refused(422, "not_a_community")
	for field, value := range map[string]any{
		"title": " ", "quota": 0, "endsAt": apptest.Start, "signupUntil": apptest.Start.Add(240 * time.Hour),
		"place": map[string]any{"name": "x", "lat": 41.0},
	} {
		draft := w.Errand(team, 3)
		draft[field] = value
		if a := w.Call("member-1", "POST", "/api/v1/activities", draft).Refused(422, "invalid_input"); a.Text("fields", 0, "path") != field {
			t.Errorf("%s: %s", field, a.Raw)
		}
	}
}

// A phone's calendar reads one's own activities by a secret address, which ends
// when its owner wants, and stands in no log and in no row.
func TestCalendar(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	_, one := w.Announced("member-1", 1)
	w.Call("resident", "POST", activities+one+"/signups", nil).Want(201)
	w.Call("resident-2", "POST", activities+one+"/signups", nil).Want(201)
	url := w.Call("resident", "GET", "/api/v1/me/calendar", nil).Want(200).Text("url")
	if again := w.Call("resident", "GET", "/api/v1/me/calendar", nil).Want(200).Text("url"); again != url {
		t.Errorf("the address was %s and is %s", url, again)
	}
	feed := w.Send("", "GET", url, nil).Want(200)
	for _, line := range []string{
		"BEGIN:VCALENDAR", "SUMMARY:清扫小区楼道", "DTSTART:20260312T010000Z", "DTEND:20260312T030000Z", "STATUS:CONFIRMED", "BEGIN:VALARM",
	} {
		if !strings.Contains(string(feed.Raw), line) {
			t.Errorf("the feed has no %s:\n%s", line, feed.Raw)
		}
	}
	if kind := feed.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/calendar") {
		t.Errorf("the feed is %s", kind)
	}
	other := w.Call("resident-2", "GET", "/api/v1/me/calendar", nil).Want(200).Text("url")
	if waits := w.Send("", "GET", other, nil).Want(200); !strings.Contains(string(waits.Raw), "STATUS:TENTATIVE") {
		t.Errorf("who waits reads\n%s", waits.Raw)
	}
	w.Call("resident", "DELETE", "/api/v1/me/calendar", nil).Want(http.StatusNoContent)
	w.Call("resident", "DELETE", "/api/v1/me/calendar", nil).Want(http.StatusNoContent)
	w.Send("", "GET", url, nil).Refused(404, "not_found")
	w.Send("", "GET", "/api/v1/calendar/abc.ics", nil).Refused(422, "invalid_input")
	if next := w.Call("resident", "GET", "/api/v1/me/calendar", nil).Want(200).Text("url"); next == url {
		t.Error("the next address is the old one")
	}
	token := strings.TrimSuffix(url[strings.LastIndex(url, "/")+1:], ".ics")
	if strings.Contains(w.Log.String(), token) {
		t.Error("the token is in the log")
	}
}
