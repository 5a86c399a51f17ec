package api_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"

	"xinyuan/internal/app/apptest"
)

// reading is where the contract reads a thing of a schema: a path that ends in its id, and the property of the answer
// that holds it; empty: the answer itself.
type reading struct{ path, property string }

// onlyRead are what writes of older things leave to whoever reads them next: names beside ids, and pictures. They leave
// it out and never say something else, and no other thing does so.
var onlyRead = map[string][]string{
	"Wish": {"photos"}, "Claim": {"claimant", "membershipId", "photos"}, "ServiceRecord": {"photos", "recorder"},
	"Complaint": {"authorName", "deskName", "nodeName"},
	"MembershipDetail": {
		"listedPhone", "listedWithoutPhone", "mayDecide", "nodeName", "phoneVerified", "unitName",
	},
}

// readings are where things are read, by the names of their schemas.
func readings(contract *openapi3.T) map[string]reading {
	all := map[string]reading{}
	for path, item := range contract.Paths.Map() {
		if item.Get == nil || strings.Count(path, "{") != 1 || !strings.HasSuffix(path, "}") {
			continue
		}
		answer := answerOf(item.Get)
		if answer == nil {
			continue
		}
		at := path[:strings.Index(path, "{")]
		for property, schema := range answer.Value.Properties {
			if name := schemaName(schema); name != "" && slices.Contains(answer.Value.Required, property) {
				all[name] = reading{at, property}
			}
		}
		all[schemaName(answer)] = reading{at, ""}
	}
	return all
}

// answerOf is the schema of what an operation answers; nil: none.
func answerOf(op *openapi3.Operation) *openapi3.SchemaRef {
	for _, status := range []string{"200", "201"} {
		if r := op.Responses.Value(status); r != nil && r.Value.Content.Get("application/json") != nil {
			return r.Value.Content.Get("application/json").Schema
		}
	}
	return nil
}

func schemaName(schema *openapi3.SchemaRef) string {
	if schema.Ref == "" && len(schema.Value.AllOf) == 1 {
		schema = schema.Value.AllOf[0]
	}
	return schema.Ref[strings.LastIndex(schema.Ref, "/")+1:]
}

// readsTheSame reads what a write has answered, and wants to be told the same.
func (r *rehearsal) readsTheSame(route *routers.Route, token string, a apptest.Answer) {
	r.T.Helper()
	schema := answerOf(route.Operation)
	if schema == nil || token == "" {
		return
	}
	var answer map[string]any
	must(r.T, json.Unmarshal(a.Raw, &answer))
	parts := []any{answer}
	if list := schema.Value.Properties["items"]; list != nil {
		schema = list.Value.Items
		parts, _ = answer["items"].([]any)
	}
	at, found := readings(route.Spec)[schemaName(schema)]
	for _, part := range parts {
		told, _ := part.(map[string]any)
		id, _ := told["id"].(string)
		if !found || id == "" {
			return
		}
		rewind := r.ids.Mark()
		read := r.SendWith(http.Header{}, token, http.MethodGet, "/api/v1"+at.path+id, nil)
		rewind()
		if read.Status != http.StatusOK {
			continue // it is the writer's no more
		}
		var now map[string]any
		must(r.T, json.Unmarshal(read.Raw, &now))
		if at.property != "" {
			now, _ = now[at.property].(map[string]any)
		}
		settleAll(told)
		settleAll(now)
		for key := range now {
			short := slices.Contains(onlyRead[schemaName(schema)], key) && told[key] == nil
			if !short && !reflect.DeepEqual(told[key], now[key]) {
				r.T.Errorf("%s answers %s %v, which is then read as %v", route.Operation.OperationID, key, told[key], now[key])
			}
		}
		for key := range told {
			if now[key] == nil && told[key] != nil {
				r.T.Errorf("%s answers %s %v, which nobody reads then", route.Operation.OperationID, key, told[key])
			}
		}
	}
}
