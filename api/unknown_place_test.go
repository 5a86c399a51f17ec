package api_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"xinyuan/api"
	"xinyuan/internal/app/apptest"
)

// A place that is not there is not found, in every operation whose path or query names one and whoever asks: the
// contract says which these are.
func TestUnknownPlacesAreNotFound(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	contract, err := api.Load()
	must(t, err)
	asked := 0
	for path, item := range contract.Paths.Map() {
		for method, op := range item.Operations() {
			for _, p := range slices.Concat(item.Parameters, op.Parameters) {
				if schemaName(p.Value.Schema) != "NodeId" {
					continue
				}
				asked++
				at, body := aboutNode(t, path, op, p.Value)
				for _, persona := range []string{
					"resident", "member-1", "leader", "grid", "unit", "secretary", "street", "county", "auditor",
				} {
					if a := w.Call(persona, method, at, body); a.Status != 404 || a.Text("reason") != "not_found" {
						t.Errorf("%s asks %s %s: %d %s", persona, method, at, a.Status, a.Raw)
					}
				}
			}
		}
	}
	if asked < 30 {
		t.Errorf("%d parameters name a place", asked)
	}
}

// aboutNode is a request of the operation that names an unknown node in the parameter, and has all else that the
// contract wants.
func aboutNode(t *testing.T, path string, op *openapi3.Operation, node *openapi3.Parameter) (at string, body any) {
	t.Helper()
	known := map[string]string{"month": "2026-02", "period": "2026Q1", "place": "3号楼", "day": "2026-03-11"}
	query := url.Values{}
	for _, p := range op.Parameters {
		value := known[p.Value.Name]
		switch {
		case p.Value == node:
			value = "77"
		case !p.Value.Required:
			continue
		case len(p.Value.Schema.Value.Enum) > 0:
			value, _ = p.Value.Schema.Value.Enum[0].(string)
		}
		if value == "" {
			t.Fatalf("%s wants %s, of which this test knows nothing", op.OperationID, p.Value.Name)
		}
		if p.Value.In == openapi3.ParameterInPath {
			path = strings.Replace(path, "{"+p.Value.Name+"}", value, 1)
			continue
		}
		query.Set(p.Value.Name, value)
	}
	if op.OperationID == "updateNode" {
		body = map[string]any{"servicePhone": "0435-3912345"}
	}
	return "/api/v1" + path + "?" + query.Encode(), body
}

// In a body a place that is not there is bad input, in every operation that takes one: whoever filled the form in chose
// wrong.
func TestUnknownPlacesAreBadInput(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	w.Grant("member-1", "responder", w.Unit)
	wish, member := apptest.Draft(w.Home), w.People["member-1"]
	forms := map[string]struct {
		persona string
		body    doc // but the place
	}{
		"createMembership": {"resident", doc{"unitId": w.Unit, "realName": "王建国"}},
		"createGrant":      {"county", doc{"userId": member, "role": "building_head"}},
		"createDelegation": {"secretary", doc{"deputyId": member, "from": "2026-03-11", "until": "2026-03-11"}},
		"createNeed":       {"resident", doc{"category": "housing", "place": "3号楼", "text": "楼道的灯坏了"}},
		"createVisit":      {"county", doc{"place": "活动室", "startsAt": "2026-03-20T10:00:00Z", "endsAt": "2026-03-20T12:00:00Z"}},
		"inviteVisit":      {"secretary", doc{"place": "活动室", "subject": "供暖"}},
		"createAgreement": {"secretary", doc{"unitId": w.Unit, "year": 2026, "lines": []doc{
			{"kind": "service", "text": "入户帮扶", "quantity": 20, "quarter": 2},
		}}},
		"createProject":   {"secretary", doc{"title": "修路", "text": "把楼前的路修平", "forAll": true}},
		"createBrand":     {"secretary", doc{"unitId": w.Unit, "name": "五民工程", "text": "给老人办实事", "forWhom": "老人"}},
		"createAdmission": {"member-1", doc{"unitId": w.Unit, "what": "统计户数", "reason": "上级要求", "from": "2026-03-20", "until": "2026-04-20"}},
		"createComplaint": {"resident", doc{"kind": "complaint", "text": "垃圾没有人收"}},
		"createTeam":      {"secretary", doc{"name": "扫雪队", "leaderId": member}},
		"createWish":      {"resident", wish},
		"createServiceRecord": {"member-1", doc{
			"title": "送餐", "startedAt": "2026-03-10T01:00:00Z", "endedAt": "2026-03-10T02:00:00Z", "note": "送到三楼",
		}},
	}
	contract, err := api.Load()
	must(t, err)
	for path, item := range contract.Paths.Map() {
		for method, op := range item.Operations() {
			if op.RequestBody == nil || op.RequestBody.Value.Content.Get("application/json") == nil {
				continue
			}
			properties := op.RequestBody.Value.Content.Get("application/json").Schema.Value.Properties
			if properties["nodeId"] == nil {
				continue
			}
			form, known := forms[op.OperationID]
			if !known {
				t.Errorf("%s takes a place, and this test does not know its form", op.OperationID)
				continue
			}
			form.body["nodeId"] = "77"
			a := w.Call(form.persona, method, "/api/v1"+path, form.body)
			if a.Status == 422 && a.Text("reason") == "not_a_community" {
				continue
			}
			if a.Refused(422, "invalid_input"); a.Len("fields") != 1 || a.Text("fields", 0, "path") != "nodeId" {
				t.Errorf("%s: %s", op.OperationID, a.Raw)
			}
		}
	}
}
