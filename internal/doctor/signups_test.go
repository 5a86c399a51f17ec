package doctor_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack/testdb"
)

// queued is an activity in which resident was passed over for a place in another
// one, and resident-2 has moved up; member-3 dropped out late.
func queued(t *testing.T) *apptest.Town {
	t.Helper()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	const path = "/api/v1/activities"
	team := w.Squad("member-1")
	announce := func(quota int) string {
		draft := w.Errand(team, quota)
		draft["signupUntil"] = draft["startsAt"].(time.Time).Add(-time.Hour)
		one := w.Call("member-1", "POST", path, draft).Want(201).Text("id")
		w.Call("member-1", "POST", path+"/"+one+"/publication", nil).Want(200)
		return one
	}
	full, other := announce(2), announce(5)
	for _, who := range []string{"member-2", "member-3", "resident", "resident-2"} {
		w.Call(who, "POST", path+"/"+full+"/signups", nil).Want(201)
	}
	w.Call("resident", "POST", path+"/"+other+"/signups", nil).Want(201)
	w.Clocks.Business.Advance(2 * time.Minute)
	w.Call("member-2", "DELETE", path+"/"+full+"/signups/mine", nil).Want(204)
	shown := w.Call("member-1", "GET", path+"/"+full, nil).Want(200)
	starts, err := time.Parse(time.RFC3339, shown.Text("startsAt"))
	if err != nil {
		t.Fatal(err)
	}
	w.Clocks.Business.Advance(starts.Sub(w.Clocks.Business.Now()) - time.Minute)
	w.Call("member-3", "DELETE", path+"/"+full+"/signups/mine", nil).Want(204)
	w.Healthy()
	return w
}

func TestPlantedSignups(t *testing.T) {
	t.Parallel()
	w := queued(t)
	fill := strings.NewReplacer("{member-1}", w.People["member-1"].String(), "{member-2}", w.People["member-2"].String(),
		"{resident}", w.People["resident"].String(), "{resident-2}", w.People["resident-2"].String())
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	findsEach(t, w.World, copies, fill, []violation{
		{"signups", "UPDATE signups SET skipped_for = NULL", "leaves a place empty"},
		{"signups", "UPDATE signups SET skipped_for = NULL WHERE user_id = {resident}", "somebody who came later has a place"},
		{"signups", "UPDATE signups SET skipped_for = activity_id WHERE skipped_for IS NOT NULL", "its person never had"},
		{"signups", "UPDATE signups SET user_id = {member-1} WHERE user_id = {resident} AND status = 'confirmed'", "its person never had"},
		{"signups", "UPDATE signups SET user_id = {resident-2} WHERE user_id = {resident} AND status = 'confirmed'", "moved somebody up"},
		{"signups", "UPDATE signups SET cancelled_at = NULL", "without its time"},
		{"signups", "UPDATE signups SET is_late = 0", "without its time"},
		{"signups", "UPDATE signups SET is_late = 1 WHERE user_id = {member-2}", "without its time"},
		{"inbox", "DELETE FROM inbox WHERE part = 'leader' AND event_id IN (SELECT id FROM events WHERE name = 'drop_out')", "not told"},
		{"inbox", "DELETE FROM inbox WHERE event_id IN (SELECT id FROM events WHERE name = 'skip')", "not told"},
		{"inbox", "UPDATE inbox SET user_id = {resident-2} WHERE part = 'leader' AND event_id IN (SELECT id FROM events WHERE name = 'drop_out')",
			"does not concern"},
	})
}
