package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
)

// service is a report of the person's in Home, on the day before, for so many
// hours from the hour on.
func service(w *apptest.Town, persona string, hour, hours int) apptest.Answer {
	w.T.Helper()
	from := clock.Day(w.App.DB.Now()).AddDate(0, 0, -1).Add(time.Duration(hour) * time.Hour)
	return w.Call(persona, "POST", "/api/v1/service-records", map[string]any{
		"nodeId": w.Home, "title": "给独居老人送餐", "startedAt": from, "endedAt": from.Add(time.Duration(hours) * time.Hour),
		"note": "三户人家，电话 " + apptest.Phone,
	})
}

// credited is such a report that the secretary has confirmed.
func credited(w *apptest.Town, persona string, hour, hours int) string {
	w.T.Helper()
	record := service(w, persona, hour, hours).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/service-records/"+record+"/review", confirm).Want(200)
	return record
}

var (
	confirm = map[string]any{"decision": "confirm"}
	shorter = map[string]any{"minutes": 59, "reason": "早走了"}
)

// A report from its writing to its points: the member reads why, staff sees it
// among what waits, and boards and figures follow.
func TestServiceFromReportToPoints(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	w.Clocks.Business.Advance(48 * time.Hour) // the member was one already on the day before
	made := service(w, "member-1", 8, 2).Want(201)
	record := made.Text("id")
	if made.Text("status") != "recorded" || made.Number("minutes") != 120 || strings.Contains(string(made.Raw), apptest.Phone) {
		t.Errorf("reported: %s", made.Raw)
	}
	waiting := w.Call("secretary", "GET", "/api/v1/approvals?kind=service", nil).Want(200)
	if waiting.Len("items") != 1 || waiting.Text("items", 0, "id") != record {
		t.Errorf("waiting: %s", waiting.Raw)
	}
	if above := w.Call("street", "GET", "/api/v1/approvals?kind=service", nil).Want(200); above.Len("items") != 0 {
		t.Errorf("above: %s", above.Raw)
	}
	batch := w.Call("secretary", "POST", "/api/v1/approvals/batch", map[string]any{"items": []any{
		map[string]any{"kind": "service", "id": record, "decision": "confirm"},
		map[string]any{"kind": "service", "id": record, "decision": "confirm"},
	}}).Want(200)
	if batch.Text("results", 0, "status") != "credited" || batch.Text("results", 1, "reason") != "record_state" {
		t.Errorf("batch: %s", batch.Raw)
	}
	points := w.Call("member-1", "GET", "/api/v1/me/points", nil).Want(200)
	if points.Number("balance") != 2 || points.Number("minutes") != 120 {
		t.Errorf("points: %s", points.Raw)
	}
	entry := w.Call("member-1", "GET", "/api/v1/me/points/entries", nil).Want(200)
	for _, part := range []string{"给独居老人送餐", "2 小时，每满 1 小时记 1 分，不满 1 小时不计，一天最多 10 分", "茂山社区书记", "确认了时长"} {
		if !strings.Contains(string(entry.Raw), part) {
			t.Errorf("the entry does not say %s: %s", part, entry.Raw)
		}
	}
	if cause := entry.At("items", 0, "cause"); entry.Text("items", 0, "cause", "title") != "给独居老人送餐" ||
		entry.Number("items", 0, "cause", "minutes") != 120 {
		t.Errorf("the deed alone: %v", cause)
	}
	if told := w.Call("member-1", "GET", "/api/v1/inbox", nil).Want(200); !strings.Contains(string(told.Raw), "送餐”的服务时长计入了") {
		t.Errorf("inbox: %s", told.Raw)
	}
	detail := w.Call("member-1", "GET", "/api/v1/service-records/"+record, nil).Want(200)
	if detail.Len("history") != 2 || detail.At("mayReview") != false {
		t.Errorf("detail: %s", detail.Raw)
	}
	for _, subject := range []string{"member", "unit", "community"} {
		w.Until("the board of "+subject, func() bool {
			a := w.Call("member-1", "GET", "/api/v1/leaderboards?metric=minutes&period=all&subject="+subject, nil).Want(200)
			return a.Len("items") == 1 && a.Number("items", 0, "score") == 120 && a.Number("me", "rank") == 1
		})
	}
	stats := w.Call("resident", "GET", "/api/v1/stats", nil).Want(200)
	if stats.Number("serviceMinutes") != 120 || stats.Number("volunteers") != 1 {
		t.Errorf("stats: %s", stats.Raw)
	}
	w.Healthy()
}

