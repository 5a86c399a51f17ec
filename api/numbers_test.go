package api_test

import (
	"fmt"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/seal"
)

// disguises are phones, ID numbers and bank cards as people write them so that no rule finds them.
var disguises = map[string]string{
	"plain":                     "13843512345",
	"spaces":                    "138 4351 2345",
	"slashes":                   "138/4351/2345",
	"stars":                     "138*4351*2345",
	"dots":                      "138.4351.2345",
	"invisible letters":         "138\u200d4351\u200d2345",
	"Chinese numerals":          "一三八四三五一二三四五",
	"Chinese numerals, spoken":  "幺三八四三五幺二三四五",
	"Chinese numerals, formal":  "壹叁捌肆叁伍壹贰叁肆伍",
	"half in words":             "138四三五一2345",
	"full-width digits":         "１３８４３５１２３４５",
	"Arabic digits":             "١٣٨٤٣٥١٢٣٤٥",
	"circled digits":            "①③⑧④③⑤①②③④⑤",
	"a landline":                "0435-5221234",
	"an ID number":              "220521195003071234",
	"an ID number, grouped":     "220521 19500307 1234",
	"an ID number, full-width":  "２２０５２１１９５００３０７１２３４",
	"a bank card":               "6222020000000000000",
	"a bank card, grouped":      "4111 1111 1111 1111",
	"a bank card, other digits": "٤١١١ ١١١١ ١١١١ ١١١١",
}

// overLines are numbers whose groups stand each in a line of its own: only texts of several lines can have them.
var overLines = map[string]string{
	"a phone over lines":        "138\n4351\n2345",
	"an ID number over lines":   "220521\n19500307\n1234",
	"a bank card over lines":    "4111\n1111\n1111\n1111",
	"a phone in words, by line": "一三八\n四三五一\n二三四五",
}

// A name that everybody reads has no number of a person, however it is written.
func TestNoNameHasANumber(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	team, activity := w.Drafted("member-1", 3)
	for what, c := range map[string]struct {
		sound  string // a name that is taken
		status int
		give   func(name string) apptest.Answer
	}{
		"a display name": {"刘奶奶", 200, func(name string) apptest.Answer {
			return w.Call("resident", "PATCH", "/api/v1/me", map[string]any{"displayName": name})
		}},
		"a new team": {"暖心队", 201, func(name string) apptest.Answer {
			return w.Call("secretary", "POST", "/api/v1/teams", map[string]any{"nodeId": w.Home, "name": name, "leaderId": w.People["member-1"]})
		}},
		"a team's other name": {"365暖心队", 200, func(name string) apptest.Answer {
			return w.Call("member-1", "PATCH", "/api/v1/teams/"+team, map[string]any{"name": name})
		}},
		"a person without a phone": {"刘奶奶", 201, func(name string) apptest.Answer {
			return w.Call("member-1", "POST", "/api/v1/teams/"+team+"/members", map[string]any{"displayName": name})
		}},
	} {
		c.give(c.sound).Want(c.status)
		for how, number := range disguises {
			for _, name := range []string{number, "刘" + number} {
				if a := c.give(name); a.Status != 422 || a.Text("reason") != "invalid_input" {
					t.Errorf("%s of %s (%q): %d %s", what, how, name, a.Status, a.Raw)
				}
			}
		}
		for how, number := range overLines {
			if a := c.give(number); a.Status != 422 {
				t.Errorf("%s of %s: %d %s", what, how, a.Status, a.Raw)
			}
		}
	}
	wantNoNumbers(t, w)
	if a := w.Call("member-1", "GET", "/api/v1/activities/"+activity, nil).Want(200); seal.Identifies(a.Text("teamName")) {
		t.Errorf("the team is called %s", a.Text("teamName"))
	}
}

