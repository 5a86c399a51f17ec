package api_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
)

// A person's own contact is kept for the next wish, sealed, with the day of the
// consent; nobody else reads it, and taking the consent back deletes it.
func TestKeptContact(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	const path = "/api/v1/me/contact"
	contact := map[string]any{"name": "刘秀兰", "phone": "138 0000 1234", "address": "茂山新村 3 栋"}
	if a := w.Call("resident", "GET", path, nil).Want(200); a.At("contact") != nil {
		t.Errorf("something is kept: %s", a.Raw)
	}
	w.Call("resident", "POST", path, map[string]any{"name": "刘秀兰", "phone": "123", "address": "x"}).Refused(422, "invalid_input")
	w.Call("resident", "POST", path, contact).Want(200)
	a := w.Call("resident", "POST", path, contact).Want(200) // twice
	if a.Text("consentedAt") != "2026-03-11T04:00:00Z" {
		t.Errorf("consent of %s", a.Raw)
	}
	a = w.Call("resident", "GET", path, nil).Want(200)
	if a.Text("contact", "phone") != "13800001234" || a.Text("contact", "address") != "茂山新村 3 栋" {
		t.Errorf("kept: %s", a.Raw)
	}
	for _, other := range []string{"resident-2", "secretary", "county"} {
		if a := w.Call(other, "GET", path, nil).Want(200); a.At("contact") != nil {
			t.Errorf("%s reads it: %s", other, a.Raw)
		}
	}
	w.Call("resident", "DELETE", path, nil).Want(204)
	w.Call("resident", "DELETE", path, nil).Want(204)
	if a := w.Call("resident", "GET", path, nil).Want(200); a.At("contact") != nil || a.At("consentedAt") != nil {
		t.Errorf("still kept: %s", a.Raw)
	}
	w.Healthy()
}

// A wish says how long it takes, when a visit suits and, where its asker agrees,
// the estate; never so in a sensitive category, and never a door.
func TestWhatDecidesAClaim(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	draft := apptest.Draft(w.Home)
	draft["effort"], draft["suits"], draft["estate"] = "half_hour", "weekend", "茂山新村"
	draft["description"] = "" // the title says it all
	wish := w.Call("resident", "POST", "/api/v1/wishes", draft).Want(201).Text("id")
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", map[string]any{"decision": "publish"}).Want(200)
	a := w.Call("member-1", "GET", "/api/v1/wishes", nil).Want(200)
	if a.Text("items", 0, "effort") != "half_hour" || a.Text("items", 0, "suits") != "weekend" || a.Text("items", 0, "estate") != "茂山新村" {
		t.Errorf("the hall says %s", a.Raw)
	}
	for _, wrong := range []string{"茂山新村3栋", "茂山新村 2 单元", "13800001234", strings.Repeat("长", 13)} {
		draft["estate"] = wrong
		w.Call("resident", "POST", "/api/v1/wishes", draft).Refused(422, "invalid_input")
	}
	draft["estate"], draft["suits"] = "茂山新村", "alone"
	w.Call("resident", "POST", "/api/v1/wishes", draft).Refused(422, "invalid_input")
	draft["suits"], draft["category"] = "by_phone", "health"
	if a := w.Call("resident", "POST", "/api/v1/wishes", draft).Want(201); a.At("estate") != nil || a.Text("suits") != "by_phone" {
		t.Errorf("a sensitive wish says %s", a.Raw)
	}
}
