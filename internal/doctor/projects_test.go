package doctor_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/ballot"
	"xinyuan/internal/devstack/testdb"
)

// voter is the persona of a person who lives in the home community.
func voter(i int) string { return fmt.Sprint("member-", 110+i) }

// planProject has a project in work, for the six who live in the home community.
func planProject(w *apptest.Town) (one string) {
	w.T.Helper()
	type doc = map[string]any
	for i := range 6 {
		w.Call(voter(i), "PATCH", "/api/v1/me", doc{"homeNodeId": w.Home}).Want(200)
	}
	one = w.Call("secretary", "POST", "/api/v1/projects", doc{
		"nodeId": w.Home, "title": "给楼道装灯", "text": "晚上看不见", "forAll": true,
	}).Want(201).Text("id")
	for _, step := range []struct {
		persona, path string
		body          doc
	}{
		{"street", "review", doc{"decision": "publish"}}, {"unit", "claims", doc{"unitId": w.Unit}},
		{"secretary", "start", doc{"milestones": []doc{{"text": "装灯", "due": "2026-12-31", "unitId": w.Unit}}}},
	} {
		w.Clocks.Business.Advance(time.Minute)
		w.Call(step.persona, "POST", "/api/v1/projects/"+one+"/"+step.path, step.body).Want(200)
	}
	return one
}

// A violation of what projects promise is planted, and doctor finds it.
func TestPlantedProjects(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	one := planProject(w)
	do := func(persona, path string) {
		w.Clocks.Business.Advance(time.Minute)
		w.Call(persona, "POST", "/api/v1/projects/"+one+"/"+path, nil).Want(200)
	}
	do("unit", "milestones/0/report")
	do("unit", "delivery")
	do("secretary", "ballots")
	vote := w.Call("secretary", "GET", "/api/v1/projects/"+one, nil).Want(200).Text("ballot", "id")
	for i := range 5 {
		w.Call(voter(i), "POST", "/api/v1/ballots/"+vote+"/voices", map[string]any{"choice": "yes"}).Want(200)
	}
	w.Clocks.Business.Advance(ballot.Span)
	if err := w.App.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	do("secretary", "acceptance")
	open := planProject(w)
	w.Healthy()
	fill := strings.NewReplacer("{one}", one, "{vote}", vote, "{open}", open, "{home}", w.Home.String())
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	const of = " WHERE id = {one}"
	findsEach(t, w.World, copies, fill, []violation{
		{"history", "UPDATE projects SET status = 'delivered', accepted_at = NULL" + of, "project {one}"},
		{"register", "UPDATE projects SET title = '装别的'" + of, "project {one}"},
		{"projects", "UPDATE ballots SET yes = 4", "project {one} has no counted vote"},
		{"projects", "UPDATE ballots SET no = 5", "project {one} has no counted vote"},
		{"projects", "UPDATE ballots SET counted_at = NULL, yes = NULL, no = NULL", "project {one} has no counted vote"},
		{"projects", "UPDATE ballots SET subject_id = {open}", "project {one} has no counted vote"},
		{"projects", "UPDATE projects SET accepted_at = delivered_at" + of, "project {one} has no counted vote"},
		{"projects", "UPDATE events SET grant_id = NULL WHERE noun = 'project' AND subject_id = {one} AND name = 'claim'", "project {one} is led"},
		{"projects", "INSERT INTO project_helpers SELECT id, unit_id, created_at FROM projects" + of, "project {one} is led"},
		{"projects", "UPDATE project_milestones SET done_at = NULL WHERE project_id = {one}", "project {one} has no milestones"},
		{"projects", "UPDATE project_milestones SET unit_id = {home} WHERE project_id = {open}", "project {open} has no milestones"},
		{"projects", "DELETE FROM project_milestones WHERE project_id = {open}", "project {open} has no milestones"},
		{"projects", "UPDATE ballots SET no = 1", "vote {vote} has another result"},
		{"projects", "DELETE FROM ballot_voices LIMIT 1", "vote {vote} has another result"},
		{"projects", "UPDATE ballot_voices SET at = '2030-01-01' LIMIT 1", "vote {vote} has another roll"},
		{"projects", "UPDATE ballots SET on_roll = on_roll + 1", "vote {vote} has another roll"},
		{"projects", "UPDATE ballots SET closes_at = DATE_SUB(closes_at, INTERVAL 5 DAY), counted_at = NULL, yes = NULL, no = NULL", "vote {vote} is over"},
		{"inbox", "DELETE FROM inbox WHERE part = 'sender'", "was not told"},
	})
}

// Nobody votes twice, and nobody beside the roll: the database itself refuses it.
func TestAVoiceIsAKey(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	one := planProject(w)
	for _, step := range []string{"unit milestones/0/report", "unit delivery", "secretary ballots"} {
		persona, path, _ := strings.Cut(step, " ")
		w.Call(persona, "POST", "/api/v1/projects/"+one+"/"+path, nil).Want(200)
	}
	vote := w.Call("secretary", "GET", "/api/v1/projects/"+one, nil).Want(200).Text("ballot", "id")
	w.Call(voter(0), "POST", "/api/v1/ballots/"+vote+"/voices", map[string]any{"choice": "yes"}).Want(200)
	for _, from := range []string{"ballot_voices", "(SELECT ballot_id, 1 AS user_id, at FROM ballot_voices) q"} {
		_, err := w.App.DB.Pool().ExecContext(t.Context(),
			"INSERT INTO ballot_voices (ballot_id, user_id, choice, at) SELECT ballot_id, user_id, 'no', at FROM "+from)
		if err == nil {
			t.Errorf("a voice from %s is taken", from)
		}
	}
}
