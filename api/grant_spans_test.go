package api_test

import (
	"testing"

	"xinyuan/internal/app/apptest"
)

// One role at one place is held once at a time: grants that follow one another
// are apart, those that share a day are not.
func TestGrantsOneAfterAnother(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 2) // the day is 2026-03-11
	give := func(holder, role, from, until string) apptest.Answer {
		body := map[string]any{"userId": w.People[holder], "role": role, "nodeId": w.Grid}
		if from != "" {
			body["from"] = from
		}
		if until != "" {
			body["until"] = until
		}
		return w.Call("secretary", "POST", "/api/v1/grants", body)
	}
	const role = "building_head"
	give("member-1", role, "2026-04-01", "2026-04-30").Want(201)
	for _, c := range []struct {
		name, holder, role, from, until string
		status                          int
	}{
		{"the same days", "member-1", role, "2026-04-01", "2026-04-30", 409},
		{"its last day", "member-1", role, "2026-04-30", "2026-05-31", 409},
		{"until its first day", "member-1", role, "2026-03-20", "2026-04-01", 409},
		{"around it", "member-1", role, "2026-03-20", "2026-05-31", 409},
		{"from now without end", "member-1", role, "", "", 409},
		{"later, without end", "member-1", role, "2026-04-15", "", 409},
		{"until the day before", "member-1", role, "", "2026-03-31", 201},
		{"from the day after", "member-1", role, "2026-05-01", "2026-05-31", 201},
		{"after that, without end", "member-1", role, "2026-06-01", "", 201},
		{"after what has no end", "member-1", role, "2027-01-01", "2027-01-31", 409},
		{"another role", "member-1", "unit_head", "2026-04-01", "2026-04-30", 201},
		{"another person", "member-2", role, "2026-04-01", "2026-04-30", 201},
	} {
		a := give(c.holder, c.role, c.from, c.until)
		if a.Status != c.status || a.Status == 409 && a.Text("reason") != "grant_exists" {
			t.Errorf("%s: %d, want %d: %s", c.name, a.Status, c.status, a.Raw)
		}
	}
	w.Healthy()
}
