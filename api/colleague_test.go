package api_test

import (
	"slices"
	"testing"

	"xinyuan/internal/app/apptest"
)

func TestColleaguesAreActiveMembersOfMyUnit(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 3)
	a := w.Call("member-1", "GET", "/api/v1/colleagues", nil).Want(200)
	var names []string
	for i := range a.Len("items") {
		names = append(names, a.Text("items", i, "userId"))
	}
	if slices.Contains(names, w.People["member-1"].String()) {
		t.Error("I am listed as my own colleague")
	}
	for _, name := range []string{"member-2", "member-3"} {
		if !slices.Contains(names, w.People[name].String()) {
			t.Errorf("%s of my unit is missing in %v", name, names)
		}
	}
	mine := w.Call("member-2", "GET", "/api/v1/memberships?mine=true", nil).Want(200).Text("items", 0, "id")
	w.Call("member-2", "POST", "/api/v1/memberships/"+mine+"/departure", nil).Want(200)
	if n := w.Call("member-1", "GET", "/api/v1/colleagues", nil).Want(200).Len("items"); n != len(names)-1 {
		t.Errorf("%d colleagues after one left, want %d", n, len(names)-1)
	}
	if n := w.Call("resident", "GET", "/api/v1/colleagues", nil).Want(200).Len("items"); n != 0 {
		t.Errorf("a resident has %d colleagues, want none", n)
	}
}

func TestTheInvitedSeeWhoAsks(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 3)
	wish := w.Open()
	w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", map[string]any{
		"participantIds": []any{w.People["member-2"]},
	}).Want(201)
	for persona, names := range map[string]int{"member-1": 1, "member-2": 1, "member-3": 0, "resident-2": 0} {
		claim := w.Call(persona, "GET", "/api/v1/wishes/"+wish, nil).Want(200)
		if n := claim.Len("claim", "participants"); n != names {
			t.Errorf("%s sees %d participants, want %d", persona, n, names)
		}
	}
}
