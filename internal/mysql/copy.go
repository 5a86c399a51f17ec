package mysql

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Row is a row of a table as it was read, by column. Bytes stand for texts, too.
type Row map[string]any

// Int is a whole number of the row.
func (r Row) Int(column string) int64 {
	n, _ := r[column].(int64)
	return n
}

// Bytes are those of a text or of binary data; nil for NULL.
func (r Row) Bytes(column string) []byte {
	b, _ := r[column].([]byte)
	return b
}

// Text is a text of the row.
func (r Row) Text(column string) string { return string(r.Bytes(column)) }

// Rows are rows of one table, with the columns that are stored as they are given.
type Rows struct {
	Columns []string
	Rows    []Row
}

// What says which rows RowsFrom reads.
type What struct {
	First   int64    // those with a number from here on
	Whole   []string // tables of which all rows are wanted
	Without []string // tables of which none is
}

// RowsFrom reads rows of all tables, in the order of their keys: for seeds, which copy
// what they have written.
func (d *DB) RowsFrom(ctx context.Context, what What) (map[string]*Rows, error) {
	var columns []struct {
		Table  string `db:"table_name"`
		Column string `db:"column_name"`
	}
	if err := d.Select(ctx, &columns, "mysql.columns", nil); err != nil {
		return nil, err
	}
	all := map[string]*Rows{}
	for _, c := range columns {
		if slices.Contains(what.Without, c.Table) {
			continue
		}
		if all[c.Table] == nil {
			all[c.Table] = &Rows{}
		}
		all[c.Table].Columns = append(all[c.Table].Columns, c.Column)
	}
	for table, rows := range all {
		first := what.First
		if slices.Contains(what.Whole, table) {
			first = 0
		}
		if err := d.rowsFrom(ctx, table, rows, first); err != nil {
			return nil, err
		}
		if len(rows.Rows) == 0 {
			delete(all, table)
		}
	}
	return all, nil
}

func (d *DB) rowsFrom(ctx context.Context, table string, into *Rows, first int64) (err error) {
	rows, err := d.pool.QueryxContext(ctx, "SELECT * FROM `"+table+"`")
	if err != nil {
		return classify(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		row := Row{}
		if err := rows.MapScan(row); err != nil {
			return err
		}
		wanted := first == 0
		for _, value := range row {
			n, number := value.(int64)
			wanted = wanted || number && n >= first
		}
		if wanted {
			into.Rows = append(into.Rows, row)
		}
	}
	return rows.Err()
}

// Column gives what the copy k of a row has in a column.
type Column func(row Row, k int64) (any, error)

// Copies says how rows are copied.
type Copies struct {
	First   int64             // numbers from here on are ids of the rows themselves: copy k's are k higher
	Count   int64             // with the rows that are there: copies 1 to Count-1 are written
	Columns map[string]Column // by "table.column", those that are not as in the row
	Step    func(done, all int)
}

const (
	// copiers is how many tables are written to at once.
	copiers = 3
	// statement is how long a statement of many rows becomes.
	statement = 1 << 19
)

// Copy writes the copies of the rows, many in one statement and several tables at
// once, without looking at what refers to what: all of it comes. It is for a database
// that nobody uses yet.
func (d *DB) Copy(ctx context.Context, tables map[string]*Rows, c Copies) error {
	all, done, lock := 0, 0, sync.Mutex{}
	names := make([]string, 0, len(tables))
	for name, t := range tables {
		all += len(t.Rows) * int(c.Count-1)
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return len(tables[b].Rows) - len(tables[a].Rows) })
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(copiers)
	for _, name := range names {
		group.Go(func() error {
			return d.copyTable(ctx, name, tables[name], c, func(n int) {
				lock.Lock()
				defer lock.Unlock()
				done += n
				if c.Step != nil {
					c.Step(done, all)
				}
			})
		})
	}
	return group.Wait()
}

func (d *DB) copyTable(ctx context.Context, table string, t *Rows, c Copies, wrote func(int)) (err error) {
	conn, err := d.pool.Connx(ctx)
	if err != nil {
		return classify(err)
	}
	defer func() {
		_, reset := conn.ExecContext(context.WithoutCancel(ctx), "SET foreign_key_checks = 1, unique_checks = 1")
		err = errors.Join(err, reset, conn.Close())
	}()
	if _, err := conn.ExecContext(ctx, "SET foreign_key_checks = 0, unique_checks = 0"); err != nil {
		return classify(err)
	}
	head := "INSERT INTO `" + table + "` ("
	for i, column := range t.Columns {
		if i > 0 {
			head += ", "
		}
		head += "`" + column + "`"
	}
	head += ") VALUES "
	text, rows := append(make([]byte, 0, statement+statement/4), head...), 0
	send := func() error {
		if rows == 0 {
			return nil
		}
		if _, err := conn.ExecContext(ctx, string(text)); err != nil {
			return fmt.Errorf("mysql: copies of %s: %w", table, err)
		}
		wrote(rows)
		text, rows = text[:len(head)], 0
		return nil
	}
	for _, row := range t.Rows {
		parts := stencil(table, t.Columns, row, c)
		for k := int64(1); k < c.Count; k++ {
			if rows > 0 {
				text = append(text, ',')
			}
			if text, err = appendCopy(text, parts, row, k); err != nil {
				return err
			}
			rows++
			if len(text) >= statement {
				if err := send(); err != nil {
					return err
				}
			}
		}
	}
	if err := send(); err != nil {
		return err
	}
	// The plans that the server makes rest on how many rows it believes there are.
	_, err = conn.ExecContext(ctx, "ANALYZE TABLE `"+table+"`") //nolint:misspell // SQL
	return err
}

// part is one of what a row's text is made of: a text, an id, or a column of its own.
type part struct {
	text   string
	id     int64
	column Column
}

func stencil(table string, columns []string, row Row, c Copies) []part {
	var parts []part
	text := []byte("(")
	for i, column := range columns {
		if i > 0 {
			text = append(text, ',')
		}
		own, value := c.Columns[table+"."+column], row[column]
		n, number := value.(int64)
		switch {
		case own != nil:
			parts = append(parts, part{text: string(text)}, part{column: own})
			text = text[:0]
		case number && n >= c.First:
			parts = append(parts, part{text: string(text)}, part{id: n})
			text = text[:0]
		default:
			text = appendValue(text, value)
		}
	}
	return append(parts, part{text: string(append(text, ')'))})
}

func appendCopy(text []byte, parts []part, row Row, k int64) ([]byte, error) {
	for _, p := range parts {
		switch {
		case p.column != nil:
			value, err := p.column(row, k)
			if err != nil {
				return nil, err
			}
			text = appendValue(text, value)
		case p.id != 0:
			text = strconv.AppendInt(text, p.id+k, 10)
		default:
			text = append(text, p.text...)
		}
	}
	return text, nil
}

// appendValue writes a value as SQL; texts in hexadecimal, so that nothing in them
// means anything.
func appendValue(text []byte, value any) []byte {
	switch v := value.(type) {
	case nil:
		return append(text, "NULL"...)
	case int64:
		return strconv.AppendInt(text, v, 10)
	case float64:
		return strconv.AppendFloat(text, v, 'g', -1, 64)
	case time.Time:
		return v.UTC().AppendFormat(text, "'2006-01-02 15:04:05.000'")
	case string:
		return append(hex.AppendEncode(append(text, "x'"...), []byte(v)), '\'')
	case []byte:
		return append(hex.AppendEncode(append(text, "x'"...), v), '\'')
	}
	return appendValue(text, fmt.Sprint(value))
}
