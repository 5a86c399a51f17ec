package api_test

import (
	"context"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// The pictures of a deed are for the resident, who did it, and staff; they stay
// so when the wish has come true, and a second delivery adds to the first.
func TestPicturesOfADelivery(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 4)
	wish := w.Open()
	invited := map[string]any{"participantIds": []any{w.People["member-2"], w.People["member-3"]}}
	claim := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", invited).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	w.Call("member-2", "POST", "/api/v1/claims/"+claim+"/acceptance", nil).Want(200)
	deliver := func(persona string, ids ...string) apptest.Answer {
		return w.Call(persona, "POST", "/api/v1/claims/"+claim+"/delivery", map[string]any{"note": "换好了", "photoIds": ids})
	}
	one, two := w.Upload("member-1"), w.Upload("member-1")
	deliver("member-1", w.Upload("member-2")).Refused(409, "picture_not_to_hand")
	deliver("member-1", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10").Refused(422, "invalid_input")
	deliver("member-4", one).Refused(404, "not_found")
	deliver("member-1", one).Want(200)
	seen := func(when string, want ...string) {
		t.Helper()
		for _, persona := range []string{"resident", "member-1", "member-2", "secretary", "county"} {
			wantPhotos(t, persona+" at the wish "+when, photos(w, persona, "/wishes/"+wish, "claim"), want...)
			wantPhotos(t, persona+" at the claim "+when, photos(w, persona, "/claims/"+claim, "claim"), want...)
		}
		wantPhotos(t, "who was only invited", photos(w, "member-3", "/claims/"+claim, "claim"))
		wantPhotos(t, "another member", photos(w, "member-4", "/wishes/"+wish, "claim"))
	}
	seen("first", one)
	answer := func(accepted bool) {
		t.Helper()
		w.Call("resident", "POST", "/api/v1/claims/"+claim+"/confirmation", map[string]any{"accepted": accepted}).Want(200)
	}
	answer(false)
	w.Clocks.Business.Advance(time.Hour)
	deliver("member-1", two).Want(200)
	seen("after the second", one, two)
	answer(true)
	seen("when it has come true", one, two)
	w.Healthy()
}

// Who has to settle a dispute, or to call back, sees what was delivered.
func TestApprovalsShowTheDeed(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	_, claim := w.Claimed("member-1")
	w.Call("street", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	note := map[string]any{"note": "换好了", "photoIds": []string{w.Upload("member-1")}}
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", note).Want(200)
	w.Clocks.Business.Advance(4 * 24 * time.Hour)
	a := w.Call("secretary", "GET", "/api/v1/approvals?kind=callback", nil).Want(200)
	if a.Len("items") != 1 || a.Len("items", 0, "photos") != 1 {
		t.Errorf("shown: %s", a.Raw)
	}
}

// Who decides for the street and has a post in the community, too, sees what was delivered as who decides does, once it
// waits for the street.
func TestApprovalsOfAPostWhoDecidesShowTheDeed(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	w.Grant("street", id.RoleGridWorker, w.Grid)
	_, claim := w.Claimed("member-1")
	w.Call("county", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	note := map[string]any{"note": "换好了", "photoIds": []string{w.Upload("member-1")}}
	w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", note).Want(200)
	w.Clocks.Business.Advance(7 * 24 * time.Hour)
	for persona, photos := range map[string]int{"street": 1, "grid": 0} {
		a := w.Call(persona, "GET", "/api/v1/approvals?kind=callback", nil).Want(200)
		if a.Len("items") != 1 || a.Len("items", 0, "photos") != photos {
			t.Errorf("%s is shown %s", persona, a.Raw)
		}
	}
}

// What was put nowhere for a day, and what was left of an upload that was killed,
// goes, files and row; what is part of a matter stays.
func TestForgottenPictures(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	sweep := func() {
		t.Helper()
		for range 2 { // marked, then taken away
			must(t, w.App.Photos.Sweep(context.Background()))
		}
	}
	kept, forgotten, fresh := w.Upload("resident"), w.Upload("resident"), w.Upload("resident")
	w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, kept)).Want(201)
	sweep()
	if n := len(files(t, w)); n != 6 {
		t.Fatalf("%d files after the first sweep", n)
	}
	_, err := w.App.DB.Pool().ExecContext(t.Context(), "UPDATE media SET created_at = created_at - INTERVAL 25 HOUR WHERE id <> ?", fresh)
	must(t, err)
	_, err = w.App.DB.Pool().ExecContext(t.Context(), "UPDATE media SET status = 'adding' WHERE id = ?", forgotten)
	must(t, err)
	// Killed between the mark and the files, and between the files and the row.
	must(t, w.App.Photos.Sweep(context.Background()))
	if n := len(files(t, w)); n != 6 {
		t.Errorf("%d files are left before the mark is committed", n)
	}
	sweep()
	if n := len(files(t, w)); n != 4 {
		t.Errorf("%d files, want 4", n)
	}
	if n := rowCount(t, w, "SELECT COUNT(*) FROM media"); n != 2 {
		t.Errorf("%d rows, want 2", n)
	}
	w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, forgotten)).Refused(409, "picture_not_to_hand")
	w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, fresh)).Want(201)
	w.Healthy()
}

// The sweep and somebody who uses the picture at last want it at once: either it
// is attached and stays, or it is gone and the person is told.
func TestSweepAgainstUse(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	for range 10 {
		photo := w.Upload("resident")
		_, err := w.App.DB.Pool().ExecContext(t.Context(), "UPDATE media SET created_at = created_at - INTERVAL 25 HOUR WHERE id = ?", photo)
		must(t, err)
		answers := together(4, func(i int) apptest.Answer {
			if i > 1 {
				must(t, w.App.Photos.Sweep(context.Background()))
				return w.Call("resident", "GET", "/api/v1/me", nil)
			}
			return w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, photo))
		})
		if a := answers[0]; a.Status != 201 {
			a.Refused(409, "picture_not_to_hand")
		}
	}
	w.Healthy()
}
