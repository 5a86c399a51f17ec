package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/sweep"
)

// sweptRow is a kind of rows that periodic jobs look at.
type sweptRow struct {
	what   string        // as the failure names it
	make   func() string // one that is due once the time has come
	breaks string        // "TABLE EVENT": what the database refuses of the first
	done   string        // a query that counts 1 where the row was done
}

func eventOf(noun, name string) string {
	return "SELECT COUNT(*) FROM events WHERE noun = '" + noun + "' AND name = '" + name + "' AND subject_id = ?"
}

// has tells whether the query counts something.
func has(w *apptest.Town, query string, args ...any) bool {
	w.T.Helper()
	var n int
	must(w.T, w.App.DB.Pool().QueryRowContext(w.T.Context(), query, args...).Scan(&n))
	return n > 0
}

// sweptRows are rows of every sweep that takes matters a step further or changes rows.
func sweptRows(w *apptest.Town) []sweptRow {
	n := 0
	next := func() int { n++; return n }
	member := func() string { return fmt.Sprintf("member-%d", 5+next()) }
	team := w.Squad("member-1")
	scan := func(query string, arg ...any) (id string) {
		must(w.T, w.App.DB.Pool().QueryRowContext(w.T.Context(), query, arg...).Scan(&id))
		return id
	}
	signUp := func(who, to string) string {
		w.Call(who, "POST", activities+to+"/signups", map[string]any{"overlap": true}).Want(201)
		return scan("SELECT id FROM signups WHERE activity_id = ? AND user_id = ?", to, w.People[who])
	}
	giveBack := func(who, to string) { w.Call(who, "DELETE", activities+to+"/signups/mine", nil).Want(204) }
	far := 90*24*time.Hour + 12*time.Hour
	return []sweptRow{
		{"waiting wishes", func() string { return w.Post() }, "events INSERT", eventOf("wish", "escalate")},
		{"late wishes", func() string { return w.Open() }, "events INSERT", eventOf("wish", "expire")},
		{"late claims", func() string { _, claim := w.Claimed(member()); return claim }, "events INSERT", eventOf("claim", "lapse")},
		{"waiting claims", func() string { _, claim := w.Delivered(member()); return claim }, "events INSERT", eventOf("claim", "call_back")},
		{"waiting report-ins", func() string {
			code := w.WeChat.NewCode(fmt.Sprintf("newcomer-%d", next()))
			token := w.Send("", "POST", "/api/v1/sessions", map[string]any{"code": code}).Want(201).Text("token")
			return reportIn(w, token, "赵德顺").Want(201).Text("id")
		}, "events INSERT", eventOf("membership", "escalate")},
		{"waiting complaints", func() string { return complain(w, "suggestion").Text("id") }, "events INSERT", eventOf("complaint", "escalate")},
		{"waiting records", func() string { return service(w, member(), 8, 1).Want(201).Text("id") }, "events INSERT", eventOf("service_record", "escalate")},
		{"waiting objections", func() string {
			who := member()
			w.Served(who, 26*time.Hour, 60, "清雪")
			record := scan("SELECT id FROM service_records WHERE user_id = ?", w.People[who])
			return w.Call(who, "POST", "/api/v1/objections", map[string]any{"recordId": record, "text": "是两个小时"}).Want(201).Text("id")
		}, "events INSERT", eventOf("objection", "escalate")},
		{"series", func() string {
			draft := w.Errand(team, 5)
			draft["repeat"] = map[string]any{"every": "month", "until": draft["startsAt"].(time.Time).AddDate(0, 8, 0)}
			w.Call("member-1", "POST", "/api/v1/activities", draft).Want(201)
			return scan("SELECT MAX(id) FROM activity_series")
		}, "activity_series UPDATE", "SELECT COUNT(*) FROM activities WHERE series_id = ? HAVING COUNT(*) > 4"},
		{"activities that begin soon", func() string { return signUp(member(), announce(w, team, "看望老人", 5, far)) },
			"events INSERT", eventOf("signup", "remind")},
		{"activities with a place free", func() string {
			who, waits := member(), member()
			first, other := announce(w, team, "扫雪", 1, far+48*time.Hour), announce(w, team, "送菜", 5, far+49*time.Hour)
			signUp(who, first)
			place := signUp(waits, first)
			signUp(waits, other)
			giveBack(who, first)
			giveBack(waits, other)
			return place
		}, "events INSERT", eventOf("signup", "promote")},
		{"invitations of teams", func() string { return w.Squad(member()) }, "teams UPDATE",
			"SELECT COUNT(*) FROM teams WHERE id = ? AND invite_sealed IS NOT NULL"},
		{"codes of certificates", func() string {
			who := member()
			w.Served(who, 26*time.Hour, 60, "清雪")
			return w.Call(who, "POST", "/api/v1/me/certificates", ask()).Want(201).Text("id")
		}, "certificates UPDATE", "SELECT COUNT(*) FROM certificates WHERE id = ? AND code_sealed IS NOT NULL"},
		{"forgotten pictures", func() string { return w.Upload("resident") }, "media UPDATE",
			"SELECT COUNT(*) FROM media WHERE id = ? AND status = 'removed'"},
		{"removed pictures", func() string { return w.Upload("resident") }, "media DELETE",
			"SELECT 1 - COUNT(*) FROM media WHERE id = ?"},
	}
}

