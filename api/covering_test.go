package api_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// A person's grants come with the nearest first, posts below a community before all; a matter that staff decides at a
// desk has those at the desk; a place that is no community has no posts below it.
func TestGrantsComeWithTheNearestFirst(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	w.Grant("member-1", id.RoleCounty, w.County)
	w.Grant("member-1", id.RoleStreet, w.Street)
	w.Grant("member-1", id.RoleGridWorker, w.Grid)
	w.Grant("member-1", id.RoleSecretary, w.Home)
	w.Grant("member-1", id.RoleSecretary, w.Sister)
	wish, err := strconv.ParseInt(w.Open(), 10, 64)
	must(t, err)
	who := w.People["member-1"]
	for name, want := range map[string]struct {
		read   func(*grant.Grants) mysql.Want
		grants []string
	}{
		"at a community": {func(g *grant.Grants) mysql.Want { return grant.Covering(g, who, w.Home) },
			[]string{"grid_worker -1", "secretary 0", "street 1", "county 2"}},
		"at a street": {func(g *grant.Grants) mysql.Want { return grant.Covering(g, who, w.Street) },
			[]string{"street 0", "county 1"}},
		"at a grid": {func(g *grant.Grants) mysql.Want { return grant.Covering(g, who, w.Grid) },
			[]string{"grid_worker 0", "secretary 1", "street 2", "county 3"}},
		"of somebody else": {func(g *grant.Grants) mysql.Want { return grant.Covering(g, w.People["resident"], w.Home) }, nil},
		"of a matter": {func(g *grant.Grants) mysql.Want { return grant.CoveringMatter(g, who, state.Wish.Noun, wish) },
			[]string{"grid_worker -2", "secretary 0", "street 1", "county 2"}},
		"of a matter without posts": {func(g *grant.Grants) mysql.Want { return grant.CoveringDesk(g, who, state.Wish.Noun, wish) },
			[]string{"secretary 0", "street 1", "county 2"}},
		"of no matter": {func(g *grant.Grants) mysql.Want { return grant.CoveringMatter(g, who, state.Claim.Noun, wish) }, nil},
	} {
		var found grant.Grants
		must(t, w.App.DB.Read(t.Context(), want.read(&found)))
		var got []string
		for _, g := range found {
			got = append(got, fmt.Sprint(g.Role, " ", g.Distance))
		}
		if !slices.Equal(got, want.grants) {
			t.Errorf("%s: %q, want %q", name, got, want.grants)
		}
	}
}
