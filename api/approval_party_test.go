package api_test

import (
	"slices"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// A matter in which the secretary is a party waits for the street at once.
func TestApprovalsOfAParty(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	wish := w.Call("secretary", "POST", "/api/v1/wishes", apptest.Draft(w.Home)).Want(201).Text("id")
	if got := waits(w, "secretary"); len(got) != 0 {
		t.Errorf("the secretary has %q", got)
	}
	if got := waits(w, "street"); !slices.Equal(got, []string{"wish " + wish}) {
		t.Errorf("the street has %q", got)
	}
	if got := inboxOf(w, "street"); len(got) != 1 { // of the office; what waits is a task
		t.Errorf("the street was told %q", got)
	}
}

// What is about the secretary's own phone waits for the street at once, whoever wrote it down.
func TestApprovalsOfAPartysPhone(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	secretarysPhone(w)
	post := employ(w, "member-1")
	wish := w.OnBehalf("member-1", ownPhone)
	endGrant(w, post)
	wantWaiting(w, map[string][]string{"secretary": nil, "street": {"wish " + wish}, "county": nil})
}

// What a community's only post wrote down and may not ask about waits for the street at once.
func TestApprovalsOfAPost(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	claim := (&walk{Town: w}).delivered(w.OnBehalf("grid", "13900000001"), "secretary", "member-2")
	endGrant(w, grantOf(w, "secretary"))
	wantWaiting(w, map[string][]string{"grid": nil, "street": {"callback " + claim}, "county": nil})
}

// Where a community has no post, its secretary asks, and the street only what the secretary may not.
func TestApprovalsWithoutAPost(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	claim := (&walk{Town: w}).delivered(w.OnBehalf("grid", "13900000001"), "street", "member-2")
	endGrant(w, grantOf(w, "grid"))
	give(w, "county", "member-1", "street", w.Street).Want(201)
	wantWaiting(w, map[string][]string{"secretary": {"callback " + claim}, "street": nil, "member-1": nil})
}

// What the secretary may not ask, who agreed to it, waits for the street, and only once its owner has been silent for
// three days.
func TestApprovalsOfAPartyOpenLater(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	_, claim := w.Delivered("member-1")
	endGrant(w, grantOf(w, "grid"))
	if got := waits(w, "street"); len(got) != 0 {
		t.Errorf("while the owner may answer the street has %q", got)
	}
	w.Clocks.Business.Advance(73 * time.Hour)
	if got := waits(w, "street"); !slices.Equal(got, []string{"callback " + claim}) {
		t.Errorf("after three days the street has %q", got)
	}
}

// Who decides for the street and for the county has what the community leaves for three days, as the street's staff do.
func TestApprovalsOfTwoLevels(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	w.Grant("county", id.RoleStreet, w.Street)
	wish := w.Post()
	for late, want := range [][]string{nil, {"wish " + wish}} {
		w.Clocks.Business.Advance(time.Duration(late) * 73 * time.Hour)
		for _, persona := range []string{"street", "county"} {
			if got := waits(w, persona); !slices.Equal(got, want) {
				t.Errorf("%s has %q, want %q", persona, got, want)
			}
		}
	}
}
