package mysql

import (
	"context"
	"database/sql"
	"errors"
	"reflect"

	"github.com/jmoiron/sqlx"
)

// Streamer reads by named query, one row after the other: the DB itself, or a Snapshot.
type Streamer interface {
	stream(ctx context.Context, name string, arg any, read func(*sqlx.Rows) error) error
}

// Each reads rows one after the other, and ends at the first error. It keeps a
// connection meanwhile, and no rows.
func Each[T any](ctx context.Context, from Streamer, name string, arg any, do func(T) error) error {
	return from.stream(ctx, name, arg, func(rows *sqlx.Rows) error {
		var row, none T
		fields, err := fieldsOf(rows, name, reflect.ValueOf(&row).Elem())
		if err != nil {
			return err
		}
		for rows.Next() {
			row = none
			if err := rows.Scan(fields...); err != nil {
				return err
			}
			if err := do(row); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

func (d *DB) stream(ctx context.Context, name string, arg any, read func(*sqlx.Rows) error) error {
	return d.use(ctx, func(conn *sqlx.Conn) error { return d.streamOn(ctx, conn, name, arg, read) })
}

// streamOn reads on a connection, or in a transaction.
func (d *DB) streamOn(ctx context.Context, on sqlx.QueryerContext, name string, arg any,
	read func(*sqlx.Rows) error) (err error) {
	text, args, err := d.queries.bind(name, arg)
	if err != nil {
		return err
	}
	d.roundTrips.Add(1)
	rows, err := on.QueryxContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	return read(rows)
}

// Snapshot is the database as it was at one moment, for reads that take long.
type Snapshot struct {
	db *DB
	tx *sqlx.Tx
}

// Snapshot reads the database as it is at the first read, whatever others commit meanwhile. It
// locks nothing and keeps a connection.
func (d *DB) Snapshot(ctx context.Context, read func(*Snapshot) error) error {
	return d.use(ctx, func(conn *sqlx.Conn) (err error) {
		tx, err := conn.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, ignoreDone(tx.Rollback())) }()
		return read(&Snapshot{d, tx})
	})
}

// Get reads one row into dest, a struct or a scalar; ErrNone if there is none.
func (s *Snapshot) Get(ctx context.Context, dest any, name string, arg any) error {
	text, args, err := s.db.queries.bind(name, arg)
	if err != nil {
		return err
	}
	s.db.roundTrips.Add(1)
	return classify(s.tx.GetContext(ctx, dest, text, args...))
}

func (s *Snapshot) stream(ctx context.Context, name string, arg any, read func(*sqlx.Rows) error) error {
	return classify(s.db.streamOn(ctx, s.tx, name, arg, read))
}
