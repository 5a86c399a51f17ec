package mysql

import (
	"reflect"
	"regexp"
	"strings"
	"sync"

	"github.com/jmoiron/sqlx"
	"github.com/jmoiron/sqlx/reflectx"
)

// compiled is a query with question marks, and the names of what they stand for.
type compiled struct {
	text  string
	names []string
}

var parameter = regexp.MustCompile(`:[A-Za-z][A-Za-z0-9_]*`)

// compile reads the names in a query, once for each: their number is bounded by that of the queries.
func compile(text string) compiled {
	if known, ok := compiledQueries.Load(text); ok {
		c, _ := known.(compiled)
		return c
	}
	c := compiled{text: parameter.ReplaceAllString(text, "?")}
	for _, name := range parameter.FindAllString(text, -1) {
		c.names = append(c.names, name[1:])
	}
	compiledQueries.Store(text, c)
	return c
}

var compiledQueries sync.Map // by their text

// named is sqlx.Named, which reads the text anew at each call. What it cannot bind,
// and many rows at once, are sqlx's own.
func named(text string, arg any) (string, []any, error) {
	c := compile(text)
	v := reflect.ValueOf(arg)
	if v.Kind() != reflect.Slice {
		if args, ok := c.bind(make([]any, 0, len(c.names)), arg); ok {
			return c.text, args, nil
		}
		return sqlx.Named(text, arg)
	}
	rows, ok := c.rows(v.Len())
	args := make([]any, 0, v.Len()*len(c.names))
	for i := 0; ok && i < v.Len(); i++ {
		args, ok = c.bind(args, v.Index(i).Interface())
	}
	if !ok {
		return sqlx.Named(text, arg)
	}
	return rows, args, nil
}

// bind adds the values of a map, a struct or a pointer to one; false where it has not all of them.
func (c compiled) bind(args []any, arg any) ([]any, bool) {
	if values, ok := arg.(Args); ok {
		for _, name := range c.names {
			value, ok := values[name]
			if !ok {
				return nil, false
			}
			args = append(args, value)
		}
		return args, true
	}
	v := reflect.ValueOf(arg)
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		return nil, false
	}
	for _, place := range c.places(v.Type()) {
		if len(place) == 0 {
			return nil, false
		}
		args = append(args, reflectx.FieldByIndexesReadOnly(v, place).Interface())
	}
	return args, true
}

// places are where a struct has the values, as sqlx finds them; an empty one: nowhere.
func (c compiled) places(t reflect.Type) [][]int {
	key := placesKey{c.text, t}
	if known, ok := compiledPlaces.Load(key); ok {
		places, _ := known.([][]int)
		return places
	}
	places := columns.TraversalsByName(t, c.names)
	compiledPlaces.Store(key, places)
	return places
}

type placesKey struct {
	text string
	of   reflect.Type
}

var (
	compiledPlaces sync.Map // by text and type
	columns        = reflectx.NewMapperFunc("db", strings.ToLower)
)

// mostRows is how many rows at once have their text kept.
const mostRows = 8

// rows is the text for as many rows, as sqlx writes it; false for more than are kept.
func (c compiled) rows(n int) (string, bool) {
	if n == 0 || n > mostRows {
		return "", false
	}
	key := rowsKey{c.text, n}
	if known, ok := compiledRows.Load(key); ok {
		text, _ := known.(string)
		return text, true
	}
	text, _, err := sqlx.Named(c.text, make([]struct{}, n)) // without names there are no values to find
	if err != nil {
		return "", false
	}
	compiledRows.Store(key, text)
	return text, true
}

type rowsKey struct {
	text string
	n    int
}

var compiledRows sync.Map // by text and number
