package api

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/labstack/echo/v4"

	"xinyuan/internal/fault"
)

// Contract is openapi.yaml, which the server answers under /openapi.yaml.
//
//go:embed openapi.yaml
var Contract []byte

// Load returns the contract, read once, for whoever changes nothing in it. An
// invalid one is an error.
func Load() (*openapi3.T, error) { return contract() }

var contract = sync.OnceValues(func() (*openapi3.T, error) {
	doc, err := openapi3.NewLoader().LoadFromData(Contract)
	if err != nil {
		return nil, fmt.Errorf("api: openapi.yaml: %w", err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, fmt.Errorf("api: openapi.yaml: %w", err)
	}
	return doc, nil
})

// routes lists the contract's operations by their id.
func routes(doc *openapi3.T) map[string]*routers.Route {
	all := map[string]*routers.Route{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			all[op.OperationID] = &routers.Route{
				Spec: doc, Path: path, PathItem: item, Method: method, Operation: op,
			}
		}
	}
	return all
}

// validate holds requests against the contract before any handler sees them:
// path, query and body, unknown fields included. What breaks the contract counts
// towards a limit of its own and towards no other.
func (s *server) validate(route *routers.Route) echo.MiddlewareFunc {
	options := &openapi3filter.Options{
		MultiError:         true,
		AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, // see person
	}
	simple := compilePlain(route.PathItem, route.Operation) // echo builds what follows for each request
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if route.Operation.OperationID == addPicture { // read as it comes, and held against more than a contract can say
			return next
		}
		return func(c echo.Context) error {
			r := c.Request()
			if simple != nil && r.ContentLength == 0 && hasOneLine(c.QueryParams()) && simple.accepts(c) {
				return next(c)
			}
			params := map[string]string{}
			for _, name := range c.ParamNames() {
				params[name] = c.Param(name)
			}
			if err := readBody(r, route.Operation.RequestBody != nil); err != nil {
				return s.malformed(c, err)
			}
			err := openapi3filter.ValidateRequest(r.Context(), &openapi3filter.RequestValidationInput{
				Request: r, PathParams: params, Route: route, Options: options,
			})
			if err != nil {
				return s.malformed(c, badInput(err))
			}
			if simple != nil { // echo has read the query before the validator wrote into it
				values := c.QueryParams()
				clear(values)
				maps.Copy(values, r.URL.Query())
			}
			if bad := brokenLines(route.Operation, r); bad != nil {
				return s.malformed(c, bad)
			}
			return next(c)
		}
	}
}

// readBody reads the whole body, which must be one JSON value in valid UTF-8 where the contract
// has one. Errors: fault.ReasonBodyTooLarge, fault.ReasonMalformedBody.
func readBody(r *http.Request, wanted bool) error {
	body, err := io.ReadAll(r.Body)
	switch {
	case err != nil:
		return badInput(err)
	case wanted && len(body) > 0 && !json.Valid(body):
		return fault.Because(fault.ReasonMalformedBody, errors.New("not one JSON value"))
	case wanted && !isUnicode(body):
		return fault.Because(fault.ReasonMalformedBody, errors.New("not valid Unicode"))
	case wanted && len(body) > 0 && r.Header.Get(echo.HeaderContentType) == "":
		r.Header.Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

// isUnicode tells whether the JSON says letters only. What is none is decoded as U+FFFD without an error: bytes that
// are not UTF-8, and the escape of half a letter.
func isUnicode(body []byte) bool {
	if !utf8.Valid(body) {
		return false
	}
	for {
		at := bytes.IndexByte(body, '\\')
		if at < 0 {
			return true
		}
		if body = body[at+1:]; body[0] != 'u' {
			body = body[1:]
			continue
		}
		first, rest := escaped(body), body[5:]
		if utf16.IsSurrogate(first) {
			if !bytes.HasPrefix(rest, []byte(`\u`)) || utf16.DecodeRune(first, escaped(rest[1:])) == utf8.RuneError {
				return false
			}
			rest = rest[6:]
		}
		body = rest
	}
}

// escaped is the letter that valid JSON escapes after a backslash: u and four hexadecimal digits.
func escaped(json []byte) rune {
	n, _ := strconv.ParseUint(string(json[1:5]), 16, 32)
	return rune(n)
}

// badInput says in Chinese what the contract does not allow.
func badInput(err error) error {
	var tooLarge *http.MaxBytesError
	var parse *openapi3filter.ParseError
	switch {
	case errors.As(err, &tooLarge):
		return fault.New(fault.ReasonBodyTooLarge)
	case errors.As(err, &parse) && parse.Kind != openapi3filter.KindOther || strings.Contains(err.Error(), "Content-Type"):
		if !isParameterError(err) {
			return fault.Because(fault.ReasonMalformedBody, errors.New("not JSON as the contract has it"))
		}
	}
	e := fault.New(fault.ReasonInvalidInput)
	seen := map[string]bool{}
	for _, f := range fields(err, "") {
		if !seen[f.Path] {
			seen[f.Path] = true
			e.Fields = append(e.Fields, f)
		}
	}
	return e
}

func isParameterError(err error) bool {
	var r *openapi3filter.RequestError
	return errors.As(err, &r) && r.Parameter != nil
}

func fields(err error, path string) []fault.Field {
	var (
		many    openapi3.MultiError
		request *openapi3filter.RequestError
		schema  *openapi3.SchemaError
	)
	switch {
	case errors.As(err, &request) && request.Parameter != nil:
		return []fault.Field{{Path: request.Parameter.Name, Message: "这里的内容不对，请检查。"}}
	case errors.As(err, &request) && request.Err != nil && err == error(request): //nolint:errorlint // unwrapping by hand
		return fields(request.Err, path)
	case errors.As(err, &many):
		var all []fault.Field
		for _, one := range many {
			all = append(all, fields(one, path)...)
		}
		return all
	case errors.As(err, &schema):
		return []fault.Field{schemaField(schema)}
	}
	return []fault.Field{{Path: path, Message: "内容不对，请检查。"}}
}

// unknown finds the field's name in the validator's words, the only place where
// it says it.
var unknown = regexp.MustCompile(`property "([^"]{1,60})" is unsupported`)

func schemaField(e *openapi3.SchemaError) fault.Field {
	f := fault.Field{Path: strings.Join(e.JSONPointer(), ".")}
	switch e.SchemaField {
	case "required":
		f.Message = "这一项必须填写。"
	case "maxLength":
		f.Message = "太长了，请删减一些。"
	case "minLength":
		f.Message = "这一项不能空着。"
	case "maxItems":
		f.Message = "太多了，请减少几个。"
	case "minimum", "maximum":
		f.Message = "数字超出了范围。"
	case "enum":
		f.Message = "请从给出的选项里选。"
	case "type":
		f.Message = "内容的类型不对。"
	case "format":
		f.Message = "日期或时间不对，请填 2000 年到 2099 年之间的。"
	case "pattern":
		f.Message = "格式不对，请检查。"
	case "properties", "additionalProperties":
		f.Message = "有不认识的字段，请更新小程序后再试。"
		if name := unknown.FindStringSubmatch(e.Reason); name != nil {
			f.Path = strings.TrimPrefix(f.Path+"."+name[1], ".")
		}
	default:
		f.Message = "内容不对，请检查。"
	}
	return f
}
