package mysql

import (
	"strings"
	"testing"
)

// What several queries share stands once, and goes where they name it.
func TestFragments(t *testing.T) {
	for _, c := range []struct{ of, text, want, bad string }{
		{of: "within the package", text: "-- fragment: row\na, b\n-- name: one\nSELECT {{row}} FROM t;", want: "SELECT a, b FROM t"},
		{of: "by its package", text: "-- fragment: row\na\n-- name: one\nSELECT {{wish.row}} FROM t;", want: "SELECT a FROM t"},
		{
			of: "in another", text: "-- fragment: row\na, {{more}}\n-- fragment: more\nb\n-- name: one\nSELECT {{row}} FROM t;",
			want: "SELECT a, b FROM t",
		},
		{
			of: "a noun each", text: "-- fragment: b_rows\nSELECT b\n-- fragment: a_rows\nSELECT a\n-- name: one\nSELECT * FROM ({{*_rows}}) d;",
			want: "SELECT * FROM (SELECT a UNION ALL SELECT b) d",
		},
		{
			of: "a condition each", text: "-- fragment: b_is\nb AND c\n-- fragment: a_is\na\n-- name: one\nSELECT 1 WHERE NOT ({{*_is}});",
			want: "SELECT 1 WHERE NOT ((a) OR (b AND c))",
		},
		{of: "nobody's", text: "-- name: one\nSELECT {{*_is}};", bad: "no fragment wish.*_is"},
		{of: "unknown", text: "-- name: one\nSELECT {{row}} FROM t;", bad: "no fragment wish.row"},
		{of: "unused", text: "-- fragment: row\na\n-- name: one\nSELECT a FROM t;", bad: "wish.row is used nowhere"},
		{of: "twice", text: "-- fragment: row\na\n-- fragment: row\nb\n-- name: one\nSELECT {{row}};", bad: "there twice"},
		{
			of: "in itself", text: "-- fragment: a\n{{b}}\n-- fragment: b\n{{a}}\n-- name: one\nSELECT {{a}};",
			bad: "holds itself",
		},
	} {
		all, fragments := queries{}, queries{}
		err := parse(all, fragments, "wish", c.text)
		if err == nil {
			err = all.insert(fragments)
		}
		switch {
		case c.bad == "" && (err != nil || all["wish.one"] != c.want):
			t.Errorf("%s: %q, %v, want %q", c.of, all["wish.one"], err, c.want)
		case c.bad != "" && (err == nil || !strings.Contains(err.Error(), c.bad)):
			t.Errorf("%s: %v, want what says %q", c.of, err, c.bad)
		}
	}
}
