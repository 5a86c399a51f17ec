package mysql

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	driverpkg "github.com/go-sql-driver/mysql"
	"github.com/jmoiron/sqlx"
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
	Rows    []Row // those that were asked for
	others  []Row
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
		} else {
			into.others = append(into.others, row)
		}
	}
	return rows.Err()
}

// Column gives what the copy k of a row has in a column.
type Column func(row Row, k int64) (any, error)

// Copies says how rows are copied.
type Copies struct {
	First   int64             // numbers from here on are ids of the rows themselves: copy k's are k higher
	Count   int64             // with the rows that are there: copies 1 to Count-1 are added
	Columns map[string]Column // by "table.column", those that are not as in the row
	Step    func(done, all int)
}

// copiers is how many tables are written to at once.
const copiers = 3

// Copy writes the copies of the rows, several tables at once, without looking at what
// refers to what: all of it comes. Each table is written whole into an empty one, whose
// indexes the server then sorts instead of searching them for each row. It is for a
// database that nobody uses yet, and for a server that reads what its client sends
// (local_infile).
func (d *DB) Copy(ctx context.Context, tables map[string]*Rows, c Copies) error {
	all, done, lock := 0, 0, sync.Mutex{}
	names := make([]string, 0, len(tables))
	for name, t := range tables {
		all += len(t.Rows) * int(c.Count)
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return len(tables[b].Rows) - len(tables[a].Rows) })
	// All first: emptying a table waits for whoever writes to one that it refers to.
	err := d.unchecked(ctx, func(conn *sqlx.Conn) error {
		for _, name := range names {
			if _, err := conn.ExecContext(ctx, "TRUNCATE TABLE `"+name+"`"); err != nil {
				return classify(err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
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

// unchecked does it on a connection that looks at no key.
func (d *DB) unchecked(ctx context.Context, do func(*sqlx.Conn) error) (err error) {
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
	return do(conn)
}

func (d *DB) copyTable(ctx context.Context, table string, t *Rows, c Copies, wrote func(int)) error {
	lines, into := io.Pipe()
	defer func() { _ = lines.Close() }()
	name := "copies of " + table
	driverpkg.RegisterReaderHandler(name, func() io.Reader { return lines })
	defer driverpkg.DeregisterReaderHandler(name)
	go func() { _ = into.CloseWithError(writeCopies(into, table, t, c, wrote)) }()
	return d.unchecked(ctx, func(conn *sqlx.Conn) error {
		loaded, err := conn.ExecContext(ctx, "LOAD DATA LOCAL INFILE 'Reader::"+name+"' INTO TABLE `"+table+
			"` CHARACTER SET binary (`"+strings.Join(t.Columns, "`, `")+"`)")
		if err != nil {
			return fmt.Errorf("mysql: copies of %s: %w", table, err)
		}
		// What a server cannot load it leaves out or cuts off, with a warning.
		var warnings int64
		if err := conn.GetContext(ctx, &warnings, "SELECT @@warning_count"); err != nil {
			return classify(err)
		}
		rows, err := loaded.RowsAffected()
		if want := int64(len(t.others)) + int64(len(t.Rows))*c.Count; err == nil && (rows != want || warnings > 0) {
			err = fmt.Errorf("mysql: copies of %s: %d rows of %d are there, %d warnings", table, rows, want, warnings)
		}
		// The plans that the server makes rest on how many rows it believes there are.
		_, known := conn.ExecContext(ctx, "ANALYZE TABLE `"+table+"`") //nolint:misspell // SQL
		return errors.Join(err, known)
	})
}

// writeCopies writes the table as lines, with what is copied and what is not.
func writeCopies(to io.Writer, table string, t *Rows, c Copies, wrote func(int)) (err error) {
	out := bufio.NewWriterSize(to, 1<<20)
	line, asItIs := []byte{}, Copies{First: math.MaxInt64}
	for _, row := range t.others {
		if line, err = appendCopy(line[:0], stencil(table, t.Columns, row, asItIs), row, 0); err != nil {
			return err
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	for _, row := range t.Rows {
		copied := stencil(table, t.Columns, row, c)
		for k := range c.Count {
			parts := copied
			if k == 0 {
				parts = stencil(table, t.Columns, row, asItIs)
			}
			if line, err = appendCopy(line[:0], parts, row, k); err != nil {
				return err
			}
			if _, err := out.Write(line); err != nil {
				return err
			}
		}
		wrote(int(c.Count))
	}
	return out.Flush()
}

// part is one of what a row's text is made of: a text, an id, or a column of its own.
type part struct {
	text   string
	id     int64
	column Column
}

func stencil(table string, columns []string, row Row, c Copies) []part {
	var parts []part
	text := []byte{}
	for i, column := range columns {
		if i > 0 {
			text = append(text, '\t')
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
	return append(parts, part{text: string(append(text, '\n'))})
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

// appendValue writes a value as LOAD DATA reads it.
func appendValue(text []byte, value any) []byte {
	switch v := value.(type) {
	case nil:
		return append(text, `\N`...)
	case int64:
		return strconv.AppendInt(text, v, 10)
	case float64:
		return strconv.AppendFloat(text, v, 'g', -1, 64)
	case time.Time:
		if v.Equal(v.Truncate(24 * time.Hour)) { // a date, too
			return v.UTC().AppendFormat(text, time.DateOnly)
		}
		return v.UTC().AppendFormat(text, "2006-01-02 15:04:05.000")
	case string:
		return appendEscaped(text, v)
	case []byte:
		return appendEscaped(text, string(v))
	}
	return appendValue(text, fmt.Sprint(value))
}

// appendEscaped writes bytes so that none of them ends a value or a line.
func appendEscaped(text []byte, value string) []byte {
	for i := range len(value) {
		switch b := value[i]; b {
		case '\\', '\t', '\n':
			text = append(text, '\\', b)
		case 0:
			text = append(text, '\\', '0')
		default:
			text = append(text, b)
		}
	}
	return text
}
