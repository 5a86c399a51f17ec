package api_test

import (
	"net/http"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
)

const records = "/api/v1/service-records"

// pictured is a report of the person's in Home with these pictures, on the day
// before, for so many hours from the hour on.
func pictured(w *apptest.Town, hour, hours int, photos ...string) map[string]any {
	w.T.Helper()
	from := clock.Day(w.App.DB.Now()).AddDate(0, 0, -1).Add(time.Duration(hour) * time.Hour)
	return map[string]any{
		"nodeId": w.Home, "title": "给独居老人送餐", "startedAt": from, "endedAt": from.Add(time.Duration(hours) * time.Hour),
		"note": "三户人家", "photoIds": append([]string{}, photos...),
	}
}

// The pictures of a report are for who wrote it and for staff, at every stage and
// for good; nobody else knows of the record.
func TestPicturesOfAReport(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	one, two := w.Upload("resident"), w.Upload("resident")
	made := w.Call("resident", "POST", records, pictured(w, 8, 9, two, one, two)).Want(201) // nine hours rise to the street
	record := made.Text("id")
	path := "/service-records/" + record
	seen := func(when string) {
		t.Helper()
		for _, persona := range []string{"resident", "secretary", "grid", "street", "county", "auditor"} {
			wantPhotos(t, persona+" "+when, photos(w, persona, path, "record"), two, one)
		}
		for _, persona := range []string{"resident-2", "member-1", "leader", "unit"} {
			w.Call(persona, "GET", "/api/v1"+path, nil).Refused(404, "not_found")
		}
		for _, list := range []string{records, records + "?mine=false&nodeId=" + w.Home.String()} {
			if a := w.Call("secretary", "GET", list, nil).Want(200); a.At("items", 0, "photos") != nil {
				t.Errorf("%s: a list shows %s", when, a.Raw)
			}
		}
	}
	waits := func(persona string) {
		t.Helper()
		a := w.Call(persona, "GET", "/api/v1/approvals?kind=service", nil).Want(200)
		if a.Len("items") != 1 || a.Len("items", 0, "photos") != 2 {
			t.Errorf("%s is to decide about %s", persona, a.Raw)
		}
	}
	seen("while it waits")
	waits("secretary")
	w.Call("secretary", "POST", "/api/v1"+path+"/review", confirm).Want(200)
	seen("while it waits above")
	waits("street")
	w.Call("street", "POST", "/api/v1"+path+"/review", confirm).Want(200)
	seen("once it is credited")
	objection := map[string]any{"recordId": record, "text": "我还多做了一会儿"}
	w.Call("resident", "POST", "/api/v1/objections", objection).Want(201)
	seen("while it is objected to")
	w.Healthy()
}

// A report across midnight makes two records, and both show its pictures.
func TestPicturesAcrossMidnight(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	body := pictured(w, -1, 2, w.Upload("resident"))
	made := w.Call("resident", "POST", records, body).Want(201)
	wantPhotos(t, "the first day", photos(w, "secretary", "/service-records/"+made.Text("id"), "record"), body["photoIds"].([]string)...)
	wantPhotos(t, "the second", photos(w, "secretary", "/service-records/"+made.Text("continuedIn"), "record"), body["photoIds"].([]string)...)
	w.Call("resident", "POST", records, pictured(w, 1, 1, w.Upload("resident"))).Want(201) // begins where that ended
	wantPhotos(t, "the second beside another", photos(w, "secretary", "/service-records/"+made.Text("continuedIn"), "record"), body["photoIds"].([]string)...)
	a := w.Call("secretary", "GET", "/api/v1/approvals?kind=service", nil).Want(200)
	for i := range 3 {
		if a.Len("items", i, "photos") != 1 {
			t.Errorf("of three items, %d shows %s", i, a.Raw)
		}
	}
	w.Healthy()
}

// Only one's own pictures, only those that wait, and at most six; who is refused
// has written nothing, and may use them again.
func TestPicturesThatNoReportTakes(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	foreign, own, other := w.Upload("resident-2"), w.Upload("resident"), w.Upload("resident")
	for _, ids := range [][]string{{foreign}, {own, foreign}, {"123"}} {
		a := w.Call("resident", "POST", records, pictured(w, 8, 1, ids...)).Refused(409, "picture_not_to_hand")
		if at := a.Text("fields", 0, "path"); at != []string{"photoIds.0", "photoIds.1"}[len(ids)-1] {
			t.Errorf("%v: at %s", ids, at)
		}
	}
	w.Call("resident", "POST", records, pictured(w, 8, 1, "x")).Refused(422, "invalid_input")
	a := w.Call("resident", "POST", records, pictured(w, 8, 1, "1", "2", "3", "4", "5", "6", "7")).Refused(422, "invalid_input")
	if a.Text("fields", 0, "path") != "photoIds" {
		t.Errorf("too many: %s", a.Raw)
	}
	if n := rowCount(t, w, "SELECT COUNT(*) FROM service_records"); n != 0 {
		t.Errorf("%d records of refused reports", n)
	}
	w.Call("resident", "POST", records, pictured(w, 8, 1, own)).Want(201)
	w.Call("resident", "POST", records, pictured(w, 8, 1, other)).Refused(409, "service_overlap")
	w.Call("resident", "POST", records, pictured(w, 10, 1, own)).Refused(409, "picture_not_to_hand")
	w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, own)).Refused(409, "picture_not_to_hand")
	w.Call("resident", "POST", records, pictured(w, 10, 1, other)).Want(201)
	w.Healthy()
}

// Two reports want one picture at once: one has it.
func TestOnePictureForManyReports(t *testing.T) {
	t.Parallel()
	const racers = 12
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	photo := w.Upload("resident")
	answers := together(racers, func(i int) apptest.Answer {
		return w.Call("resident", "POST", records, pictured(w, i, 1, photo))
	})
	if got := count(answers); got["201"] != 1 || got["409 picture_not_to_hand"] != racers-1 {
		t.Errorf("answers: %v", got)
	}
	if n := rowCount(t, w, "SELECT COUNT(*) FROM service_records"); n != 1 {
		t.Errorf("%d records", n)
	}
	w.Healthy()
}

// A repeated request with its key is told the same, not that its picture is gone;
// what a report has is not swept away.
func TestKeyedReportWithAPicture(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	photo := w.Upload("resident")
	body, key := pictured(w, 8, 1, photo), http.Header{"Idempotency-Key": {"a-report-with-a-picture"}}
	first := w.CallWith(key.Clone(), "resident", records, body).Want(201).Text("id")
	if again := w.CallWith(key.Clone(), "resident", records, body).Want(201).Text("id"); again != first {
		t.Errorf("a second record %s beside %s", again, first)
	}
	w.Upload("resident") // that nobody puts anywhere
	_, err := w.App.DB.Pool().ExecContext(t.Context(), "UPDATE media SET created_at = created_at - INTERVAL 25 HOUR")
	must(t, err)
	for range 2 {
		must(t, w.App.Photos.Sweep(t.Context()))
	}
	wantPhotos(t, "after the sweep", photos(w, "resident", "/service-records/"+first, "record"), photo)
	if n := rowCount(t, w, "SELECT COUNT(*) FROM media"); n != 1 {
		t.Errorf("%d pictures are left", n)
	}
	w.Healthy()
}