// A row that the database refuses stops no other, of no sweep, and the error says so.
func TestABrokenRowStopsNoSweep(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 60)
	exec := func(statement string) {
		t.Helper()
		_, err := w.App.DB.Pool().ExecContext(t.Context(), statement)
		must(t, err)
	}
	rows, broken, ids := sweptRows(w), map[string][]string{}, map[string][2]string{}
	for _, r := range rows {
		ids[r.what] = [2]string{r.make(), r.make()}
		broken[r.breaks] = append(broken[r.breaks], ids[r.what][0])
	}
	exec("UPDATE teams SET invite_sealed = NULL, invite_code = CONCAT('PLAIN', id)")
	exec("UPDATE certificates SET code_sealed = NULL, code = CONCAT('PLAIN', id)")
	exec("UPDATE media SET created_at = created_at - INTERVAL 25 HOUR")
	removed := ids["removed pictures"]
	exec("UPDATE media SET status = 'removed' WHERE id IN (" + removed[0] + ", " + removed[1] + ")")
	for breaks, some := range broken {
		table, event, _ := strings.Cut(breaks, " ")
		row, column := "NEW", "id"
		if event == "DELETE" {
			row = "OLD"
		}
		if table == "events" {
			column = "subject_id"
		}
		exec(fmt.Sprintf("CREATE TRIGGER broken_%s_%s BEFORE %s ON %s FOR EACH ROW IF %s.%s IN (%s) THEN "+
			"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'this row is broken'; END IF",
			table, event, event, table, row, column, strings.Join(some, ", ")))
	}
	w.Clocks.Business.Advance(91 * 24 * time.Hour)
	err := w.App.Sweep(t.Context())
	if err == nil || sweep.Failed(err) < len(rows) {
		t.Errorf("%d rows failed: %v", sweep.Failed(err), err)
	}
	for _, r := range rows {
		if !strings.Contains(err.Error(), "sweep of "+r.what+": ") {
			t.Errorf("the error does not tell of %s", r.what)
		}
		for i, id := range ids[r.what] {
			done := 0
			if err := w.App.DB.Pool().QueryRowContext(t.Context(), r.done, id).Scan(&done); err != nil && i == 1 {
				t.Errorf("%s: %v", r.what, err)
			}
			if (done > 0) != (i == 1) {
				t.Errorf("%s: row %d is done: %t", r.what, i+1, done > 0)
			}
		}
	}
}
