package api

import (
	"embed"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
)

//go:embed pages/*
var pages embed.FS

// docsOperation is an operation as the page shows it.
type docsOperation struct {
	Method, Path, ID, Summary, Description, Who string
	Body, Answer                                string
	Query                                       []docsParameter
}

type docsParameter struct{ Name, Shape, Description string }

type docsTag struct {
	Name, Description string
	Operations        []docsOperation
}

// registerDocs adds the contract and a page that shows it, which fetches
// nothing from anywhere.
func (s *server) registerDocs(e *echo.Echo) {
	e.GET("/openapi.yaml", func(c echo.Context) error {
		return c.Blob(http.StatusOK, "application/yaml; charset=utf-8", Contract)
	})
	page := template.Must(template.ParseFS(pages, "pages/docs.html"))
	e.GET("/docs", func(c echo.Context) error {
		doc, err := Load()
		if err != nil {
			return err
		}
		c.Response().Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		c.Response().Header().Set(echo.HeaderContentType, echo.MIMETextHTMLCharsetUTF8)
		return page.Execute(c.Response(), map[string]any{
			"Info": doc.Info, "Tags": docsTags(doc), "Reasons": doc.Components.Schemas["Reason"].Value.Enum,
			"Callers": Callers,
		})
	})
}

func docsTags(doc *openapi3.T) []docsTag {
	var tags []docsTag
	for _, t := range doc.Tags {
		tag := docsTag{Name: t.Name, Description: t.Description}
		for _, path := range doc.Paths.InMatchingOrder() {
			for method, op := range doc.Paths.Value(path).Operations() {
				if slices.Contains(op.Tags, t.Name) {
					tag.Operations = append(tag.Operations, describeOperation(method, path, op))
				}
			}
		}
		slices.SortFunc(tag.Operations, func(a, b docsOperation) int {
			return strings.Compare(a.Path+a.Method, b.Path+b.Method)
		})
		tags = append(tags, tag)
	}
	return tags
}

func describeOperation(method, path string, op *openapi3.Operation) docsOperation {
	d := docsOperation{
		Method: method, Path: "/api/v1" + path, ID: op.OperationID, Summary: op.Summary, Description: op.Description,
		Who: string(Access[op.OperationID]),
	}
	for _, p := range op.Parameters {
		if p.Value.In == openapi3.ParameterInQuery {
			d.Query = append(d.Query, docsParameter{p.Value.Name, scalar(p.Value.Schema.Value), p.Value.Description})
		}
	}
	if op.RequestBody != nil {
		for kind, media := range op.RequestBody.Value.Content {
			d.Body = strings.TrimPrefix(kind+" ", "application/json ") + shape(media.Schema, 0)
		}
	}
	for code, response := range op.Responses.Map() {
		if media := response.Value.Content.Get("application/json"); media != nil && strings.HasPrefix(code, "2") {
			d.Answer = code + " " + shape(media.Schema, 0)
		} else if strings.HasPrefix(code, "2") {
			d.Answer = code
		}
	}
	return d
}

// shape writes a schema as a short example of JSON: fields that may be missing
// have a question mark.
func shape(ref *openapi3.SchemaRef, depth int) string {
	v := ref.Value
	switch {
	case v.Type.Is("array"):
		return "[" + shape(v.Items, depth) + ", …]"
	case !v.Type.Is("object"):
		return scalar(v)
	case depth > 2:
		return "{…}"
	}
	names := make([]string, 0, len(v.Properties))
	for name := range v.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	parts := make([]string, len(names))
	for i, name := range names {
		optional := "?"
		if slices.Contains(v.Required, name) {
			optional = ""
		}
		parts[i] = name + optional + ": " + shape(v.Properties[name], depth+1)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func scalar(v *openapi3.Schema) string {
	if len(v.Enum) > 0 && len(v.Enum) < 9 {
		words := make([]string, len(v.Enum))
		for i, e := range v.Enum {
			words[i], _ = e.(string)
		}
		return strings.Join(words, " | ")
	}
	if v.Format == "date-time" {
		return "time"
	}
	for name := range v.Type.Slice() {
		return v.Type.Slice()[name]
	}
	return "any"
}
