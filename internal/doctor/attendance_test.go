package doctor_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack/testdb"
)

// served is a settled activity in which member-2 served for an hour, and
// member-3 was absent and objected in vain.
func served(t *testing.T) *apptest.Town {
	t.Helper()
	w := apptest.NewTown(apptest.New(t), 3)
	_, activity := w.Announced("member-1", 5)
	path := "/api/v1/activities/" + activity
	for _, who := range []string{"member-2", "member-3"} {
		w.Call(who, "POST", path+"/signups", nil).Want(201)
	}
	shown := w.Call("member-2", "GET", path, nil).Want(200)
	starts, err := time.Parse(time.RFC3339, shown.Text("startsAt"))
	if err != nil {
		t.Fatal(err)
	}
	w.Clocks.Business.Advance(starts.Sub(w.Clocks.Business.Now()))
	code := func() map[string]any {
		return map[string]any{"code": w.Call("member-1", "GET", path+"/checkin-code", nil).Want(200).Text("code")}
	}
	w.Call("member-2", "POST", path+"/checkins", code()).Want(201)
	w.Clocks.Business.Advance(time.Hour)
	w.Call("member-2", "POST", path+"/checkouts", code()).Want(200)
	w.Clocks.Business.Advance(2 * time.Hour)
	w.Call("member-1", "POST", path+"/settlement", map[string]any{"attendees": []any{}}).Want(200)
	roll := w.Call("member-1", "GET", path+"/signups", nil).Want(200)
	objection := w.Call("member-3", "POST", "/api/v1/objections", map[string]any{
		"signupId": roll.Text("items", 1, "signupId"), "text": "我到了",
	}).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/objections/"+objection+"/review", map[string]any{
		"decision": "dismiss", "reason": "没有人见到",
	}).Want(200)
	w.Healthy()
	return w
}

func TestPlantedAttendance(t *testing.T) {
	const (
		again = `INSERT INTO attendances (id, activity_id, user_id, in_at, in_mode, in_received_at, out_at, out_mode, out_received_at)
			SELECT id + %, activity_id, user_id, in_at, in_mode, in_received_at, out_at, out_mode, out_received_at FROM attendances`
		one, two = "1", "2"
	)
	times := func(n string) string { return strings.ReplaceAll(again, "%", n) }
	t.Parallel()
	w := served(t)
	fill := strings.NewReplacer("{member-1}", w.People["member-1"].String(), "{member-2}", w.People["member-2"].String(),
		"{member-3}", w.People["member-3"].String())
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	for _, c := range []struct {
		check string
		plant []string
		names string
	}{
		{"attendance", []string{"UPDATE attendances SET out_at = NULL, out_mode = NULL"}, "open"},
		{"attendance", []string{"UPDATE attendances SET user_id = {member-1}"}, "never signed up"},
		{"attendance", []string{"UPDATE attendances SET in_mode = 'list', recorder_id = user_id"}, "its own person"},
		{"attendance", []string{times(one), times(two)}, "more than three"},
		{"attendance", []string{"UPDATE attendances SET user_id = {member-3}", "DELETE FROM record_reviews", "DELETE FROM service_records"}, "neither"},
		{"attendance", []string{"UPDATE signups SET status = 'confirmed' WHERE status = 'absent'"}, "left over"},
		{"attendance", []string{"UPDATE service_records SET minutes = 121, ended_at = '2026-03-12 04:00'"}, "beyond"},
		{"attendance", []string{
			"UPDATE users SET open_id = NULL WHERE id = {member-2}", "UPDATE attendances SET in_mode = 'list', recorder_id = {member-1}",
			"UPDATE unseen_rules SET people = 0, percent = 20",
		}, "vouched"},
		{"attendance", []string{ // a live code, from another city
			"UPDATE users SET open_id = NULL WHERE id = {member-2}", "UPDATE attendances SET in_distance = 111000, in_accuracy = 30",
			"UPDATE unseen_rules SET people = 0, percent = 20",
		}, "vouched for too many"},
		{"attendance", []string{ // a phone that claims to know nothing does not make up for it
			"UPDATE users SET open_id = NULL WHERE id = {member-2}", "UPDATE attendances SET in_distance = 111000, in_accuracy = 999999",
			"UPDATE unseen_rules SET people = 0, percent = 20",
		}, "without a phone"},
		{"attendance", []string{`INSERT INTO team_members (id, team_id, user_id, role, status, requested_at)
			SELECT 77, t.id, {member-2}, 'deputy', 'active', t.created_at FROM teams t`}, "is of who leads the team"},
		{"attendance", []string{"UPDATE events SET at = DATE_ADD(at, INTERVAL 1 SECOND) WHERE noun = 'service_record' AND version = 2"},
			"waited for staff"},
		{"rulings", []string{"UPDATE events SET actor_id = {member-3} WHERE noun = 'objection' AND name = 'dismiss'"}, "may not"},
		{"rulings", []string{"UPDATE activities SET settled_by = (SELECT actor_id FROM events WHERE name = 'dismiss')"}, "may not"},
		{"history", []string{"UPDATE objections SET status = 'upheld'"}, "objection"},
	} {
		t.Run(c.names, func(t *testing.T) {
			t.Parallel()
			db := copied(t, w.World, copies)
			for _, statement := range c.plant {
				plant(t, db, fill.Replace(statement))
			}
			if !finds(t, w.World, db, c.check, c.names) {
				t.Errorf("doctor does not find it under %s", c.check)
			}
		})
	}
}

// What an upheld objection to points of a wish says was paid, by who had no part in it.
func TestPlantedRulingsOnPoints(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	_, claim := w.Fulfilled("member-1")
	objection := w.Call("member-1", "POST", "/api/v1/objections", map[string]any{"claimId": claim, "text": "不是这个数"}).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/objections/"+objection+"/review", map[string]any{
		"decision": "uphold", "reason": "核对过了", "points": 4,
	}).Want(200)
	w.Healthy()
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	findsEach(t, w.World, copies, strings.NewReplacer(), []violation{
		{"rulings", "UPDATE objections SET points = 5", "were not paid"},
		{"rulings", "UPDATE points_transfers SET amount = 6 WHERE amount = 4", "were not paid"},
		{"rulings", "UPDATE claims SET claimant_id = (SELECT actor_id FROM events WHERE name = 'uphold')", "may not"},
		{"columns", "UPDATE objections SET correct_event_id = correct_event_id + 1", "another recorder or payment"},
		{"columns", "UPDATE objections SET recorder_id = user_id", "another recorder or payment"},
		{"causes", "UPDATE events SET name = 'dismiss' WHERE name = 'uphold'", "transfer"},
		{"inbox", "DELETE i FROM inbox i JOIN events e ON e.id = i.event_id WHERE e.noun = 'objection'", "not told"},
	})
}
