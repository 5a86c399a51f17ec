package doctor_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/review"
)

// Violations of what is promised of the accounts for WeChat's reviewers, planted behind
// the program's back.
func TestPlantedReviewViolations(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	given, err := w.App.Reviews.SwitchOn(t.Context(), review.MaxLife)
	if err != nil {
		t.Fatal(err)
	}
	resident := w.Send("", "POST", "/api/v1/review-sessions", map[string]any{"code": given[0].Code}).Want(201)
	home := resident.Text("user", "homeNodeId")
	w.Send(resident.Text("token"), "POST", "/api/v1/wishes", reviewDraft(home)).Want(201)
	w.Post()
	w.Healthy()
	fill := strings.NewReplacer("{home}", w.Home.String(), "{real}", w.People["member-1"].String(), "{review}", home)
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	for _, c := range []struct{ plant, names string }{
		{"UPDATE role_grants SET node_id = {home} WHERE user_id IN (SELECT user_id FROM review_people) LIMIT 1", "grant"},
		{"UPDATE role_grants SET node_id = {review} WHERE role = 'secretary' AND node_id = {home}", "grant"},
		{"UPDATE memberships SET node_id = {home} WHERE user_id IN (SELECT user_id FROM review_people) LIMIT 1", "membership"},
		{"UPDATE memberships SET node_id = {review} WHERE user_id = {real}", "membership"},
		{"UPDATE matters SET node_id = {home} WHERE noun = 'wish' AND node_id = {review}", "event"},
		{"UPDATE events SET actor_id = {real} WHERE noun = 'wish' AND actor_id IN (SELECT user_id FROM review_people)", "event"},
		{"UPDATE review_codes SET until_at = until_at + INTERVAL 1 SECOND LIMIT 1", "review code"},
	} {
		t.Run(c.plant, func(t *testing.T) {
			t.Parallel()
			db := copied(t, w.World, copies)
			plant(t, db, fill.Replace(c.plant))
			if !finds(t, w.World, db, "reviewers", c.names) {
				t.Errorf("doctor does not find it")
			}
		})
	}
}

func reviewDraft(node string) map[string]any {
	draft := apptest.Draft(0)
	draft["nodeId"] = node
	return draft
}