// A reason that others read hides such numbers, and its original is kept sealed.
func TestNoReasonHasANumber(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 1)
	n := 0
	post := func(persona, path string, body map[string]any) {
		w.Call(persona, "POST", "/api/v1"+path, body).Want(200)
	}
	reportedIn := func() string {
		n++
		return "/memberships/" + reportIn(w, newcomer(w), fmt.Sprintf("李%s", strings.Repeat("一", 2+n%20))).Want(201).Text("id")
	}
	reasons := map[string]func(reason string){
		"a rejected wish": func(reason string) {
			post("secretary", "/wishes/"+w.Post()+"/review", map[string]any{"decision": "reject", "reason": reason})
		},
		"a declined claim": func(reason string) {
			_, claim := w.Claimed("member-1")
			post("secretary", "/claims/"+claim+"/review", map[string]any{"decision": "decline", "reason": reason})
		},
		"a released claim": func(reason string) {
			_, claim := w.Claimed("member-1")
			post("member-1", "/claims/"+claim+"/release", map[string]any{"reason": reason})
		},
		"a rejected report-in": func(reason string) {
			post("secretary", reportedIn()+"/review", map[string]any{"decision": "reject", "reason": reason})
		},
		"an ended report-in": func(reason string) {
			path := reportedIn()
			post("secretary", path+"/review", map[string]any{"decision": "approve"})
			post("secretary", path+"/end", map[string]any{"reason": reason})
		},
		"an ended grant": func(reason string) {
			grant := give(w, "secretary", "member-1", "grid_leader", w.Grid).Want(201).Text("id")
			post("secretary", "/grants/"+grant+"/end", map[string]any{"reason": reason})
		},
		"a rejected record": func(reason string) {
			w.Clocks.Business.Advance(aDay)
			record := w.Call("member-1", "POST", "/api/v1/service-records", map[string]any{
				"nodeId": w.Home, "title": "送餐", "note": "送到三楼", "startedAt": w.Clocks.Business.Now().Add(-aDay / 8),
				"endedAt": w.Clocks.Business.Now().Add(-aDay / 12),
			}).Want(201).Text("id")
			post("secretary", "/service-records/"+record+"/review", map[string]any{"decision": "reject", "reason": reason})
		},
	}
	var all []string
	for _, numbers := range []map[string]string{disguises, overLines} {
		for _, number := range numbers {
			all = append(all, "找我："+number+"，谢谢")
		}
	}
	for what, give := range reasons {
		before := originals(t, w)
		for _, reason := range all {
			give(reason)
		}
		for _, reason := range all {
			if now := originals(t, w); now[reason] != before[reason]+1 {
				t.Errorf("%s: %d originals of %q, want one more than %d", what, now[reason], reason, before[reason])
			}
		}
		if got := inboxOf(w, "member-1"); seal.Identifies(strings.Join(got, "|")) {
			t.Errorf("%s: the inbox has a number: %q", what, got)
		}
	}
	wantNoNumbers(t, w)
	w.Healthy()
}

// originals are the sealed originals of texts in which something is hidden, each with how often it is there.
func originals(t *testing.T, w *apptest.Town) map[string]int {
	t.Helper()
	rows, err := w.App.DB.Pool().QueryContext(t.Context(), "SELECT noun, subject_id, field, sealed FROM originals")
	must(t, err)
	defer func() { must(t, rows.Close()) }()
	all := map[string]int{}
	for rows.Next() {
		var noun, field string
		var subject int64
		var sealed []byte
		must(t, rows.Scan(&noun, &subject, &field, &sealed))
		text, err := w.App.Sealer.Open(seal.Place{Table: "originals", Column: noun + "." + field, Row: subject}, sealed)
		must(t, err)
		all[text]++
	}
	must(t, rows.Err())
	return all
}

// notForOthers are the columns that may have numbers: internal/tidy says why of each.
const notForOthers = `'nodes.service_phone', 'nodes.code', 'certificates.contact', 'idempotency.answer', 'idempotency.request_key',
	'outbox.payload', 'users.open_id', 'installation.value', 'goose_db_version.version_id'`

// wantNoNumbers fails where a text of any table that people read has somebody's number.
func wantNoNumbers(t *testing.T, w *apptest.Town) {
	t.Helper()
	ask := func(query string) (values []string) {
		rows, err := w.App.DB.Pool().QueryContext(t.Context(), query)
		must(t, err)
		defer func() { must(t, rows.Close()) }()
		for rows.Next() {
			var value string
			must(t, rows.Scan(&value))
			values = append(values, value)
		}
		must(t, rows.Err())
		return values
	}
	columns := ask(`SELECT CONCAT(c.table_name, '.', c.column_name) FROM information_schema.columns c
		JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
		WHERE c.table_schema = DATABASE() AND c.character_set_name = 'utf8mb4'
		AND CONCAT(c.table_name, '.', c.column_name) NOT IN (` + notForOthers + `)`)
	if len(columns) < 50 {
		t.Fatalf("only %d columns of text: %v", len(columns), columns)
	}
	for _, name := range columns {
		table, column, _ := strings.Cut(name, ".")
		query := fmt.Sprintf("SELECT DISTINCT `%s` FROM `%s` WHERE `%s` IS NOT NULL", column, table, column) //nolint:gosec // of the schema
		for _, value := range ask(query) {
			if seal.Identifies(value) {
				t.Errorf("%s has a number that identifies somebody: %q", name, value)
			}
		}
	}
}
