package api_test

import (
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/importer"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
)

// Report-in: asked for, approved, moved, left; once is enough.
func TestReportIn(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	ask := func(persona string, node any) apptest.Answer {
		return w.Call(persona, "POST", "/api/v1/memberships", map[string]any{
			"nodeId": node, "unitId": w.Unit, "realName": "李国强",
		})
	}
	review := func(persona, id string, body map[string]any) apptest.Answer {
		return w.Call(persona, "POST", "/api/v1/memberships/"+id+"/review", body)
	}
	yes := map[string]any{"decision": "approve"}
	first := ask("resident-2", w.Home).Want(201)
	if first.Text("status") != "requested" || first.Text("nameLabel") != "李*强" {
		t.Errorf("the request: %s", first.Raw)
	}
	id := first.Text("id")
	ask("resident-2", w.Far).Refused(409, "membership_pending")
	wish := w.Open()
	w.Call("resident-2", "POST", "/api/v1/wishes/"+wish+"/claims", nil).Refused(403, "not_member")

	review("leader", id, yes).Refused(404, "not_found")
	review("member-1", id, yes).Refused(404, "not_found")
	review("auditor", id, yes).Refused(403, "not_your_community")
	review("resident-2", id, yes).Refused(403, "party_to_matter")
	review("secretary", "123", yes).Refused(404, "not_found")
	review("secretary", id, map[string]any{"decision": "reject"}).Refused(422, "reason_required")
	for persona, n := range map[string]int{"secretary": 1, "street": 1, "county": 1, "unit": 1, "leader": 0} {
		if a := w.Call(persona, "GET", "/api/v1/memberships", nil).Want(200); a.Len("items") != n {
			t.Errorf("%s sees %s", persona, a.Raw)
		}
	}
	w.Call("member-1", "GET", "/api/v1/memberships", nil).Refused(403, "forbidden")
	review("secretary", id, yes).Want(200)
	review("secretary", id, yes).Refused(409, "membership_state")
	w.Call("resident-2", "POST", "/api/v1/wishes/"+wish+"/claims", nil).Want(201)

	moved := ask("resident-2", w.Far).Want(201).Text("id")
	review("leader", moved, yes).Want(200)
	me := w.Call("resident-2", "GET", "/api/v1/me", nil).Want(200)
	if me.Text("membership", "nodeId") != w.Far.String() {
		t.Errorf("after moving: %s", me.Raw)
	}
	w.Call("member-1", "POST", "/api/v1/memberships/"+moved+"/departure", nil).Refused(404, "not_found")
	w.Call("resident-2", "POST", "/api/v1/memberships/"+moved+"/departure", nil).Want(200)
	w.Call("resident-2", "POST", "/api/v1/memberships/"+moved+"/departure", nil).Refused(409, "membership_state")
	if got := w.Call("resident", "GET", "/api/v1/wishes/"+wish, nil).Want(200).Text("wish", "status"); got != "open" {
		t.Errorf("the claim of who left: the wish is %s", got)
	}
	if a := w.Call("resident-2", "GET", "/api/v1/memberships?mine=true", nil).Want(200); a.Len("items") != 2 {
		t.Errorf("my report-ins: %s", a.Raw)
	}
	rejected := ask("resident-2", w.Home).Want(201).Text("id")
	review("secretary", rejected, map[string]any{"decision": "reject", "reason": "请写单位全称"}).Want(200)
	w.Healthy()
}

func TestReportInBadInput(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	for _, c := range []struct {
		node, unit any
		name       string
		reason     string
	}{
		{w.Street, w.Unit, "李国强", "not_a_community"}, {w.Home, w.Home, "李国强", "not_a_unit"},
		{"77", w.Unit, "李国强", "not_a_community"}, {w.Home, "77", "李国强", "not_a_unit"},
		{w.Home, w.Unit, " 李 ", "invalid_input"}, {w.Home, w.Unit, "", "invalid_input"},
	} {
		w.Call("resident", "POST", "/api/v1/memberships", map[string]any{
			"nodeId": c.node, "unitId": c.unit, "realName": c.name,
		}).Refused(422, c.reason)
	}
}

// A name on the unit's roster, as an office writes it, needs no decision; another
// name, or the same at another unit, does.
func TestReportInByRoster(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	var other id.Node
	err := w.App.DB.Tx(t.Context(), func(tx *mysql.Tx) (err error) {
		other, err = org.Add(tx, org.Node{Kind: org.KindUnit, Name: "县气象局", ParentID: &w.Home})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	table := strings.NewReader("姓名,单位,报到社区\n\uf9e1　国强,县供电公司,\n阿依古丽•买买提,县供电公司,\n")
	_, err = importer.Roster(t.Context(), w.App.DB, w.App.Sealer, table, importer.Options{Commit: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		persona, name string
		unit          id.Node
		status        string
	}{
		{"resident", "李国强", w.Unit, "active"}, {"resident-2", "阿依古丽·买买提", w.Unit, "active"},
		{"grid", "李国强", other, "requested"}, {"leader", "李国", w.Unit, "requested"},
	} {
		a := w.Call(c.persona, "POST", "/api/v1/memberships", map[string]any{
			"nodeId": w.Home, "unitId": c.unit, "realName": c.name,
		}).Want(201)
		if a.Text("status") != c.status {
			t.Errorf("%s of %s is %s, want %s", c.name, c.unit, a.Raw, c.status)
		}
	}
	w.Healthy()
}

// Twenty taps on the button: one request.
func TestTwentyReportIns(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	w.Token("resident")
	got := count(together(20, func(int) apptest.Answer {
		return w.Call("resident", "POST", "/api/v1/memberships", map[string]any{
			"nodeId": w.Home, "unitId": w.Unit, "realName": "李国强",
		})
	}))
	if got["201"] != 1 || got["409 membership_pending"] != 19 {
		t.Errorf("answers: %v", got)
	}
	w.Healthy()
}
