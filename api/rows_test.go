package api_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/contact"
	"xinyuan/internal/id"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// allRows is every row of every table, as text in order. What is sealed shows
// opened, and what is drawn at random shows only how long it is.
func allRows(w *apptest.Town) []string {
	w.T.Helper()
	return (&ledger{}).read(w)
}

// ledger has the rows of a town's tables, of which it reads again those that have changed.
type ledger struct {
	sums map[string]string
	rows map[string][]string
}

// read returns all rows, table by table.
func (l *ledger) read(w *apptest.Town) (all []string) {
	w.T.Helper()
	if l.rows == nil {
		l.sums, l.rows = map[string]string{}, map[string][]string{}
	}
	sums, err := w.App.DB.Pool().QueryContext(w.T.Context(), "CHECKSUM TABLE "+strings.Join(tables(w), ", "))
	must(w.T, err)
	defer func() { must(w.T, sums.Close()) }()
	for sums.Next() {
		var table, sum string
		must(w.T, sums.Scan(&table, &sum))
		_, table, _ = strings.Cut(table, ".") // after the database
		if l.sums[table] != sum {
			l.sums[table], l.rows[table] = sum, rowsOf(w, table)
		}
		all = append(all, l.rows[table]...)
	}
	must(w.T, sums.Err())
	return all
}

var (
	tablesOnce sync.Once
	tableNames []string
)

// tables are the names of all, which every town has alike.
func tables(w *apptest.Town) []string {
	w.T.Helper()
	tablesOnce.Do(func() {
		names, err := w.App.DB.Pool().QueryContext(w.T.Context(), "SELECT table_name FROM information_schema.tables"+
			" WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name")
		must(w.T, err)
		defer func() { must(w.T, names.Close()) }()
		for names.Next() {
			var name string
			must(w.T, names.Scan(&name))
			tableNames = append(tableNames, name)
		}
		must(w.T, names.Err())
	})
	return tableNames
}

func rowsOf(w *apptest.Town, table string) (all []string) {
	w.T.Helper()
	rows, err := w.App.DB.Pool().QueryContext(w.T.Context(), "SELECT * FROM "+table)
	must(w.T, err)
	defer func() { must(w.T, rows.Close()) }()
	columns, err := rows.ColumnTypes()
	must(w.T, err)
	for rows.Next() {
		values := make([][]byte, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		must(w.T, rows.Scan(into...))
		row := map[string]string{}
		for i, c := range columns {
			row[c.Name()] = string(values[i])
		}
		var text strings.Builder
		for i, c := range columns {
			value := "NULL"
			if values[i] != nil {
				value = shown(w, table+"."+c.Name(), c.DatabaseTypeName(), row)
			}
			fmt.Fprintf(&text, " %s=%s", c.Name(), value)
		}
		all = append(all, table+text.String())
	}
	must(w.T, rows.Err())
	slices.Sort(all)
	return all
}

// drawn are the columns whose values are drawn at random.
var drawn = []string{
	"media.file", "teams.invite_code", "teams.invite_sealed", "certificates.code",
	"certificates.code_sealed", "calendars.token", "calendars.token_lookup", "seal_keys.probe",
	"mini_codes.picture", "review_codes.lookup", "review_log_ins.token_lookup",
}

// shown is the value of a column of the row, as allRows shows it.
func shown(w *apptest.Town, at, kind string, row map[string]string) string {
	w.T.Helper()
	table, column, _ := strings.Cut(at, ".")
	value := row[column]
	switch {
	case slices.Contains(drawn, at):
		return length(value)
	case at == "idempotency.answer":
		return settledJSON([]byte(value))
	case kind != "VARBINARY":
		return fmt.Sprintf("%q", value)
	}
	place, key := seal.Place{Table: table, Column: column}, row["id"]
	if key == "" { // a row of a person
		key = row["user_id"]
	}
	switch table {
	case "originals":
		place.Column, key = row["noun"]+"."+row["field"], row["subject_id"]
	case "contacts":
		place = contact.Of{Noun: row["noun"], Part: state.Party(row["part"])}.Place(column)
	case "seal_keys": // each key has sealed the same word for the same place
		key = "1"
	}
	var of id.User
	must(w.T, of.UnmarshalText([]byte(key)))
	place.Row = int64(of)
	text, err := w.App.Sealer.Open(place, []byte(value))
	must(w.T, err)
	return fmt.Sprintf("sealed %q", text)
}

// length stands for a value that is drawn at random.
func length(value string) string { return fmt.Sprintf("<%d random bytes>", len(value)) }

// settledJSON is a JSON answer in which what is drawn at random, or hangs on the hour
// of the machine, shows only how long it is.
func settledJSON(raw []byte) string {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return string(raw)
	}
	settleAll(value)
	text, _ := json.Marshal(value) // it was JSON before
	return string(text)
}

// randomKey is what holds something drawn at random, or an address with it inside.
var randomKey = regexp.MustCompile(`^(token|code)$|[uU]rl$`)

func settleAll(value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, one := range v {
			if s, ok := one.(string); ok && randomKey.MatchString(key) {
				v[key] = length(s)
			} else {
				settleAll(one)
			}
		}
	case []any:
		for _, one := range v {
			settleAll(one)
		}
	}
}
