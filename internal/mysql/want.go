package mysql

import (
	"reflect"

	"github.com/jmoiron/sqlx"
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
		return scanMany(rows, w.dest)
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
	if isRecord(reflect.TypeOf(w.dest).Elem()) {
		err = rows.StructScan(w.dest)
	} else {
		err = rows.Scan(w.dest)
	}
	for err == nil && rows.Next() {
		continue
	}
	return err
}