// Over eight hours in a day a second, higher review is due: the street sees it
// then, and the secretary no more.
func TestLongServiceRises(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	record := service(w, "resident", 8, 9).Want(201).Text("id")
	review := "/api/v1/service-records/" + record + "/review"
	w.Call("secretary", "POST", review, confirm).Want(200)
	w.Call("secretary", "POST", review, confirm).Refused(403, "party_to_matter")
	if a := w.Call("secretary", "GET", "/api/v1/approvals", nil).Want(200); a.Len("items") != 0 {
		t.Errorf("the secretary still sees %s", a.Raw)
	}
	if a := w.Call("street", "GET", "/api/v1/approvals", nil).Want(200); a.Len("items") != 1 {
		t.Errorf("the street sees %s", a.Raw)
	}
	if a := w.Call("street", "POST", review, confirm).Want(200); a.Text("status") != "credited" {
		t.Errorf("after two reviews: %s", a.Raw)
	}
	if p := w.Call("resident", "GET", "/api/v1/me/points", nil).Want(200); p.Number("minutes") != 540 || p.Number("balance") != 0 {
		t.Errorf("who is no member has %s", p.Raw)
	}
	w.Healthy()
}

func TestBadServiceReports(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	now := w.App.DB.Now()
	good := func() map[string]any {
		return map[string]any{"nodeId": w.Home, "title": "送餐", "startedAt": now.Add(-2 * time.Hour), "endedAt": now, "note": "三户"}
	}
	for _, c := range []struct {
		field string
		value any
		path  string
	}{
		{"title", "", "title"}, {"title", strings.Repeat("长", 31), "title"}, {"note", " ", "note"},
		{"endedAt", now.Add(time.Minute), "endedAt"}, {"endedAt", now.Add(-2 * time.Hour), "endedAt"},
		{"startedAt", now.Add(-25 * time.Hour), "startedAt"}, {"title", "\u200b\u2060", "title"}, {"note", "\u3164", "note"},
		{"title", "送餐\u202e", "title"}, {"note", "三户\u2066", "note"},
	} {
		body := good()
		body[c.field] = c.value
		a := w.Call("resident", "POST", "/api/v1/service-records", body).Refused(422, "invalid_input")
		if a.Text("fields", 0, "path") != c.path {
			t.Errorf("%s = %v: %s", c.field, c.value, a.Raw)
		}
	}
	body := good()
	midnight := clock.Day(now)
	body["startedAt"], body["endedAt"] = midnight.Add(-30*time.Second), midnight.Add(30*time.Second)
	a := w.Call("resident", "POST", "/api/v1/service-records", body).Want(201) // a minute is in the day in which it ends
	if a.Number("minutes") != 1 || a.Text("startedAt") != midnight.UTC().Format(time.RFC3339) {
		t.Errorf("a minute that midnight cuts in two: %s", a.Raw)
	}
	body = good()
	body["nodeId"] = w.Street
	w.Call("resident", "POST", "/api/v1/service-records", body).Refused(422, "not_a_community")
	w.Call("resident", "POST", "/api/v1/service-records", good()).Want(201)
	a = w.Call("resident", "POST", "/api/v1/service-records", good()).Refused(409, "service_overlap")
	if !strings.Contains(a.Text("fields", 0, "message"), "送餐") {
		t.Errorf("the overlap is not named: %s", a.Raw)
	}
}

