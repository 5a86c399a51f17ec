package api_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"xinyuan/api"
)

// unwritten texts are codes and numbers, whose form says how long they are.
var unwritten = []string{"code", "category", "phone", "servicePhone", "device", "version"}

// TestEveryTextNamesItsLength holds that each text that a person writes says under x-letters how long it may be, by a
// name that the contract has a number for, and that maxLength never refuses what that number allows.
func TestEveryTextNamesItsLength(t *testing.T) {
	doc, err := api.Load()
	if err != nil {
		t.Fatal(err)
	}
	numbers, _ := doc.Extensions["x-letters"].(map[string]any)
	used := map[string]bool{}
	text := func(where, name string, s *openapi3.Schema) {
		if slices.Contains(unwritten, name) {
			return
		}
		length, named := s.Extensions["x-letters"].(string)
		var n uint64
		if _, err := fmt.Sscan(fmt.Sprint(numbers[length]), &n); !named || err != nil {
			t.Errorf("%s: name its length under x-letters, or list it as unwritten", where)
			return
		}
		used[length] = true
		if s.MaxLength == nil || *s.MaxLength < 2*n {
			t.Errorf("%s: maxLength refuses what %s allows with spaces around", where, length)
		}
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			where := method + " " + path
			for _, p := range op.Parameters {
				if p.Value.Name == "reason" {
					text(where+" reason", "reason", p.Value.Schema.Value)
				}
			}
			if op.RequestBody != nil && op.RequestBody.Value.Content["application/json"] != nil {
				eachText(where, op.RequestBody.Value.Content["application/json"].Schema.Value, text)
			}
		}
	}
	for name := range numbers {
		if !used[name] {
			t.Errorf("x-letters.%s is of no text", name)
		}
	}
}

// eachText visits the texts of a body that are neither ids, times nor choices.
func eachText(where string, s *openapi3.Schema, visit func(where, name string, s *openapi3.Schema)) {
	for name, ref := range s.Properties {
		p := ref.Value
		at := where + " " + name
		for p.Type.Is("array") {
			p = p.Items.Value
		}
		switch {
		case p.Type.Is("object"):
			eachText(at, p, visit)
		case p.Type.Is("string") && p.MaxLength != nil && p.Enum == nil && p.Pattern == "" && p.Format == "":
			visit(at, name, p)
		}
	}
	for _, part := range s.AllOf {
		eachText(where, part.Value, visit)
	}
}
