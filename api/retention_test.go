package api_test

import (
	"fmt"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/retention"
)

// What has served its purpose is taken away once its days are over, and not before;
// doctor finds what should be gone.
func TestOldDataIsTakenAway(t *testing.T) {
	t.Parallel()
	machine := clock.Fixed(clock.System().Now().Add(time.Hour)) // pictures arrive by the real one
	w := apptest.NewTown(apptest.New(t, append(unsampled(), apptest.WithoutWorker(), apptest.WithMachine(machine))...), 2)
	done, _ := w.Fulfilled("member-1")
	photo := w.Upload("resident")
	draft := apptest.Draft(w.Home)
	draft["photoIds"], draft["description"] = []string{photo}, "请打 "+apptest.Phone
	gone := w.Call("resident", "POST", "/api/v1/wishes", draft).Want(201).Text("id")
	w.Call("resident", "POST", "/api/v1/wishes/"+gone+"/withdrawal", nil).Want(200)
	open := w.Open()
	reported := reportIn(w, newcomer(w), "周不在").Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/memberships/"+reported+"/review", doc{"decision": "reject", "reason": "不在名册"}).Want(200)
	said := needDraft(w.Home)
	said["photoIds"] = []string{w.Upload("resident")}
	need := w.Call("resident", "POST", "/api/v1/needs", said).Want(201).Text("id")
	w.Call("resident", "POST", "/api/v1/needs/"+need+"/withdrawal", nil).Want(200)
	w.Call("secretary", "GET", "/api/v1/wishes/"+open+"/contact?reason=回访", nil).Want(200)
	member := cells(t, w, "SELECT id FROM memberships WHERE status = 'active' ORDER BY id LIMIT 1")[0][0]
	w.Call("secretary", "GET", "/api/v1/memberships/"+member+"/name", nil).Want(200)
	count := func(query string) string { return cells(t, w, query)[0][0] }
	queries := []struct {
		kind  retention.Kind
		query string
		days  time.Duration
	}{
		{retention.KindContacts, fmt.Sprintf("SELECT COUNT(*) FROM contacts WHERE id IN (%s, %s)", done, gone), 180},
		{retention.KindOriginals, "SELECT COUNT(*) FROM originals", 365},
		{retention.KindNames, "SELECT COUNT(*) FROM memberships WHERE id = " + reported + " AND name_label <> '已过保存期'", 400},
		{retention.KindPictures, "SELECT COUNT(*) FROM media WHERE owner_id <> 0", 730},
		{retention.KindReads, "SELECT (SELECT COUNT(*) FROM contact_reads) * (SELECT COUNT(*) FROM name_reads)", 1095},
	}
	_, err := w.App.DB.Pool().ExecContext(t.Context(), "UPDATE retention_rules SET days = 400 WHERE kind = 'names'")
	must(t, err) // a county's own rule
	passed := time.Duration(0)
	advance := func(days time.Duration) {
		w.Clocks.Business.Advance((days - passed) * aDay)
		machine.Advance(2 * time.Hour)
		passed = days
	}
	for _, q := range queries {
		if n := count(q.query); n == "0" {
			t.Fatalf("%s: nothing is there to be kept", q.kind)
		}
		advance(q.days)
		must(t, w.App.Sweep(t.Context()))
		if n := count(q.query); n == "0" {
			t.Errorf("%s: gone after %d days", q.kind, q.days)
		}
		advance(q.days + 2)
		if found := w.Findings("retention"); len(found) == 0 {
			t.Errorf("%s: doctor finds nothing after %d days", q.kind, passed)
		}
		must(t, w.App.Sweep(t.Context()))
		if n := count(q.query); n != "0" {
			t.Errorf("%s: %s are left after %d days", q.kind, n, passed)
		}
		if found := w.Findings("retention"); len(found) != 0 {
			t.Errorf("%s: %v", q.kind, found)
		}
	}
	if n := count("SELECT COUNT(*) FROM contacts WHERE noun = 'need'"); n != "0" {
		t.Error("the contact of a need that is over is left")
	}
	if count("SELECT COUNT(*) FROM contacts WHERE id = "+open) != "1" && count("SELECT status = 'open' FROM wishes WHERE id = "+open) == "1" {
		t.Error("the contact of an open wish is gone")
	}
}
