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
