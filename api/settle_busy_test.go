package api_test

import (
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// Service that is confirmed and waits for a second review takes its time as
// credited service does: a settlement lies beside it. What is only reported takes
// none.
func TestSettlementBesideConfirmedService(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker())...), 4)
	m := newMeeting(w, []string{"member-3", "member-4"})
	m.served(20, 120, "member-3", "member-4")
	report := func(who string) string {
		return w.Call(who, "POST", "/api/v1/service-records", map[string]any{
			"nodeId": w.Home, "title": "陪护", "note": "一夜到中午",
			"startedAt": opens.Add(-9 * time.Hour), "endedAt": opens.Add(40 * time.Minute),
		}).Want(201).Text("id")
	}
	long, waiting := report("member-3"), report("member-4")
	review := func(record string) apptest.Answer {
		return w.Call("secretary", "POST", "/api/v1/service-records/"+record+"/review", confirm)
	}
	if a := review(long).Want(200); a.Text("status") != "confirmed" {
		t.Fatalf("more than eight hours are %s", a.Raw)
	}
	m.settle("member-1").Refused(409, "service_overlap")
	m.settle("member-1", m.about("member-3", "minutes", 81)).Refused(409, "service_overlap")
	got := m.settle("member-1", m.about("member-3", "minutes", 80)).Want(200)
	wantSame(t, m.outcome(got), map[string]string{
		"member-3": "true 80 confirmed:80", "member-4": "true 100 credited:100", // with the long one a day of more than eight hours
	})
	review(waiting).Refused(409, "service_overlap")
	w.Healthy()
}
