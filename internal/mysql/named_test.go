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
