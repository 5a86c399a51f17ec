package api_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"xinyuan/internal/app/apptest"
)

// path fills in the parameters of the operation's path and query.
func (v values) path(op fuzzOp) string {
	if address := map[string]string{"getMedia": "thumbnailUrl", "getCalendar": "url"}[op.id]; !v.strange() && len(v.known[address]) > 0 {
		if whole, ok := strings.CutPrefix(v.recall(address), "/api/v1"); ok {
			return whole
		}
	}
	path, query := op.path, url.Values{}
	for _, p := range op.Parameters {
		p := p.Value
		text := func() string { return plain(v.value(p.Schema, p.Name)) }
		switch {
		case p.In == openapi3.ParameterInPath:
			path = strings.ReplaceAll(path, "{"+p.Name+"}", url.PathEscape(text()))
		case p.In == openapi3.ParameterInQuery && (p.Required && !v.strange() || v.one(3)):
			query.Add(p.Name, text())
			if v.strange() {
				query.Add(p.Name, text())
			}
		}
	}
	if v.strange() && v.one(4) {
		query.Add("surplus", "1")
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	if v.strange() && v.one(20) {
		path += v.pickText("/", "%00", ";x")
	} else if v.strange() && v.one(20) {
		path += "?a=%zz&%"
	}
	return path
}

// header is that of a request: mostly with a key, sometimes one that was used.
func (v values) header() http.Header {
	h := http.Header{}
	switch {
	case v.one(3):
		key := fmt.Sprintf("fuzz-%d", v.rng.Int64())
		v.keys = append(v.keys, key)
		h.Set("Idempotency-Key", key)
	case len(v.keys) > 0 && v.one(20):
		h.Set("Idempotency-Key", v.keys[v.rng.IntN(len(v.keys))])
	case v.strange() && v.one(4):
		h.Set("Idempotency-Key", v.pickText("short", "has blanks in it", strings.Repeat("x", 65), "钥匙钥匙钥匙"))
	}
	return h
}

// body is that of the operation, and sets its content type.
func (v values) body(op fuzzOp, header http.Header) []byte {
	header.Set("Content-Type", "application/json")
	if op.id == "createMedia" {
		return v.picture(header)
	}
	var schema *openapi3.SchemaRef
	if op.RequestBody != nil {
		schema = op.RequestBody.Value.Content.Get("application/json").Schema
	}
	text := v.json(v.value(schema, ""))
	if v.strange() && v.one(3) {
		header.Set("Content-Type", v.pickText("text/plain", "application/xml", "application/json; charset=gbk", "multipart/form-data",
			"application/x-www-form-urlencoded", "application/json;;", "*/*", "x"))
	}
	if v.strange() && v.one(3) {
		whole := string(text)
		text = []byte(v.pickText(whole[:len(whole)/2], whole+whole, "["+whole+"]", "", "null", "7", `"x"`, "{", "\xff\xfe", "\ufeff"+whole,
			strings.Repeat("[", 20000), `{"a":`+strings.Repeat(" ", 70000)+"1}", strings.Replace(whole, "{", `{"a":1,"a":2,`, 1)))
	}
	return text
}

// picture is the form of an upload.
func (v values) picture(header http.Header) []byte {
	file, name := []byte(apptest.Picture(uint8(v.rng.IntN(256)))), "file"
	if v.strange() {
		file = file[:v.rng.IntN(len(file))]
	}
	if v.strange() {
		file = bytes.Repeat([]byte{0xFF, 0xD8, 0xFF}, v.rng.IntN(4<<20))
	}
	if v.strange() {
		name = v.pickText("", "photo", "file\x00")
	}
	header.Set("Content-Type", "multipart/form-data; boundary=b")
	if v.strange() {
		header.Set("Content-Type", v.pickText("multipart/form-data", "multipart/mixed; boundary=b", "application/json", "image/jpeg"))
	}
	end := v.pickText("\r\n--b--\r\n", "\r\n--b--\r\n", "\r\n--b--\r\n", "\r\n--b")
	return slices.Concat([]byte("--b\r\nContent-Disposition: form-data; name=\""+name+"\"\r\n\r\n"), file, []byte(end))
}
