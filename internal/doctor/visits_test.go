package doctor_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/id"
)

// A violation of what visits promise is planted, and doctor finds it.
func TestPlantedVisits(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	w.Grant("member-1", id.RoleAreaLeader, w.Street)
	type doc = map[string]any
	line := doc{"category": "roads", "place": "3 号楼下", "text": "路灯不亮"}
	plan := func() string {
		start := w.Clocks.Business.Now().AddDate(0, 0, 2)
		return w.Call("member-1", "POST", "/api/v1/visits", doc{
			"nodeId": w.Home, "place": "驿站", "startsAt": start, "endsAt": start.Add(time.Hour),
		}).Want(201).Text("id")
	}
	held, empty, planned := plan(), plan(), plan()
	asked := w.Call("resident", "POST", "/api/v1/visit-invitations", doc{
		"nodeId": w.Home, "place": "3 号楼", "subject": "停车的事",
	}).Want(201).Text("id")
	w.Call("member-1", "POST", "/api/v1/visits/"+asked+"/cancellation", doc{"reason": "出差"}).Want(200)
	w.Clocks.Business.Advance(49 * time.Hour)
	w.Call("member-1", "POST", "/api/v1/visits/"+held+"/holding", doc{"lines": []doc{line}}).Want(200)
	w.Call("member-1", "POST", "/api/v1/visits/"+empty+"/holding", doc{"lines": []doc{}}).Want(200)
	need := w.Call("member-1", "GET", "/api/v1/visits/"+held, nil).Want(200).Text("needs", 0, "needId")
	w.Clocks.Business.Advance(48 * time.Hour)
	if err := w.App.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Healthy()
	fill := strings.NewReplacer("{held}", held, "{empty}", empty, "{planned}", planned, "{asked}", asked, "{need}", need)
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	findsEach(t, w.World, copies, fill, []violation{
		{"history", "UPDATE visits SET status = 'cancelled' WHERE id = {planned}", "visit {planned}"},
		{"register", "UPDATE visits SET place = '别处' WHERE id = {planned}", "visit {planned}"},
		{"register", "UPDATE visits SET leader_id = leader_id + 1 WHERE id = {planned}", "visit {planned}"},
		{"register", "UPDATE visits SET starts_at = starts_at - INTERVAL 1 DAY WHERE id = {planned}", "visit {planned}"},
		{"visits", "UPDATE needs SET origin = 'behalf' WHERE id = {need}", "visit {held} brought"},
		{"visits", "UPDATE visit_needs SET visit_id = {planned} WHERE need_id = {need}", "visit {planned} brought"},
		{"visits", "UPDATE visits SET held_at = held_at - INTERVAL 1 DAY WHERE id = {held}", "visit {held} brought"},
		{"visits", "UPDATE events SET grant_id = NULL WHERE noun = 'visit' AND subject_id = {held}", "visit {held} was moved"},
		{"visits", "UPDATE visits SET status = 'closed', closed_at = held_at WHERE id = {held}", "visit {held} is closed"},
		{"visits", "UPDATE visits SET starts_at = starts_at - INTERVAL 1 DAY WHERE id = {empty}", "visit {empty} was announced"},
		{"visits", "UPDATE visits SET status = 'held', closed_at = NULL WHERE id = {empty}", "visit {empty} is closed"},
		{"inbox", "DELETE FROM inbox WHERE part = 'owner'", "was not told"},
	})
}
