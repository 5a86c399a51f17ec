package testdb

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"xinyuan/internal/mysql"
	sqlfiles "xinyuan/sql"
)

// marker is the table that is made last in a template. Without it the template
// is half-made and is made anew. It lists the clean databases of the pool.
const marker = "testdb_ready"

// template is a migrated database that is never changed, and what copies it.
type template struct {
	name   string
	names  []string // of the tables
	filled []string // of those that have rows
	tables []string // CREATE TABLE …
	rows   []string // INSERT INTO … SELECT …, of the tables that have rows
	views  []string // CREATE VIEW …

	definitions string
}

// marker is the table of that name.
func (t *template) marker() string { return t.name + "." + marker }

// copyInto is the statements that make a database of that name like the template.
// Reading what is committed locks no row that is read.
func (t *template) copyInto(name string) string {
	return "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;" + createDatabase(name) + "USE " + name + ";" +
		strings.Join(t.tables, ";") + ";" + strings.Join(slices.Concat(t.rows, t.views), ";")
}

var prepared = sync.OnceValues(func() (*template, error) {
	s, err := shared()
	if err != nil {
		return nil, err
	}
	name, err := templateName(sqlfiles.Migrations)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := s.ensure(ctx, name); err != nil {
		return nil, fmt.Errorf("testdb: template: %w", err)
	}
	t, err := s.read(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("testdb: template: %w", err)
	}
	return t, nil
})

// templateName changes with every change of a migration.
func templateName(migrations fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(migrations, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(migrations, path)
		_, _ = fmt.Fprintf(sum, "%s %d\n%s", path, len(text), text)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("testdb: %w", err)
	}
	return fmt.Sprintf("xinyuan_tmpl_%x", sum.Sum(nil)[:6]), nil
}

// ensure makes the template unless it is there. Of several processes one makes
// it while the others wait.
func (s *server) ensure(ctx context.Context, name string) (err error) {
	conn, err := s.pool.Conn(ctx) // the lock belongs to its connection
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	var got sql.NullInt64
	if err := conn.QueryRowContext(ctx, "SELECT GET_LOCK(?, ?)", name, patience.Seconds()).Scan(&got); err != nil {
		return err
	}
	if got.Int64 != 1 {
		return errors.New("another process does not finish making it")
	}
	defer func() {
		_, unlockErr := conn.ExecContext(context.WithoutCancel(ctx), "DO RELEASE_LOCK(?)", name)
		err = errors.Join(err, unlockErr)
	}()
	var ready int
	err = conn.QueryRowContext(ctx, "SELECT COUNT(*) FROM information_schema.tables"+
		" WHERE table_schema = ? AND table_name = ?", name, marker).Scan(&ready)
	if err != nil || ready == 1 {
		return err
	}
	if err := s.exec("DROP DATABASE IF EXISTS " + name + ";" + createDatabase(name)); err != nil {
		return err
	}
	if err := mysql.Migrate(ctx, s.dsn(name), nil); err != nil {
		return err
	}
	return s.exec("CREATE TABLE " + name + "." + marker + " (name VARCHAR(64) PRIMARY KEY)")
}

// read finds out how to copy the template.
func (s *server) read(ctx context.Context, name string) (*template, error) {
	other, err := s.texts(ctx, "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = ?", name)
	if err != nil {
		return nil, err
	}
	if len(other) > 0 {
		return nil, fmt.Errorf("only tables and views can be copied, not %s", strings.Join(other, ", "))
	}
	tables, err := s.texts(ctx, "SELECT table_name FROM information_schema.tables"+
		" WHERE table_schema = ? AND table_name <> ? AND table_type = 'BASE TABLE'", name, marker)
	if err != nil {
		return nil, err
	}
	t := &template{name: name, names: tables}
	if t.views, err = s.views(ctx, name); err != nil {
		return nil, err
	}
	for _, table := range tables {
		var again, ddl string
		from := fmt.Sprintf("`%s`.`%s`", name, table)
		if err := s.pool.QueryRowContext(ctx, "SHOW CREATE TABLE "+from).Scan(&again, &ddl); err != nil {
			return nil, err
		}
		t.tables = append(t.tables, ddl)
		var filled bool
		if err := s.pool.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+from+")").Scan(&filled); err != nil {
			return nil, err
		}
		if !filled {
			continue
		}
		// The server computes generated columns itself and refuses values for them.
		columns, err := s.texts(ctx, "SELECT column_name FROM information_schema.columns WHERE table_schema = ?"+
			" AND table_name = ? AND COALESCE(generation_expression, '') = '' ORDER BY ordinal_position", name, table)
		if err != nil {
			return nil, err
		}
		t.filled = append(t.filled, table)
		list := "`" + strings.Join(columns, "`, `") + "`"
		t.rows = append(t.rows, fmt.Sprintf("INSERT INTO `%s` (%s) SELECT %s FROM %s", table, list, list, from))
	}
	conn, err := s.pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	t.definitions, err = definitions(ctx, conn, name)
	return t, errors.Join(err, conn.Close())
}

// definer is whoever made the template's view, which the copy need not name.
var definer = regexp.MustCompile(` DEFINER=\S+`)

// views is how to make the views again, of the tables of whatever database is
// in use. They name tables only, not each other.
func (s *server) views(ctx context.Context, name string) ([]string, error) {
	names, err := s.texts(ctx, "SELECT table_name FROM information_schema.views WHERE table_schema = ?", name)
	if err != nil {
		return nil, err
	}
	all := make([]string, len(names))
	for i, view := range names {
		var again, ddl, charset, collation string
		err := s.pool.QueryRowContext(ctx, fmt.Sprintf("SHOW CREATE VIEW `%s`.`%s`", name, view)).
			Scan(&again, &ddl, &charset, &collation)
		if err != nil {
			return nil, err
		}
		all[i] = strings.ReplaceAll(definer.ReplaceAllString(ddl, ""), "`"+name+"`.", "")
	}
	return all, nil
}

// texts reads a query's only column.
func (s *server) texts(ctx context.Context, query string, args ...any) (found []string, err error) {
	rows, err := s.pool.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		found = append(found, text)
	}
	return found, rows.Err()
}
