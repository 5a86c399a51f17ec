package mysql

import (
	"reflect"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
)

// Each query with its values is what sqlx makes of it, the first time and again.
func TestNamedIsThatOfSqlx(t *testing.T) {
	t.Parallel()
	all, err := loadQueries()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range all {
		values := Args{}
		for i, p := range parameter.FindAllString(text, -1) {
			values[p[1:]] = i
		}
		want, wantArgs, err := sqlx.Named(text, values)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for range 2 {
			got, args, err := named(text, values)
			if err != nil || got != want || len(args) != len(wantArgs) || len(args) > 0 && !reflect.DeepEqual(args, wantArgs) {
				t.Errorf("%s: %s %v %v\nwant %s %v", name, got, args, err, want, wantArgs)
			}
		}
	}
}

// Structs and rows of them are bound as sqlx binds them, the first time and again; so is what lacks a value.
func TestNamedStructsAreThoseOfSqlx(t *testing.T) {
	t.Parallel()
	type inner struct {
		Node int64 `db:"node_id"`
	}
	type row struct {
		ID   int64
		Note *string `db:"note"`
		inner
	}
	note := "下午"
	one, other := row{1, &note, inner{7}}, row{2, nil, inner{8}}
	many := make([]row, mostRows+1)
	const add = "INSERT INTO t (id, note, node_id) VALUES (:id, :note, NULLIF(:node_id, 0)) ON DUPLICATE KEY UPDATE note = VALUES(note)"
	for text, args := range map[string][]any{
		add: {
			one, &one, []row{one}, []row{one, other}, []*row{&one, &other}, []Args{{"id": 1, "note": "a", "node_id": 3}, {"id": 2, "note": "b", "node_id": 4}},
			many, []row{}, []Args{{"id": 1}}, Args{"id": 1}, struct{ ID int64 }{1},
		},
		"SELECT 1": {one, Args{}},
	} {
		for _, arg := range args {
			want, wantArgs, wantErr := sqlx.Named(text, arg)
			for range 2 {
				got, gotArgs, err := named(text, arg)
				if got != want || len(gotArgs) != len(wantArgs) || len(gotArgs) > 0 && !reflect.DeepEqual(gotArgs, wantArgs) ||
					(err == nil) != (wantErr == nil) {
					t.Errorf("%#v: %s %v %v\nwant %s %v %v", arg, got, gotArgs, err, want, wantArgs, wantErr)
				}
			}
		}
	}
}

// Lists are what IN takes, whatever their type; bytes are one value.
func TestLists(t *testing.T) {
	t.Parallel()
	type number int64
	for _, c := range []struct {
		value any
		list  bool
	}{
		{nil, false}, {"a", false}, {1, false}, {int64(1), false}, {true, false}, {time.Time{}, false}, {number(1), false},
		{[]byte("a"), false}, {[]number{1}, true}, {[]string{}, true},
	} {
		if isList(c.value) != c.list {
			t.Errorf("%#v: %v", c.value, !c.list)
		}
	}
}
