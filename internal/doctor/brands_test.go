package doctor_test

import (
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/ballot"
	"xinyuan/internal/brand"
	"xinyuan/internal/devstack/testdb"
)

// planBrand has a brand of the home community go on, which the town's unit leads.
func planBrand(w *apptest.Town) (one string) {
	w.T.Helper()
	one = w.Call("secretary", "POST", "/api/v1/brands", map[string]any{
		"nodeId": w.Home, "unitId": w.Unit, "name": "邻里一家亲", "text": "每月一次邻里饭", "forWhom": "独居的老人",
	}).Want(201).Text("id")
	w.Clocks.Business.Advance(time.Minute)
	w.Call("unit", "POST", "/api/v1/brands/"+one+"/acceptance", nil).Want(200)
	return one
}

// A violation of what brands promise is planted, and doctor finds it.
func TestPlantedBrands(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	project, one := planProject(w), planBrand(w)
	w.Clocks.Business.Advance(365*24*time.Hour - brand.Ahead)
	w.Call("secretary", "POST", "/api/v1/brands/"+one+"/ballots", nil).Want(200)
	vote := w.Call("secretary", "GET", "/api/v1/brands/"+one, nil).Want(200).Text("ballot", "id")
	for i := range 5 {
		w.Call(voter(i), "POST", "/api/v1/ballots/"+vote+"/voices", map[string]any{"choice": "yes"}).Want(200)
	}
	w.Clocks.Business.Advance(ballot.Span)
	if err := w.App.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Call("secretary", "POST", "/api/v1/brands/"+one+"/renewals", nil).Want(200)
	w.TakeOldData()
	w.Healthy()
	fill := strings.NewReplacer("{one}", one, "{vote}", vote, "{project}", project, "{unit}", w.Unit.String(), "{home}", w.Home.String(),
		"{street}", w.Street.String(), "{sister}", w.Sister.String())
	copies := testdb.Copies(t, string(w.App.Config.MySQL.DSN))
	const of = " WHERE id = {one}"
	findsEach(t, w.World, copies, fill, []violation{
		{"history", "UPDATE brands SET status = 'asleep'" + of, "brand {one}"},
		{"register", "UPDATE brands SET name = '别的'" + of, "brand {one}"},
		{"register", "UPDATE matter_turns SET opens_at = '2026-01-01' WHERE noun = 'brand'", "brand {one}"},
		{"brands", "UPDATE brands SET is_by_unit = TRUE" + of, "brand {one} has begun without a yes"},
		{"brands", "UPDATE events SET grant_id = NULL WHERE noun = 'brand' AND subject_id = {one} AND name = 'accept'", "brand {one} has begun without a yes"},
		{"brands", "UPDATE brands SET unit_id = {sister}" + of, "brand {one} has begun without a yes"},
		{"brands", "INSERT INTO brand_helpers SELECT id, unit_id, since_at FROM brands" + of, "brand {one} is built by too many"},
		{"brands", "INSERT INTO brand_helpers SELECT {one}, id, '2026-05-01' FROM nodes WHERE id <> {unit} LIMIT 5", "brand {one} is built by too many"},
		{"brands", "UPDATE ballots SET yes = 4", "brand {one} was renewed without a counted vote"},
		{"brands", "UPDATE ballots SET no = 5", "brand {one} was renewed without a counted vote"},
		{"brands", "UPDATE ballots SET noun = 'project'", "brand {one} was renewed without a counted vote"},
		{"brands", "UPDATE ballots SET counted_at = NULL, yes = NULL, no = NULL", "brand {one} was renewed without a counted vote"},
		{"brands", "DELETE FROM brand_renewals", "brand {one} has years that do not follow"},
		{"brands", "UPDATE brand_renewals SET from_at = from_at + INTERVAL 1 DAY", "brand {one} has years that do not follow"},
		{"brands", "UPDATE brands SET renewed_at = renewed_at + INTERVAL 1 DAY" + of, "brand {one} has years that do not follow"},
		{"brands", "UPDATE brands SET ballot_id = {vote}, vote_until = due_at" + of, "brand {one} has a vote that is not about"},
		{"brands", "UPDATE brands SET renewed_at = since_at, due_at = since_at + INTERVAL 1 DAY" + of, "brand {one} is awake after its year"},
		{"brands", "UPDATE projects SET brand_id = {one} WHERE id = {project}", "project {project} is of a brand"},
		{"brands", "UPDATE projects SET brand_id = {one}, created_at = '2030-01-01', node_id = {sister} WHERE id = {project}", "project {project} is of a brand"},
		{"inbox", "DELETE FROM inbox WHERE part = 'sender'", "was not told"},
	})
}
