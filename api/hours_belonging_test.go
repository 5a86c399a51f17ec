package api_test

import (
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
)

// Points are for service while one is a member, whenever it is written down;
// minutes are everybody's.
func TestServiceBeforeAndAfterMembership(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	mine := w.Call("member-1", "GET", "/api/v1/memberships?mine=true", nil).Want(200).Text("items", 0, "id")
	w.Served("member-1", aDay, 60, "报到以前") // a day before the report-in
	forward(w, 4)
	w.Call("member-1", "POST", "/api/v1/memberships/"+mine+"/departure", nil).Want(200)
	forward(w, 4)
	w.Served("member-1", 2*aDay, 60, "离开以后")
	w.Served("member-1", 6*aDay, 60, "报到的时候")
	w.Served("member-1", 4*aDay, 60, "离开的那一刻")
	w.Served("member-1", 4*aDay+30*time.Minute+time.Hour, 60, "离开的那一天")
	records := w.Call("member-1", "GET", "/api/v1/service-records", nil).Want(200)
	entries := w.Call("member-1", "GET", "/api/v1/me/points/entries", nil).Want(200)
	a := w.Call("member-1", "GET", "/api/v1/me/points", nil).Want(200)
	if records.Len("items") != 5 || a.Number("balance") != 2 || entries.Len("items") != 2 {
		t.Errorf("of %d hours two were a member's: %s, %s", records.Len("items"), a.Raw, entries.Raw)
	}
	wantRow(t, w, "SELECT COUNT(*), SUM(unit_id IS NOT NULL) FROM service_records", 5, 2)
	w.Healthy()
}

// Whose report-in staff ended served as a member until then, and no longer.
func TestServiceAfterStaffEndedAReportIn(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	mine := w.Call("member-1", "GET", "/api/v1/memberships?mine=true", nil).Want(200).Text("items", 0, "id")
	forward(w, 4)
	w.Call("secretary", "POST", "/api/v1/memberships/"+mine+"/end", map[string]any{"reason": "已经调走"}).Want(200)
	forward(w, 4)
	w.Served("member-1", 6*aDay, 60, "报到的时候")
	w.Served("member-1", 2*aDay, 60, "结束以后")
	wantRow(t, w, "SELECT COUNT(*), SUM(unit_id IS NOT NULL) FROM service_records", 2, 1)
	w.Healthy()
}