// A record that nobody has looked at for three days says that the next level was
// told, until somebody decides.
func TestRecordThatIsPassedOn(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	path := "/api/v1/service-records/" + service(w, "resident", 8, 1).Want(201).Text("id")
	if a := w.Call("resident", "GET", path, nil).Want(200); a.At("escalated") != nil || a.Text("waitsAt") == "" {
		t.Errorf("on the first day: %s", a.Raw)
	}
	w.Clocks.Business.Advance(73 * time.Hour)
	must(t, w.App.Records.Sweep(t.Context()))
	if a := w.Call("resident", "GET", path, nil).Want(200); a.At("escalated") != true {
		t.Errorf("after three days: %s", a.Raw)
	}
	w.Call("street", "POST", path+"/review", confirm).Want(200)
	if a := w.Call("resident", "GET", path, nil).Want(200); a.At("escalated") != nil {
		t.Errorf("once it is decided: %s", a.Raw)
	}
	w.Healthy()
}

// What each is told of a record: who may, who may not, and who may not know of it.
func TestServiceRecordMatrix(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		operation, method, ending  string
		body                       any
		prepare                    func(w *apptest.Town) string
		allowed, forbidden, hidden []string
		again                      string
	}{
		{"getServiceRecord", "GET", "", nil, func(w *apptest.Town) string { return service(w, "resident", 8, 1).Want(201).Text("id") },
			[]string{"resident", "secretary", "grid", "street", "county", "auditor"}, nil,
			[]string{"resident-2", "member-1", "leader", "unit"}, ""},
		{"reviewServiceRecord", "POST", "/review", confirm,
			func(w *apptest.Town) string { return service(w, "resident", 8, 1).Want(201).Text("id") },
			[]string{"secretary"}, []string{"resident", "grid", "auditor"}, []string{"resident-2", "member-1", "leader", "unit"},
			"record_state"},
		{"correctServiceRecord", "POST", "/correction", shorter,
			func(w *apptest.Town) string { return credited(w, "resident", 8, 1) },
			[]string{"street"}, []string{"resident", "grid", "auditor"}, []string{"resident-2", "member-1", "leader", "unit"},
			"record_state"},
	} {
		t.Run(c.operation, func(t *testing.T) {
			w := apptest.NewTown(apptest.New(t), 1)
			path := "/api/v1/service-records/" + c.prepare(w) + c.ending
			for _, p := range c.forbidden {
				w.Call(p, c.method, path, c.body).Want(403)
			}
			for _, p := range c.hidden {
				w.Call(p, c.method, path, c.body).Refused(404, "not_found")
			}
			w.Send("", c.method, path, c.body).Refused(401, "unauthenticated")
			w.Call("secretary", c.method, "/api/v1/service-records/123"+c.ending, c.body).Refused(404, "not_found")
			for _, p := range c.allowed {
				a := w.Call(p, c.method, path, c.body)
				if a.Status >= 300 {
					t.Fatalf("%s is refused: %s", p, a.Raw)
				}
				if c.method == "POST" { // what is answered is what stands
					stands := w.Call(p, "GET", "/api/v1/service-records/"+a.Text("id"), nil).Want(200)
					if name := stands.Text("record", "recorder"); name == "" || name != a.Text("recorder") {
						t.Errorf("the answer names %s as the recorder, the record %s", a.Text("recorder"), name)
					}
				}
				if c.again != "" {
					w.Call(p, c.method, path, c.body).Refused(409, c.again)
				}
			}
			w.Healthy()
		})
	}
}

