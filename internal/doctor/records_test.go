package doctor_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
)

// Violations of what is promised of service records, planted behind the
// program's back.
func TestPlantedServiceViolations(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	w.Clocks.Business.Advance(48 * time.Hour) // the member was one already on the day before
	day := clock.Day(w.App.DB.Now()).AddDate(0, 0, -1)
	report := func(hour int) string {
		from := day.Add(time.Duration(hour) * time.Hour)
		id := w.Call("member-1", "POST", "/api/v1/service-records", map[string]any{
			"nodeId": w.Home, "title": "送餐", "startedAt": from, "endedAt": from.Add(time.Hour), "note": "三户",
			"photoIds": []string{w.Upload("member-1")},
		}).Want(201).Text("id")
		w.Call("secretary", "POST", "/api/v1/service-records/"+id+"/review", map[string]any{"decision": "confirm"}).Want(200)
		return id
	}
	record, other, old := report(8), report(10), report(12)
	w.Call("street", "POST", "/api/v1/service-records/"+old+"/correction",
		map[string]any{"minutes": 30, "reason": "早走了"}).Want(201)
	w.Until("the board follows", func() bool {
		return w.Call("member-1", "GET", "/api/v1/leaderboards?metric=minutes&period=all", nil).Want(200).Number("me", "score") == 150
	})
	w.Healthy()
	fill := strings.NewReplacer("{record}", record, "{other}", other, "{old}", old)
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	// {record} is a member's credited record, {other} the next of the same person, {old} a corrected one.
	findsEach(t, w.World, copies, fill, []violation{
		{"service_times", "UPDATE service_records SET ended_at = DATE_ADD(ended_at, INTERVAL 90 MINUTE) WHERE id = {record}", "service record {other}"},
		{"service_times", "UPDATE service_records SET minutes = 61 WHERE id = {record}", "service record {record}"},
		{"service_times", "UPDATE service_records SET started_at = DATE_SUB(started_at, INTERVAL 1 DAY) WHERE id = {record}", "service record {record}"},
		{"service_reviews", "UPDATE service_records SET due = 2 WHERE id = {record}", "service record {record}"},
		{"service_reviews", "UPDATE service_records SET reviews = 2 WHERE id = {record}", "service record {record}"},
		{"service_reviews", "UPDATE events SET actor_id = (SELECT user_id FROM service_records WHERE id = {record}) WHERE noun = 'service_record' AND subject_id = {record} AND name = 'credit'", "service record {record}"},
		{"service_reviews", "UPDATE service_records SET minutes = 481 WHERE id = {other}", "of a day"},
		{"columns", "UPDATE service_records SET credit_event_id = credit_event_id + 1 WHERE id = {old}", "service record {old} was credited"},
		{"columns", "DELETE FROM record_reviews WHERE record_id = {record}", "service record {record} was confirmed"},
		{"columns", "UPDATE record_reviews SET reviewer_id = 7 WHERE record_id = {other}", "service record {other} was confirmed"},
		{"columns", "UPDATE record_reviews SET grant_id = NULL WHERE record_id = {other}", "service record {other} was confirmed"},
		{"columns", "INSERT INTO record_reviews VALUES ({old}, 7, 8, NULL)", "service record {old} was confirmed"},
		{"service_paid", "UPDATE service_records SET minutes = 59 WHERE id = {record}", "service record {record}"},
		{"service_paid", "UPDATE points_transfers SET amount = 2 WHERE cause_rule = 'service_hours' AND amount = 1", "service record"},
		{"service_paid", "UPDATE service_records SET unit_id = NULL WHERE id = {record}", "service record {record}"},
		{"service_paid", "UPDATE service_records SET status = 'credited' WHERE id = {old}", "transfer"},
		{"causes", "UPDATE points_transfers SET cause_event_id = (SELECT MAX(id) FROM events WHERE noun = 'service_record' AND name = 'create') WHERE kind = 'earn' AND cause_rule = 'service_hours' LIMIT 1", "transfer"},
		{"balances", "UPDATE points_accounts SET balance = balance + 1 WHERE unit = 'minutes' AND kind = 'member'", "account"},
		{"history", "UPDATE service_records SET status = 'rejected' WHERE id = {record}", "service_record {record}"},
		{"service_told", "DELETE FROM inbox WHERE part = 'volunteer'", "volunteer"},
		{"inbox", "UPDATE inbox SET user_id = 7 WHERE part = 'volunteer' LIMIT 1", "does not concern"},
		{"media", "UPDATE service_records SET source = 'activity' WHERE id = {record}", "is with service that its owner did not report"},
		{"media", "UPDATE media m JOIN service_records r ON m.noun = 'service_record' AND r.id = m.subject_id SET m.owner_id = r.node_id WHERE r.id = {other}", "is with service that its owner did not report"},
		{"boards", "UPDATE board_months SET score = score + 1 WHERE metric = 'minutes' LIMIT 1", "board minutes:"},
	})
}
