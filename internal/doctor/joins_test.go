package doctor_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack/testdb"
)

// Violations of what is promised of hours that are joined to an account, planted
// behind the program's back.
func TestPlantedJoinViolations(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 3)
	w.Clocks.Business.Advance(48 * time.Hour)
	w.AddWithoutPhone("member-1", w.Squad("member-1"), "elder", "老刘")
	w.Served("elder", 5*time.Hour, 60, "清雪")
	w.Clocks.Business.Advance(time.Hour)
	elder := w.People["elder"].String()
	join := w.Call("street", "POST", "/api/v1/volunteers/"+elder+"/joins", map[string]any{
		"userId": w.People["member-2"], "reason": "本人来了",
	}).Want(201).Text("id")
	w.Until("the board follows", func() bool {
		a := w.Call("member-2", "GET", "/api/v1/leaderboards?metric=minutes&period=all", nil).Want(200)
		return a.Len("items") == 1 && a.Number("me", "score") == 60
	})
	w.Healthy()
	fill := strings.NewReplacer("{join}", join, "{elder}", elder, "{leader}", w.People["member-1"].String(),
		"{other}", w.People["member-3"].String(), "{secretary}", w.People["secretary"].String())
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	findsEach(t, w.World, copies, fill, []violation{
		{"columns", "UPDATE hour_joins SET joined_by = account_id", "join {join} names"},
		{"joins", "UPDATE hour_joins SET status = 'undone'", "are not joined"},
		{"joins", "UPDATE hour_joins SET account_id = {other}", "are not joined"},
		{"joins", "UPDATE service_records SET user_id = {other} WHERE origin_id IS NOT NULL", "are not joined"},
		{"joins", "UPDATE service_records SET status = 'credited' WHERE user_id = {elder}", "another one counts too"},
		{"joins", "UPDATE service_records SET minutes = 59 WHERE origin_id IS NOT NULL", "says something else"},
		{"joins", "UPDATE service_records SET origin_id = NULL WHERE origin_id IS NOT NULL", "says something else"},
		{"joins", "UPDATE service_records SET recorder_id = {other} WHERE origin_id IS NOT NULL", "says something else"},
		{"joins", "UPDATE users SET open_id = 'found' WHERE id = {elder}", "join {join} is of"},
		{"joins", "UPDATE hour_joins SET account_id = {leader}", "join {join} is of"},
		{"joins", "UPDATE events SET grant_id = NULL WHERE noun = 'join'", "join {join} was decided"},
		{"joins", "UPDATE events SET actor_id = {secretary} WHERE noun = 'join'", "join {join} was decided"},
		{"joins", "UPDATE service_records SET recorder_id = (SELECT e.actor_id FROM events e WHERE e.noun = 'join')", "join {join} was decided"},
		{"joins", "DELETE FROM events WHERE noun = 'user' AND name = 'join' AND subject_id = {elder}", "join {join} was decided"},
		{"history", "UPDATE hour_joins SET status = 'undone'", "join {join}"},
		{"history", "DELETE FROM events WHERE noun = 'user' AND name = 'join' AND subject_id = {elder}", "user {elder}"},
		{"service_told", "DELETE i FROM inbox i JOIN events e ON e.id = i.event_id WHERE e.noun = 'join'", "volunteer"},
		{"inbox", "DELETE i FROM inbox i JOIN events e ON e.id = i.event_id WHERE e.noun = 'join'", "not told"},
		{"inbox", "UPDATE inbox i JOIN events e ON e.id = i.event_id SET i.user_id = 7 WHERE e.noun = 'join'", "does not concern"},
		{"service_paid", "UPDATE points_transfers SET amount = 50 WHERE cause_rule = 'service_minutes' AND kind = 'earn' ORDER BY id DESC LIMIT 1", "service record"},
	})
}
