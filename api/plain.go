package api

import (
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
)

// Most requests have a few plain parameters: an id, a word of a list, a small number.
// What the contract says of those is compiled once, and held against them at the cost of
// reading them. Whatever is not plainly right goes to the contract's own validator, which alone
// refuses, and says why.

// plain are the parameters of an operation without a body.
type plain struct {
	path, query []plainParameter
}

// plainParameter is one of them.
type plainParameter struct {
	name     string
	required bool
	absent   string // what it says when it is not there; "" for nothing
	accepts  func(string) bool
}

// compilePlain is nil for an operation that the contract's validator has to see each time.
func compilePlain(item *openapi3.PathItem, op *openapi3.Operation) *plain {
	if op.RequestBody != nil || len(item.Parameters) > 0 {
		return nil
	}
	all := &plain{}
	for _, ref := range op.Parameters {
		p := ref.Value
		if p.Schema == nil || p.Content != nil || p.AllowEmptyValue || p.Style != "" || p.Explode != nil {
			return nil
		}
		one := plainParameter{name: p.Name, required: p.Required, accepts: compileSchema(p.Schema.Value)}
		switch value := p.Schema.Value.Default.(type) {
		case nil:
		case string:
			one.absent = value
		case float64:
			one.absent = strconv.FormatFloat(value, 'f', -1, 64)
		case bool:
			one.absent = strconv.FormatBool(value)
		default:
			return nil
		}
		switch p.In {
		case openapi3.ParameterInPath:
			all.path = append(all.path, one)
		case openapi3.ParameterInQuery:
			all.query = append(all.query, one)
		default:
			return nil
		}
	}
	return all
}

// accepts tells whether all parameters are plainly right, and writes down what those say
// that are not there, as the contract's validator does.
func (p *plain) accepts(c echo.Context) bool {
	for _, one := range p.path {
		if !one.accepts(c.Param(one.name)) {
			return false
		}
	}
	values := c.QueryParams()
	for _, one := range p.query {
		switch given := values[one.name]; {
		case len(given) == 1:
			if !one.accepts(given[0]) {
				return false
			}
		case len(given) > 1 || one.required:
			return false
		}
	}
	for _, one := range p.query {
		if one.absent != "" && len(values[one.name]) == 0 {
			values.Set(one.name, one.absent)
		}
	}
	return true
}

// hasOneLine tells whether no value has a letter that checkLine looks at.
func hasOneLine(values url.Values) bool {
	for _, all := range values {
		for _, value := range all {
			if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r > '~' }) {
				return false
			}
		}
	}
	return true
}

// smallNumber is a whole number that every reader takes for the same.
var smallNumber = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})$`)

// compileSchema returns what tells that a value is right beyond doubt.
func compileSchema(schema *openapi3.Schema) func(string) bool {
	rest := *schema // what stays when all that is understood is taken away
	rest.Type, rest.Enum, rest.Default, rest.Pattern = nil, nil, nil, ""
	rest.Min, rest.Max, rest.MinLength, rest.MaxLength = nil, nil, 0, nil
	rest.Description, rest.Title, rest.Example, rest.Extensions, rest.Origin = "", "", nil, nil, nil
	doubt := func(string) bool { return false }
	if !reflect.ValueOf(rest).IsZero() {
		return doubt
	}
	switch {
	case schema.Type.Is(openapi3.TypeString) && schema.Min == nil && schema.Max == nil:
		return compileString(schema)
	case schema.Pattern != "" || schema.Enum != nil || schema.MinLength != 0 || schema.MaxLength != nil:
		return doubt
	case schema.Type.Is(openapi3.TypeInteger):
		return func(value string) bool {
			if !smallNumber.MatchString(value) {
				return false
			}
			n, err := strconv.ParseFloat(value, 64)
			return err == nil && (schema.Min == nil || n >= *schema.Min) && (schema.Max == nil || n <= *schema.Max)
		}
	case schema.Type.Is(openapi3.TypeBoolean) && schema.Min == nil && schema.Max == nil:
		return func(value string) bool { return value == "true" || value == "false" }
	}
	return doubt
}

// compileString is compileSchema of a string. Only ASCII is beyond doubt: lengths count the same there.
func compileString(schema *openapi3.Schema) func(string) bool {
	var pattern *regexp.Regexp
	if schema.Pattern != "" {
		var err error
		if pattern, err = regexp.Compile(schema.Pattern); err != nil {
			return func(string) bool { return false }
		}
	}
	var words []string
	for _, word := range schema.Enum {
		text, _ := word.(string)
		words = append(words, text)
	}
	return func(value string) bool {
		n := uint64(len(value))
		return n > 0 && n >= schema.MinLength && (schema.MaxLength == nil || n <= *schema.MaxLength) &&
			isASCII(value) && (words == nil || slices.Contains(words, value)) &&
			(pattern == nil || pattern.MatchString(value))
	}
}

func isASCII(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return r >= utf8.RuneSelf })
}
