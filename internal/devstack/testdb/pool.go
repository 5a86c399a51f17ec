package testdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A database of the pool belongs to one test at a time and is emptied by it:
// that takes a third of making one in MariaDB, and a hundredth in MySQL. All
// processes of a server share the pool. Whoever holds the lock of a database's
// name has it; the template's marker table lists the clean ones. One whose
// process died is in no list, and is made anew.

// lease is a clean database of the pool, for the time of a test.
type lease struct {
	server   *server
	template *template
	name     string
	conn     *sql.Conn // holds the lock of the name
	changes  int       // of schemas on the server until it was borrowed
}

// borrow takes the first database of the pool that nobody has.
func (s *server) borrow(ctx context.Context, t *template) (_ *lease, err error) {
	conn, err := s.pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, conn.Close())
		}
	}()
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s_%d", strings.Replace(t.name, "tmpl", "t", 1), n)
		var got sql.NullInt64
		if err := conn.QueryRowContext(ctx, "SELECT GET_LOCK(?, 0)", name).Scan(&got); err != nil {
			return nil, err
		}
		if got.Int64 != 1 {
			continue
		}
		l := &lease{server: s, template: t, name: name, conn: conn}
		clean, err := conn.ExecContext(ctx, "DELETE FROM "+t.marker()+" WHERE name = ?", name)
		if err != nil {
			return nil, err
		}
		rows, err := clean.RowsAffected()
		if err == nil && rows == 0 {
			_, err = conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+name+";"+t.copyInto(name))
		}
		if err == nil {
			l.changes, err = changes(ctx, conn)
		}
		return l, err
	}
}

// changes is how many statements the server has got that could change a schema.
func changes(ctx context.Context, conn *sql.Conn) (sum int, err error) {
	rows, err := conn.QueryContext(ctx, "SHOW GLOBAL STATUS WHERE Variable_name REGEXP "+
		"'^Com_(alter|create|drop|rename)_(table|index|trigger|view)$'")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name string
		var n int
		if err := rows.Scan(&name, &n); err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, rows.Err()
}

// giveBack empties the database for the next test, or drops it where that is
// quicker or the schema is another now. It is an error if a transaction is still
// open in it; then nobody gets the name again as long as this process lives.
func (l *lease) giveBack(ctx context.Context) (err error) {
	again, err := l.worthwhile(ctx)
	if err != nil {
		return err
	}
	if !again {
		err = l.drop(ctx)
	} else if err = l.empty(ctx); err == nil {
		_, err = l.conn.ExecContext(ctx, "INSERT INTO "+l.template.marker()+" VALUES (?)", l.name)
	}
	if err != nil {
		return err
	}
	_, err = l.conn.ExecContext(ctx, "DO RELEASE_LOCK(?)", l.name)
	return errors.Join(err, l.conn.Close())
}

func (l *lease) drop(ctx context.Context) error {
	_, err := l.conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+l.name)
	for i := 0; i < 5 && isDeadlock(err); i++ { // several at once, in the dictionary of MySQL
		_, err = l.conn.ExecContext(ctx, "DROP DATABASE IF EXISTS "+l.name)
	}
	return err
}

// many rows are dropped faster than deleted.
const many = 5000

// worthwhile tells whether the schema is the template's, and the rows are few.
func (l *lease) worthwhile(ctx context.Context) (bool, error) {
	now, err := changes(ctx, l.conn)
	if err != nil {
		return false, err
	}
	if now != l.changes { // somebody's schema is another one
		if same, err := l.asMade(ctx); err != nil || !same {
			return false, err
		}
	}
	var most int
	err = l.conn.QueryRowContext(ctx, fmt.Sprintf("SELECT GREATEST("+
		"(SELECT COUNT(*) FROM (SELECT 1 FROM `%[1]s`.events LIMIT %[2]d) e),"+
		"(SELECT COUNT(*) FROM (SELECT 1 FROM `%[1]s`.nodes LIMIT %[2]d) n))", l.name, many)).Scan(&most)
	return most < many, err
}

