package api_test

import (
	"testing"

	"xinyuan/internal/app/apptest"
)

// Letters that cannot be seen are no text, and those that turn a text round are
// refused, wherever somebody writes about service, complaints and people.
func TestLettersThatCannotBeSeen(t *testing.T) {
	t.Parallel()
	m := settled(t)
	w := m.Town
	objection := object(m, "member-4", m.absence())
	reported := service(w, "resident", 8, 1).Want(201).Text("id")
	complaint := complain(w, "complaint").Text("id")
	done := m.record("member-3")["recordId"].(string)
	absent := m.absence()["signupId"]
	const events = "SELECT COUNT(*) FROM events"
	before := rowCount(t, w, events)
	for _, c := range []struct {
		persona, path, field string
		needed               string // the refusal of an empty text
		body                 map[string]any
	}{
		{"secretary", "/service-records/" + reported + "/review", "reason", "reason_required", map[string]any{"decision": "reject"}},
		{"secretary", "/service-records/" + done + "/correction", "reason", "reason_required", map[string]any{"minutes": 30}},
		{"secretary", "/objections/" + objection + "/review", "reason", "reason_required", map[string]any{"decision": "dismiss"}},
		{"member-3", "/objections", "text", "invalid_input", map[string]any{"recordId": done}},
		{"member-4", "/objections", "text", "invalid_input", map[string]any{"signupId": absent}},
		{"resident", "/complaints", "text", "invalid_input", map[string]any{"kind": "complaint", "nodeId": w.Home}},
		{"street", "/complaints/" + complaint + "/answer", "answer", "invalid_input", map[string]any{}},
		{"resident", "/complaints/" + complaint + "/reopening", "reason", "invalid_input", map[string]any{}},
		{"resident", "/me", "displayName", "invalid_input", map[string]any{}},
		{"resident", "/memberships", "realName", "invalid_input", map[string]any{"nodeId": w.Home, "unitId": w.Unit}},
	} {
		method := "POST"
		if c.path == "/me" {
			method = "PATCH"
		}
		for text, reason := range map[string]string{
			"\u200b\u2060": c.needed, "\u3164 \u2800\ufeff": c.needed, "说得\u202e清楚": "invalid_input", "清楚\u0007了": "invalid_input",
			"清\u200b楚": "invalid_input",
		} {
			c.body[c.field] = text
			a := w.Call(c.persona, method, "/api/v1"+c.path, c.body)
			if a.Status != 422 || a.Text("reason") != reason || reason == "invalid_input" && a.Text("fields", 0, "path") != c.field {
				t.Errorf("%s with %q as %s: %d %s", c.path, text, c.field, a.Status, a.Raw)
			}
		}
	}
	if after := rowCount(t, w, events); after != before {
		t.Errorf("%d events before, %d after", before, after)
	}
}

// A reason that nobody needs to give is none where nothing of it can be seen.
func TestReasonWithoutWords(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	record := service(w, "resident", 8, 1).Want(201).Text("id")
	body := map[string]any{"decision": "confirm", "reason": "\u200b"}
	w.Call("secretary", "POST", "/api/v1/service-records/"+record+"/review", body).Want(200)
	a := w.Call("resident", "GET", "/api/v1/service-records/"+record, nil).Want(200)
	for i := range a.Len("history") {
		if reason := a.At("history", i, "reason"); reason != nil && reason != "" {
			t.Errorf("the history gives %q as a reason", reason)
		}
	}
}
