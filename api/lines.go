package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"

	"xinyuan/internal/fault"
)

// manyLines are the properties of bodies that may have several lines: what people write as a text. Every other string
// is one line, so that a new field cannot forget it.
var manyLines = []string{
	"answer", "comment", "description", "health", "intro", "note", "reason", "skills", "text",
}

// brokenLines refuses what is no letter in a query, and a line break and other letters that nobody sees where a field
// has one line. Error: fault.ReasonInvalidInput, with what is wrong in each field.
func brokenLines(op *openapi3.Operation, r *http.Request) error {
	e := fault.New(fault.ReasonInvalidInput)
	for _, p := range op.Parameters {
		if p.Value.In != openapi3.ParameterInQuery {
			continue
		}
		for _, value := range r.URL.Query()[p.Value.Name] {
			if !utf8.ValidString(value) {
				unread := fault.Field{Path: p.Value.Name, Message: "这里有认不出的字，请重新填写。"}
				e.Fields = append(e.Fields, unread)
			} else if !slices.Contains(manyLines, p.Value.Name) {
				e.Fields = append(e.Fields, checkLine(p.Value.Name, value)...)
			}
		}
	}
	if op.RequestBody != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return badInput(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		var value any
		if len(body) > 0 && json.Unmarshal(body, &value) == nil {
			e.Fields = append(e.Fields, checkLines("", "", value)...)
		}
	}
	if len(e.Fields) == 0 {
		return nil
	}
	return e
}

func checkLines(path, name string, value any) []fault.Field {
	var bad []fault.Field
	switch v := value.(type) {
	case map[string]any:
		for key, part := range v {
			bad = append(bad, checkLines(strings.TrimPrefix(path+"."+key, "."), key, part)...)
		}
	case []any:
		for i, part := range v {
			bad = append(bad, checkLines(fmt.Sprintf("%s.%d", path, i), name, part)...)
		}
	case string:
		if !slices.Contains(manyLines, name) {
			bad = checkLine(path, v)
		}
	}
	slices.SortFunc(bad, func(a, b fault.Field) int { return strings.Compare(a.Path, b.Path) })
	return bad
}

func checkLine(path, value string) []fault.Field {
	if letter, found := fault.BrokenLine(value); found {
		return []fault.Field{{Path: path, Message: fmt.Sprintf("这里只写一行，里面有%s，请删掉。", fault.Describe(letter))}}
	}
	return nil
}