func TestListsOfService(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	first, second := credited(w, "resident", 8, 1), service(w, "resident", 10, 1).Want(201).Text("id")
	mine := w.Call("resident", "GET", "/api/v1/service-records?limit=1", nil).Want(200)
	if mine.Len("items") != 1 || mine.Text("items", 0, "id") != second || mine.Text("nextCursor") != second {
		t.Errorf("mine: %s", mine.Raw)
	}
	rest := w.Call("resident", "GET", "/api/v1/service-records?cursor="+second, nil).Want(200)
	if rest.Len("items") != 1 || rest.Text("items", 0, "id") != first {
		t.Errorf("the rest: %s", rest.Raw)
	}
	w.Call("secretary", "GET", "/api/v1/service-records?mine=false", nil).Refused(422, "invalid_input")
	w.Call("resident", "GET", "/api/v1/service-records?mine=false&nodeId="+w.Home.String(), nil).Refused(403, "not_your_community")
	w.Call("leader", "GET", "/api/v1/service-records?mine=false&nodeId="+w.Home.String(), nil).Refused(403, "not_your_community")
	for _, p := range []string{"secretary", "county", "auditor"} {
		a := w.Call(p, "GET", "/api/v1/service-records?mine=false&status=recorded&nodeId="+w.Home.String(), nil).Want(200)
		if a.Len("items") != 1 || a.Text("items", 0, "id") != second {
			t.Errorf("%s sees %s", p, a.Raw)
		}
	}
	w.Call("secretary", "GET", "/api/v1/service-recorders", nil).Refused(403, "not_your_community")
	w.Call("secretary", "GET", "/api/v1/service-recorders?nodeId="+w.Home.String(), nil).Want(200)
}

// serviceRights says what every role is told of the operations on records.
func serviceRights() map[string]right {
	of := func(get func(w *apptest.Town) string, body any) func(*apptest.Town) scene {
		return func(w *apptest.Town) scene { return scene{ids: map[string]string{"recordId": get(w)}, body: body} }
	}
	turn := 0
	next := func(done bool) func(w *apptest.Town) string {
		return func(w *apptest.Town) string {
			turn++
			persona := fmt.Sprint("member-", turn/8%60+1) // eight hours each: one review is enough
			if done {
				return credited(w, persona, turn%8, 1)
			}
			return service(w, persona, turn%8, 1).Want(201).Text("id")
		}
	}
	staff := []string{"grid_leader", "grid_worker", "auditor", "secretary", "street", "county"}
	elders := 0
	elder := func(w *apptest.Town) scene { // each another person without a phone
		elders++
		persona := fmt.Sprint("elder-", elders)
		w.AddWithoutPhone("member-1", w.Squad("member-1"), persona, "老刘")
		w.Served(persona, time.Duration(elders+2)*time.Hour, 30, "清雪")
		return scene{ids: map[string]string{"volunteerId": w.People[persona].String()},
			body: map[string]any{"userId": w.People["member-60"], "reason": "本人来了"}}
	}
	joined := func(w *apptest.Town) scene {
		s := elder(w)
		join := w.Call("county", "POST", s.fill("/volunteers/{volunteerId}/joins"), s.body).Want(201).Text("id")
		return scene{ids: map[string]string{"joinId": join}, body: map[string]any{"reason": "认错人了"}}
	}
	return map[string]right{
		"getVolunteer": {elder, func(h holder) int { return h.hidden(200) }},
		"listAccounts": {elder, func(h holder) int { return h.hidden(200) }},
		"joinHours":    {elder, func(h holder) int { return h.hidden(201) }},
		"undoJoin":     {joined, func(h holder) int { return h.hidden(200) }},
		"createServiceRecord": {func(*apptest.Town) scene {
			return scene{body: map[string]any{}}
		}, func(holder) int { return 422 }},
		"listServiceRecords": {func(w *apptest.Town) scene {
			return scene{query: "?mine=false&nodeId=" + w.Home.String()}
		}, func(h holder) int { return when(h.near() && slices.Contains(staff, string(h.role)), 403) }},
		"listServiceRecorders": {func(w *apptest.Town) scene {
			return scene{query: "?nodeId=" + w.Home.String()}
		}, func(h holder) int { return when(h.near() && slices.Contains(staff, string(h.role)), 403) }},
		"getServiceRecord":     {of(next(false), nil), func(h holder) int { return when(h.sees(), 404) }},
		"reviewServiceRecord":  {of(next(false), confirm), func(h holder) int { return h.hidden(200) }},
		"correctServiceRecord": {of(next(true), shorter), func(h holder) int { return h.hidden(201) }},
	}
}
