package api_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
)

// news is how many messages the persona has got since the last time that they read
// all, and the newest; it reads them.
func news(w *apptest.Town, persona string) (count int, newest string) {
	w.T.Helper()
	a := w.Call(persona, "GET", "/api/v1/inbox", nil).Want(200)
	if a.Number("unread") > 0 {
		newest = a.Text("items", 0, "text")
		w.Call(persona, "POST", "/api/v1/inbox/read", map[string]any{"upTo": a.Text("items", 0, "id")}).Want(200)
	}
	return a.Number("unread"), newest
}

// One decision is one message to each volunteer, whatever it does: a settlement
// marks the sign-up and credits hours, a correction takes hours back and credits
// others, the answer to an objection does all of it.
func TestOneMessageForOneDecision(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, unsampled()...), 5)
	m := newMeeting(w, []string{"member-1", "member-3", "member-4", "resident"})
	m.served(10, 70, "member-3", "resident")
	m.served(80, 110, "member-3", "member-1") // twice there: two records
	m.at(120)
	for _, who := range []string{"member-1", "member-3", "member-4", "resident"} {
		news(w, who)
	}
	hears := func(after, who, part string) {
		t.Helper()
		if count, text := news(w, who); count != 1 || !strings.Contains(text, part) {
			t.Errorf("after %s %s hears %d times, at last %q", after, who, count, text)
		}
	}
	m.settle("member-1").Want(200)
	hears("the settlement", "member-3", "记上您服务的 1 小时 30 分")
	hears("the settlement", "resident", "记上您服务的 1 小时，")
	hears("the settlement", "member-4", "记您没有到")
	m.Call("resident", "GET", "/api/v1/inbox", nil).Want(200)
	record := m.record("resident")["recordId"].(string)
	w.Call("secretary", "POST", "/api/v1/service-records/"+record+"/correction", shorter).Want(201)
	hears("a correction", "resident", "更正了")
	absence := object(m, "member-4", m.absence())
	m.rule("secretary", absence, upheld(60)).Want(200)
	hears("an absence that was none", "member-4", "记录已经改过来")
	minutes := object(m, "resident", m.record("resident"))
	m.rule("street", minutes, upheld(30)).Want(200)
	hears("an objection to minutes", "resident", "记录已经改过来")
	w.Healthy()
}