// asMade tells whether the schema is still the template's.
func (l *lease) asMade(ctx context.Context) (bool, error) {
	found, err := definitions(ctx, l.conn, l.name)
	if err != nil || found != l.template.definitions {
		return false, err
	}
	var triggers int
	err = l.conn.QueryRowContext(ctx,
		"SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = ?", l.name).Scan(&triggers)
	return triggers == 0, err
}

// empty gives each table the template's rows again. The locks of the tables wait
// for every open transaction, and fail at it.
func (l *lease) empty(ctx context.Context) error {
	t := l.template
	locks := make([]string, 0, len(t.names)+len(t.filled))
	haveRows := make([]string, 0, len(t.names))
	for _, table := range t.names {
		locks = append(locks, fmt.Sprintf("`%s`.`%s` WRITE", l.name, table))
		haveRows = append(haveRows, fmt.Sprintf("IF(EXISTS(SELECT 1 FROM `%s`.`%s`), '%s', NULL)", l.name, table, table))
	}
	for _, table := range t.filled {
		locks = append(locks, fmt.Sprintf("`%s`.`%s` READ", t.name, table))
	}
	var full string
	_, err := l.conn.ExecContext(ctx, "USE "+l.name+";LOCK TABLES "+strings.Join(locks, ", "))
	if err == nil {
		err = l.conn.QueryRowContext(ctx, "SELECT CONCAT_WS(' ', "+strings.Join(haveRows, ", ")+")").Scan(&full)
	}
	if err == nil {
		var again []string
		for _, table := range strings.Fields(full) {
			again = append(again, "DELETE FROM `"+table+"`")
		}
		_, err = l.conn.ExecContext(ctx, strings.Join(slices.Concat(again, t.rows), ";"))
	}
	_, unlockErr := l.conn.ExecContext(ctx, "UNLOCK TABLES")
	return errors.Join(err, unlockErr)
}

// fill replaces the template's rows by those of another database of its schema.
func (l *lease) fill(ctx context.Context, from *template) error {
	statements := []string{"USE " + l.name, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"}
	for _, table := range l.template.filled {
		statements = append(statements, "DELETE FROM `"+table+"`")
	}
	_, err := l.conn.ExecContext(ctx, strings.Join(slices.Concat(statements, from.rows), ";"))
	return err
}

// noise is what two servers, or the same one twice, tell differently of the same
// table: the next number, and a character set that is the table's anyway.
var noise = regexp.MustCompile(` AUTO_INCREMENT=\d+| CHARACTER SET utf8mb4| DEFINER=\S+`)

// definitions is the schema of a database, but for the template's marker, as text
// that is equal for equal ones.
func definitions(ctx context.Context, conn *sql.Conn, database string) (_ string, err error) {
	rows, err := conn.QueryContext(ctx, fmt.Sprintf(
		"SHOW FULL TABLES FROM `%[1]s` WHERE `Tables_in_%[1]s` <> '%[2]s'", database, marker))
	if err != nil {
		return "", err
	}
	var shows []string
	for rows.Next() {
		var table, kind string
		if err := rows.Scan(&table, &kind); err != nil {
			return "", errors.Join(err, rows.Close())
		}
		shows = append(shows, fmt.Sprintf("SHOW CREATE TABLE `%s`.`%s`", database, table))
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(shows) == 0 {
		return "", err
	}
	slices.Sort(shows)
	rows, err = conn.QueryContext(ctx, strings.Join(shows, ";"))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var all strings.Builder
	for more := true; more; more = rows.NextResultSet() {
		columns, err := rows.Columns()
		if err != nil {
			return "", err
		}
		values := make([]sql.RawBytes, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		for rows.Next() {
			if err := rows.Scan(into...); err != nil {
				return "", err
			}
			all.Write(values[1])
			all.WriteByte('\n')
		}
	}
	return strings.ReplaceAll(noise.ReplaceAllString(all.String(), ""), "`"+database+"`.", ""), rows.Err()
}
