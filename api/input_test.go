package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
)

// Bad input gets the right status, a reason, a sentence for the field, and
// changes nothing.
func TestBadInput(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	wish := w.Post()
	_, claim := w.Delivered("member-1")
	draft := func(change func(d map[string]any)) map[string]any {
		d := apptest.Draft(w.Home)
		change(d)
		return d
	}
	contact := func(key, value string) map[string]any {
		return draft(func(d map[string]any) {
			c := map[string]any{"name": "刘桂兰", "phone": apptest.Phone, "address": "振兴路"}
			c[key] = value
			d["contact"] = c
		})
	}
	before := rows(t, w)
	for _, c := range []struct {
		name, persona, method, path string
		body                        any
		status                      int
		reason, field               string
	}{
		{"malformed JSON", "resident", "POST", "/wishes", `{"title": `, 400, "malformed_body", ""},
		{"two values", "resident", "POST", "/wishes", `{} {}`, 400, "malformed_body", ""},
		{"a byte that is no letter", "resident", "POST", "/wishes", "{\"title\": \"想要\xff\"}", 400, "malformed_body", ""},
		{"half a letter", "resident", "PATCH", "/me", `{"displayName": "刘\ud83d婶"}`, 400, "malformed_body", ""},
		{"the other half first", "resident", "PATCH", "/me", `{"displayName": "\ude00\ud83d"}`, 400, "malformed_body", ""},
		{"half a letter at the end", "resident", "PATCH", "/me", `{"displayName": "\ud83d"}`, 400, "malformed_body", ""},
		{"a letter of two halves, and a backslash before a u", "resident", "PATCH", "/me", `{"displayName": "\ud83d\ude00\\ud83d", "x": 1}`, 422, "invalid_input", "x"},
		{"a byte of a query that is no letter", "resident", "GET", "/duties?q=%ff", nil, 422, "invalid_input", "q"},
		{"a byte of a reason that is no letter", "street", "GET", "/wishes/" + wish + "/contact?reason=%ff", nil, 422, "invalid_input", "reason"},
		{"not an object", "resident", "POST", "/wishes", `[1]`, 422, "invalid_input", ""},
		{"empty body", "resident", "POST", "/wishes", ``, 422, "invalid_input", ""},
		{"unknown field", "resident", "POST", "/wishes", draft(func(d map[string]any) { d["status"] = "open" }), 422, "invalid_input", "status"},
		{"unknown field of the contact", "resident", "POST", "/wishes", contact("wechat", "x"), 422, "invalid_input", "contact.wechat"},
		{"wrong type", "resident", "POST", "/wishes", draft(func(d map[string]any) { d["title"] = 7 }), 422, "invalid_input", "title"},
		{"missing", "resident", "POST", "/wishes", draft(func(d map[string]any) { delete(d, "contact") }), 422, "invalid_input", "contact"},
		{"blank title", "resident", "POST", "/wishes", draft(func(d map[string]any) { d["title"] = " 　" }), 422, "invalid_input", "title"},
		{"long title", "resident", "POST", "/wishes", draft(func(d map[string]any) { d["title"] = strings.Repeat("长", 31) }), 422, "invalid_input", "title"},
		{"far too long", "resident", "POST", "/wishes", draft(func(d map[string]any) { d["description"] = strings.Repeat("长", 3000) }), 422, "invalid_input", "description"},
		{"huge", "resident", "POST", "/wishes", draft(func(d map[string]any) { d["description"] = strings.Repeat("长", 30000) }), 413, "body_too_large", ""},
		{"text that reads backwards", "resident", "POST", "/wishes", draft(func(d map[string]any) { d["title"] = "想\u202e要" }), 422, "invalid_input", "title"},
		{"no such category", "resident", "POST", "/wishes", draft(func(d map[string]any) { d["category"] = "x" }), 422, "invalid_input", "category"},
		{"no phone", "resident", "POST", "/wishes", contact("phone", "12345"), 422, "invalid_input", "contact.phone"},
		{"a street", "resident", "POST", "/wishes", apptest.Draft(w.Street), 422, "not_a_community", ""},
		{"a unit", "resident", "POST", "/wishes", apptest.Draft(w.Unit), 422, "not_a_community", ""},
		{"no such node", "resident", "POST", "/wishes", apptest.Draft(id.Node(77)), 422, "not_a_community", ""},
		{"a node that is no number", "resident", "POST", "/wishes", draft(func(d map[string]any) { d["nodeId"] = "abc" }), 422, "invalid_input", "nodeId"},
		{"a node beyond numbers", "resident", "POST", "/wishes", draft(func(d map[string]any) { d["nodeId"] = "9999999999999999999" }), 422, "invalid_input", ""},
		{"an id that is no number", "resident", "GET", "/wishes/abc", nil, 422, "invalid_input", "wishId"},
		{"an id beyond numbers", "resident", "GET", "/wishes/9999999999999999999", nil, 422, "invalid_input", ""},
		{"reject without a reason", "secretary", "POST", "/wishes/" + wish + "/review", `{"decision":"reject"}`, 422, "reason_required", ""},
		{"reject with blanks", "secretary", "POST", "/wishes/" + wish + "/review", `{"decision":"reject","reason":"  "}`, 422, "reason_required", ""},
		{"no such decision", "secretary", "POST", "/wishes/" + wish + "/review", `{"decision":"maybe"}`, 422, "invalid_input", "decision"},
		{"points that no rule offers", "secretary", "POST", "/wishes/" + wish + "/review", `{"decision":"publish","points":7}`, 422, "invalid_input", "points"},
		{"negative points", "secretary", "POST", "/wishes/" + wish + "/review", `{"decision":"publish","points":-5}`, 422, "invalid_input", "points"},
		{"an unknown field of a claim", "member-1", "POST", "/wishes/" + wish + "/claims", `{"points":20}`, 422, "invalid_input", "points"},
		{"a claim with ten others", "member-1", "POST", "/wishes/" + wish + "/claims", `{"participantIds":["1","2","3","4","5","6","7","8","9","10"]}`, 422, "invalid_input", "participantIds"},
		{"six stars", "resident", "POST", "/claims/" + claim + "/confirmation", `{"accepted":true,"rating":6}`, 422, "invalid_input", "rating"},
		{"half a star", "resident", "POST", "/claims/" + claim + "/confirmation", `{"accepted":true,"rating":4.5}`, 422, "invalid_input", "rating"},
		{"delivery without words", "member-1", "POST", "/claims/" + claim + "/delivery", `{"note":" "}`, 422, "invalid_input", "note"},
		{"contact for the street without a reason", "street", "GET", "/wishes/" + wish + "/contact", nil, 422, "reason_required", ""},
		{"no such status", "resident", "GET", "/wishes?status=lost", nil, 422, "invalid_input", "status"},
		{"a page of thousands", "resident", "GET", "/wishes?limit=5000", nil, 422, "invalid_input", "limit"},
		{"a made-up cursor", "resident", "GET", "/wishes?cursor=abc", nil, 422, "invalid_input", "cursor"},
		{"a made-up board cursor", "resident", "GET", "/leaderboards?cursor=abc", nil, 422, "invalid_input", "cursor"},
		{"month 13", "resident", "GET", "/leaderboards?period=2026-13", nil, 422, "invalid_input", "period"},
		{"a board of no node", "resident", "GET", "/leaderboards?nodeId=77", nil, 404, "not_found", ""},
		{"an endless name", "resident", "PATCH", "/me", map[string]any{"displayName": strings.Repeat("长", 21)}, 422, "invalid_input", "displayName"},
		{"home in a unit", "resident", "PATCH", "/me", map[string]any{"homeNodeId": w.Unit}, 422, "not_a_community", ""},
		{"no such path", "resident", "GET", "/nothing", nil, 404, "not_found", ""},
		{"no such method", "resident", "PUT", "/wishes", nil, 405, "method_not_allowed", ""},
		{"others' submitted wishes", "member-1", "GET", "/wishes?status=submitted&nodeId=" + w.Home.String(), nil, 403, "forbidden", ""},
		{"the county's submitted wishes", "secretary", "GET", "/wishes?status=submitted", nil, 403, "forbidden", ""},
		{"claims of others", "member-1", "GET", "/claims", nil, 403, "forbidden", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := w.Call(c.persona, c.method, "/api/v1"+c.path, c.body).Refused(c.status, c.reason)
			if got := a.Text("fields", 0, "path"); c.field != "" && got != c.field {
				t.Errorf("the field is %q, want %q: %s", got, c.field, a.Raw)
			}
			if c.field != "" && a.Text("fields", 0, "message") == "" {
				t.Errorf("no sentence for the field: %s", a.Raw)
			}
		})
	}
	if after := rows(t, w); before != after {
		t.Errorf("rows before %s, after %s", before, after)
	}
}

