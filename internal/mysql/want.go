package mysql

import (
	"fmt"
	"reflect"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/jmoiron/sqlx/reflectx"
)

// A Want is one query of a Read.
type Want struct {
	dest any
	name string
	arg  any
	one  bool
	none *bool
	then func()
}

// Then does something once the rows are there, before the next wanted query is read.
func (w Want) Then(do func()) Want {
	w.then = do
	return w
}

// One wants a row; the Read fails with ErrNone if there is none.
func One(dest any, name string, arg any) Want {
	return Want{dest: dest, name: name, arg: arg, one: true}
}

// Maybe wants a row and tells in found whether there was one.
func Maybe(dest any, found *bool, name string, arg any) Want {
	return Want{dest: dest, name: name, arg: arg, one: true, none: found}
}

// Many wants all rows.
func Many(dest any, name string, arg any) Want { return Want{dest: dest, name: name, arg: arg} }

func (w Want) scan(rows *sqlx.Rows) error {
	err := w.read(rows)
	if err == nil && w.then != nil {
		w.then()
	}
	return err
}

func (w Want) read(rows *sqlx.Rows) error {
	if sheet, ok := w.dest.(*Sheet); ok {
		return sheet.scan(rows)
	}
	if !w.one {
		return w.scanMany(rows)
	}
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return err
		}
		if w.none != nil {
			*w.none = false
			return nil
		}
		return ErrNone
	}
	if w.none != nil {
		*w.none = true
	}
	var err error
	if dest := reflect.ValueOf(w.dest).Elem(); isRecord(dest.Type()) {
		err = w.scanRecord(rows, dest)
	} else {
		err = rows.Scan(w.dest)
	}
	for err == nil && rows.Next() {
		continue
	}
	return err
}

// scanMany reads all rows of this result, of which more may follow.
func (w Want) scanMany(rows *sqlx.Rows) error {
	list := reflect.ValueOf(w.dest).Elem()
	list.SetZero()
	element := list.Type().Elem()
	for rows.Next() {
		item := reflect.New(element)
		var err error
		if isRecord(element) {
			err = w.scanRecord(rows, item.Elem())
		} else {
			err = rows.Scan(item.Interface())
		}
		if err != nil {
			return err
		}
		list.Set(reflect.Append(list, item.Elem()))
	}
	return rows.Err()
}

func isRecord(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t != reflect.TypeFor[time.Time]()
}

// scanRecord reads a row into a struct.
func (w Want) scanRecord(rows *sqlx.Rows, dest reflect.Value) error {
	fields, err := fieldsOf(rows, w.name, dest)
	if err != nil {
		return err
	}
	return rows.Scan(fields...)
}

// fieldsOf are where the columns of the query go in a struct, as sqlx has it, which looks anew at each result.
func fieldsOf(rows *sqlx.Rows, query string, dest reflect.Value) ([]any, error) {
	key := scannedKey{query, dest.Type()}
	known, ok := scannedPlaces.Load(key)
	if !ok {
		names, err := rows.Columns()
		if err != nil {
			return nil, err
		}
		all := rows.Mapper.TraversalsByName(dest.Type(), names)
		for i, place := range all {
			if len(place) == 0 {
				return nil, fmt.Errorf("mysql: %s: %s has no place for %s", query, dest.Type(), names[i])
			}
		}
		scannedPlaces.Store(key, all)
		known = all
	}
	places, _ := known.([][]int)
	fields := make([]any, len(places))
	for i, place := range places {
		fields[i] = reflectx.FieldByIndexes(dest, place).Addr().Interface()
	}
	return fields, nil
}

type scannedKey struct {
	query string
	into  reflect.Type
}

var scannedPlaces sync.Map // by query and type, whose columns are the same each time
