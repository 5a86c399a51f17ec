package doctor_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/id"
)

// Yeses of residents without a phone that a building head recorded: one that
// another asked about again, one that waits for that, and one on a later day on
// which nothing is drawn.
func TestPlantedYeses(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 3)
	w.Grant("member-2", id.RoleBuildingHead, w.Home)
	w.AskAgain(100)
	yes := map[string]any{"accepted": true, "onBehalf": map[string]any{"how": "phone", "note": "老人说办好了"}}
	recorded := func() string {
		wish := w.OnBehalf("grid", "13900000001")
		path := "/api/v1/wishes/" + wish
		w.Call("secretary", "POST", path+"/review", map[string]any{"decision": "publish"}).Want(200)
		claim := w.Call("member-1", "POST", path+"/claims", nil).Want(201).Text("id")
		path = "/api/v1/claims/" + claim
		w.Call("secretary", "POST", path+"/review", map[string]any{"decision": "approve"}).Want(200)
		w.Call("member-1", "POST", path+"/delivery", map[string]any{"note": "办好了"}).Want(200)
		w.Call("member-2", "GET", "/api/v1/wishes/"+wish+"/contact", nil).Want(200)
		w.Clocks.Business.Advance(time.Minute)
		w.Call("member-2", "POST", path+"/confirmation", yes).Want(200)
		return claim
	}
	twice := recorded()
	w.Call("street", "POST", "/api/v1/claims/"+twice+"/confirmation", yes).Want(200)
	waiting := recorded()
	w.Clocks.Business.Advance(24 * time.Hour)
	w.AskAgain(0)
	once := recorded()
	w.Healthy()
	fill := strings.NewReplacer("{twice}", twice, "{waiting}", waiting, "{once}", once,
		"{head}", w.People["member-2"].String(), "{street}", w.People["street"].String())
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	findsEach(t, w.World, copies, fill, []violation{
		{"yeses", "UPDATE yes_rules SET percent = 100 WHERE percent = 0", "rule of its day"},
		{"yeses", "UPDATE yes_rules SET percent = 0", "rule of its day"},
		{"yeses", "UPDATE recorded_yeses SET lot = NULL, drawn = FALSE WHERE claim_id = {waiting}", "rule of its day"},
		{"yeses", "UPDATE recorded_yeses SET recorder_id = {street} WHERE claim_id = {once}", "rule of its day"},
		{"yeses", "UPDATE recorded_yeses SET recorded_at = '2026-03-01' WHERE claim_id = {once}", "rule of its day"},
		{"yeses", "DELETE FROM recorded_yeses WHERE claim_id = {once}", "rule of its day"},
		{"yeses", "UPDATE recorded_yeses SET lot = NULL WHERE claim_id = {once}", "second asking"},
		{"yeses", "UPDATE events SET actor_id = {head} WHERE noun = 'claim' AND name = 'confirm' AND subject_id = {twice}", "second asking"},
		{"yeses", "UPDATE claims SET asked_at = NULL WHERE id = {waiting}", "claim {waiting}"},
		{"yeses", "UPDATE claims SET asked_by = {street} WHERE id = {waiting}", "claim {waiting}"},
		{"yeses", "UPDATE recorded_yeses SET stood = TRUE WHERE claim_id = {waiting}", "claim {waiting}"},
		{"deciders", "UPDATE wishes SET recorder_id = {head}", "was written down by"},
		{"inbox", "DELETE i FROM inbox i JOIN events e ON e.id = i.event_id WHERE e.noun = 'wish' AND i.part = 'recorder'", "not told"},
		{"inbox", "DELETE i FROM inbox i JOIN events e ON e.id = i.event_id WHERE e.noun = 'claim' AND i.part = 'recorder'", "not told"},
		{"contact_reads", "UPDATE contact_reads SET read_at = '2026-03-10' WHERE by_id = {once}", "contact read"},
		{"contact_reads", "UPDATE claims SET claimant_id = {head} WHERE id = {once}", "contact read"},
		{"contact_reads", "UPDATE wishes SET recorder_id = {head}", "contact read"},
		{"contact_reads", "UPDATE role_grants SET role = 'unit_liaison' WHERE user_id = {head}", "contact read"},
		{"contact_reads", "UPDATE contact_reads SET read_at = DATE_ADD(read_at, INTERVAL 3 DAY) WHERE by_id = {once}", "contact read"},
	})
}