// rows counts the rows of every table that a refusal might have touched.
func rows(t *testing.T, w *apptest.Town) string {
	t.Helper()
	counts := map[string]int{}
	for _, table := range []string{"wishes", "claims", "events", "points_transfers", "contact_reads", "originals", "outbox"} {
		var n int
		if err := w.App.DB.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[table] = n
	}
	text, err := json.Marshal(counts)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestLogIn(t *testing.T) {
	t.Parallel()
	w := apptest.New(t)
	login := func(code string) apptest.Answer {
		return w.Send("", "POST", "/api/v1/sessions", map[string]any{"code": code})
	}
	code := w.WeChat.NewCode("open-1")
	first := login(code).Want(201)
	login(code).Refused(422, "code_used")
	login("never-given").Refused(422, "code_invalid")
	login("<script>").Refused(422, "code_invalid")
	login("").Refused(422, "invalid_input")
	again := login(w.WeChat.NewCode("open-1")).Want(201)
	if first.Text("user", "id") != again.Text("user", "id") || first.Text("token") == again.Text("token") {
		t.Errorf("the second log-in: %s", again.Raw)
	}
	w.Send(first.Text("token"), "DELETE", "/api/v1/sessions/current", nil).Want(204)
	w.Send(first.Text("token"), "GET", "/api/v1/me", nil).Refused(401, "unauthenticated")
	w.Send(again.Text("token"), "GET", "/api/v1/me", nil).Want(200)

	w.WeChat.FailNext("/sns/jscode2session", 40226, 1)
	login(w.WeChat.NewCode("open-2")).Refused(403, "login_risky")
	w.WeChat.FailHTTP("/sns/jscode2session", http.StatusBadGateway, 9)
	login(w.WeChat.NewCode("open-2")).Refused(503, "wechat_failure")
}

// Twenty phones of one new person log in at once: one person.
func TestOnePersonOnTwentyPhones(t *testing.T) {
	t.Parallel()
	w := apptest.New(t)
	people := map[string]bool{}
	for _, a := range together(20, func(int) apptest.Answer {
		return w.Send("", "POST", "/api/v1/sessions", map[string]any{"code": w.WeChat.NewCode("open-1")})
	}) {
		people[a.Want(201).Text("user", "id")] = true
	}
	if len(people) != 1 {
		t.Errorf("%d people", len(people))
	}
}

func TestFiltersOfLists(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	want := make([]string, 7)
	for i := range want {
		want[len(want)-1-i] = w.Open()
	}
	w.Post()
	for _, query := range []string{
		"?limit=3", "?limit=3&status=open&nodeId=" + w.Home.String(), "?limit=3&nodeId=" + w.Street.String(),
		"?limit=3&nodeId=" + w.County.String(), "?limit=3&category=repair", "?limit=3&mine=true&status=open",
		"?limit=3&category=repair&nodeId=" + w.Home.String(), "?limit=3&category=repair&nodeId=" + w.Street.String(),
	} {
		var got []string
		for cursor := ""; ; {
			a := w.Call("resident", "GET", "/api/v1/wishes"+query+cursor, nil).Want(200)
			for i := range a.Len("items") {
				got = append(got, a.Text("items", i, "id"))
			}
			if a.Text("nextCursor") == "" {
				break
			}
			cursor = "&cursor=" + a.Text("nextCursor")
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s lists %v, want %v", query, got, want)
		}
	}
	for query, n := range map[string]int{
		"?nodeId=" + w.Far.String(): 0, "?category=goods": 0, "?mine=true": 8, "?status=fulfilled": 0,
		"?category=repair&nodeId=" + w.Far.String(): 0, "?category=goods&nodeId=" + w.Home.String(): 0,
		"?category=goods&nodeId=" + w.Street.String(): 0, "?category=goods&mine=true": 0, "?category=repair&status=submitted&mine=true": 1,
	} {
		if a := w.Call("resident", "GET", "/api/v1/wishes"+query, nil).Want(200); a.Len("items") != n {
			t.Errorf("%s lists %d, want %d", query, a.Len("items"), n)
		}
	}
	if a := w.Call("secretary", "GET", "/api/v1/wishes?status=submitted&nodeId="+w.Home.String(), nil).Want(200); a.Len("items") != 1 {
		t.Errorf("the secretary sees %s", a.Raw)
	}
	_, claim := w.Claimed("member-1")
	for persona, query := range map[string]string{"member-1": "?mine=true", "secretary": "", "county": "?status=requested"} {
		a := w.Call(persona, "GET", "/api/v1/claims"+query, nil).Want(200)
		if a.Len("items") != 1 || a.Text("items", 0, "claim", "id") != claim || a.Text("items", 0, "wish", "title") == "" {
			t.Errorf("%s lists claims %s", persona, a.Raw)
		}
	}
}
