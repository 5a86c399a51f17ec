package api

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"
	"pgregory.net/rapid"
)

// plainValues are right here and wrong there, and what readers of numbers, words and lengths disagree about.
var plainValues = []string{
	"", "0", "1", "-1", "+1", "01", "1.0", "1e2", "20", "100", "101", "999999999", "9223372036854775807",
	"9323372036854775807", "true", "false", "True", "1 ", " 1", "null", "me", "mine", "all", "2026", "2026-03", "2026Q1",
	"points", "minutes", "member", "unit", "csv", "open", "a,b", "a|b", "a b", "愿", "é", "a\nb", "a\u200bb", "\x7f", "\xff",
	"2026-03-11", "2026-03-11T00:00:00Z", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
}

// What is accepted in short, the contract's validator accepts too, and leaves the same values behind.
func TestPlainIsNeverMoreThanTheContract(t *testing.T) {
	t.Parallel()
	doc, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	all := routes(doc)
	names := slices.Sorted(maps.Keys(all))
	rapid.Check(t, func(r *rapid.T) {
		name := rapid.SampledFrom(names).Draw(r, "operation")
		if simple := compilePlain(all[name].PathItem, all[name].Operation); simple != nil {
			checkPlain(r, all[name], simple)
		}
	})
}

// What is asked for most is accepted in short.
func TestPlainAcceptsWhatIsAskedMost(t *testing.T) {
	t.Parallel()
	doc, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	all := routes(doc)
	for name, query := range map[string]string{
		"getLeaderboard": "period=2026&nodeId=157336731649919733&around=me&rights=true&subject=unit",
		"listWishes":     "nodeId=157336731649919733&limit=50&cursor=157336731649919733&category=errand",
		"getWish":        "", "listInbox": "limit=100", "getMe": "",
	} {
		simple := compilePlain(all[name].PathItem, all[name].Operation)
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/?"+query, nil)
		c := echo.New().NewContext(request, httptest.NewRecorder())
		c.SetParamNames("wishId")
		c.SetParamValues("157336731649919733")
		if simple == nil || !simple.accepts(c) {
			t.Errorf("%s?%s goes the long way", name, query)
		}
	}
}

// checkPlain draws a request, and holds what is accepted in short against the contract.
func checkPlain(r *rapid.T, route *routers.Route, simple *plain) {
	params, query := map[string]string{}, url.Values{}
	draw := func(label string) string {
		var words []string
		for _, p := range route.Operation.Parameters {
			for _, word := range p.Value.Schema.Value.Enum {
				text, _ := word.(string)
				words = append(words, text)
			}
		}
		return rapid.OneOf(rapid.SampledFrom(append(words, plainValues...)), rapid.String(),
			rapid.StringMatching(`[1-9][0-9]{0,18}`)).Draw(r, label)
	}
	for _, p := range route.Operation.Parameters {
		name := p.Value.Name
		if p.Value.In == "path" {
			params[name] = draw(name)
			continue
		}
		for range rapid.SampledFrom([]int{0, 0, 0, 0, 0, 1, 1, 2}).Draw(r, name+" times") {
			query.Add(name, draw(name))
		}
	}
	request := httptest.NewRequestWithContext(r.Context(), http.MethodGet, "/?"+query.Encode(), nil)
	c := echo.New().NewContext(request, httptest.NewRecorder())
	c.SetParamNames(slices.Collect(maps.Keys(params))...)
	values := make([]string, 0, len(params))
	for _, name := range c.ParamNames() {
		values = append(values, params[name])
	}
	c.SetParamValues(values...)
	if !hasOneLine(c.QueryParams()) || !simple.accepts(c) {
		return
	}
	err := openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
		Request: request, PathParams: params, Route: route,
		Options: &openapi3filter.Options{MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	})
	if err != nil {
		r.Fatalf("accepted in short: %v %v\nthe contract: %v", params, query, err)
	}
	if bad := brokenLines(route.Operation, request); bad != nil {
		r.Fatalf("accepted in short: %v\nthe lines: %v", query, bad)
	}
	left := request.URL.Query()
	if !maps.EqualFunc(left, c.QueryParams(), slices.Equal) {
		r.Fatalf("the contract leaves %v, the short way %v", left, c.QueryParams())
	}
}
