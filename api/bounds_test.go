package api_test

import (
	"net/url"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// No time and no day is beyond what every server between the phone and the database
// can hold: the contract's own formats have bounds, in one place for all operations.
func TestInstantsAreBounded(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	team := w.Squad("member-1")
	now := w.Clocks.Business.Now()
	good := now.Add(-time.Hour).Format(time.RFC3339)
	for _, at := range []string{
		"0000-01-01T00:00:00Z", "0000-12-31T23:59:59-23:59", "0001-01-01T00:00:00+14:00", "0999-12-31T23:59:59Z", "1999-12-31T15:59:59Z",
		"2100-01-01T00:00:00Z", "2099-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-23:59", "10000-01-01T00:00:00Z",
		"2026-02-30T00:00:00Z", "2026-06-30T23:59:60Z", "2026-03-11T24:00:00Z", "2026-03-11", "2026-03-11T12:00:00", "-2026-03-11T12:00:00Z",
	} {
		draft := w.Errand(team, 3)
		draft["signupUntil"] = at
		repeated := w.Errand(team, 3)
		repeated["repeat"] = map[string]any{"every": "week", "until": at}
		served := func(from, until string) map[string]any {
			return map[string]any{"nodeId": w.Home, "title": "送餐", "note": "送到三楼", "startedAt": from, "endedAt": until}
		}
		for field, a := range map[string]apptest.Answer{
			"from":        w.Call("resident", "GET", "/api/v1/activities?from="+url.QueryEscape(at), nil),
			"to":          w.Call("resident", "GET", "/api/v1/activities?to="+url.QueryEscape(at), nil),
			"signupUntil": w.Call("member-1", "POST", "/api/v1/activities", draft),
			"startedAt":   w.Call("member-1", "POST", "/api/v1/service-records", served(at, good)),
			"endedAt":     w.Call("member-1", "POST", "/api/v1/service-records", served(good, at)),
		} {
			if a.Refused(422, "invalid_input").Text("fields", 0, "path") != field {
				t.Errorf("%s = %s: %s", field, at, a.Raw)
			}
		}
		w.Call("member-1", "POST", "/api/v1/activities", repeated).Refused(422, "invalid_input")
	}
	for _, day := range []string{"0000-01-01", "0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-3-1", ""} {
		a := w.Call("member-1", "POST", "/api/v1/me/certificates", map[string]any{"from": day, "until": "2026-03-11", "show": []string{}})
		if a.Refused(422, "invalid_input").Text("fields", 0, "path") != "from" {
			t.Errorf("from = %q: %s", day, a.Raw)
		}
	}
	w.Call("resident", "GET", "/api/v1/activities?from=2000-01-01T00:00:00Z&to=2099-12-31T15:59:59.999Z", nil).Want(200)
}

// Service of less than a minute is none, on one day and across midnight.
func TestServiceUnderAMinute(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	for _, span := range [][2]string{
		{"2026-03-10T17:00:10Z", "2026-03-10T17:00:50Z"}, {"2026-03-10T17:00:00Z", "2026-03-10T17:00:59.999Z"},
		{"2026-03-10T17:00:00Z", "2026-03-10T17:00:00Z"}, {"2026-03-10T15:59:30Z", "2026-03-10T16:00:29Z"},
		{"2026-03-10T17:00:00Z", "2026-03-10T16:00:00Z"},
	} {
		a := w.Call("member-1", "POST", "/api/v1/service-records", map[string]any{
			"nodeId": w.Home, "title": "送餐", "note": "送到三楼", "startedAt": span[0], "endedAt": span[1],
		}).Refused(422, "invalid_input")
		if a.Text("fields", 0, "path") != "endedAt" {
			t.Errorf("%v: %s", span, a.Raw)
		}
	}
}
