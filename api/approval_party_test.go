package api_test

import (
	"slices"
	"testing"

	"xinyuan/internal/app/apptest"
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
	for persona, want := range map[string][]string{"secretary": nil, "street": {"wish " + wish}, "county": nil} {
		if got := waits(w, persona); !slices.Equal(got, want) {
			t.Errorf("%s has %q", persona, got)
		}
	}
}

// What a community's only post wrote down and may not ask about waits for the street at once.
func TestApprovalsOfAPost(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	claim := (&walk{Town: w}).delivered(w.OnBehalf("grid", "13900000001"), "secretary", "member-2")
	endGrant(w, grantOf(w, "secretary"))
	for persona, want := range map[string][]string{"grid": nil, "street": {"callback " + claim}, "county": nil} {
		if got := waits(w, persona); !slices.Equal(got, want) {
			t.Errorf("%s has %q", persona, got)
		}
	}
}

// Where a community has no post, its secretary asks, and the street only what the secretary may not.
func TestApprovalsWithoutAPost(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	claim := (&walk{Town: w}).delivered(w.OnBehalf("grid", "13900000001"), "street", "member-2")
	endGrant(w, grantOf(w, "grid"))
	give(w, "county", "member-1", "street", w.Street).Want(201)
	for persona, want := range map[string][]string{"secretary": {"callback " + claim}, "street": nil, "member-1": nil} {
		if got := waits(w, persona); !slices.Equal(got, want) {
			t.Errorf("%s has %q", persona, got)
		}
	}
}
