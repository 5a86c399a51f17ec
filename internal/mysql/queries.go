package mysql

import (
	"context"
	"errors"
	"fmt"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/jmoiron/sqlx"

	sqlfiles "xinyuan/sql"
)

// queries are the named queries of sql/queries by "<package>.<name>": of a package
// with many, "<package>.<part>.sql" is one file of several.
type queries map[string]string

var (
	nameLine  = regexp.MustCompile(`(?m)^-- name: (\S+)\s*$`)
	comment   = regexp.MustCompile(`(?m)^\s*--.*$`)
	parameter = regexp.MustCompile(`:[A-Za-z][A-Za-z0-9_]*`)
	spaces    = regexp.MustCompile(`\s+`)
)

// loadQueries reads every file of sql/queries, once: nobody writes to what it
// returns. A name twice, or text before the first name, is an error.
var loadQueries = sync.OnceValues(func() (queries, error) {
	files, err := sqlfiles.Queries.ReadDir("queries")
	if err != nil {
		return nil, err
	}
	all := queries{}
	for _, f := range files {
		text, err := sqlfiles.Queries.ReadFile(path.Join("queries", f.Name()))
		if err != nil {
			return nil, err
		}
		if err := all.parse(packageOf(f.Name()), string(text)); err != nil {
			return nil, fmt.Errorf("mysql: %s: %w", f.Name(), err)
		}
	}
	return all, nil
})

func packageOf(file string) string {
	name, _, _ := strings.Cut(file, ".")
	return name
}

func (q queries) parse(file, text string) error {
	marks := nameLine.FindAllStringSubmatchIndex(text, -1)
	for i, m := range marks {
		name, end := file+"."+text[m[2]:m[3]], len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		body := comment.ReplaceAllString(text[m[1]:end], "")
		body = strings.TrimSuffix(strings.TrimSpace(spaces.ReplaceAllString(body, " ")), ";")
		switch {
		case body == "":
			return fmt.Errorf("%s is empty", name)
		case q[name] != "":
			return fmt.Errorf("%s is there twice", name)
		case strings.Contains(body, ";"):
			return fmt.Errorf("%s holds more than one statement", name)
		}
		q[name] = body
	}
	return nil
}

// bind gives the text with question marks and their values. Slices become
// lists, for IN; an empty one is an error, since IN () is none.
func (q queries) bind(name string, arg any) (string, []any, error) {
	text, ok := q[name]
	if !ok {
		return "", nil, fmt.Errorf("mysql: no query is named %q", name)
	}
	if arg == nil {
		return text, nil, nil
	}
	bound, args, err := sqlx.Named(text, arg)
	if err != nil {
		return "", nil, fmt.Errorf("mysql: %s: %w", name, err)
	}
	if slices.ContainsFunc(args, isList) {
		bound, args, err = sqlx.In(bound, args...)
		if err != nil {
			return "", nil, fmt.Errorf("mysql: %s: %w", name, err)
		}
	}
	return bound, args, nil
}

func isList(v any) bool {
	t := reflect.TypeOf(v)
	return t != nil && t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8
}

// Names lists the named queries, for the tests about them.
func (d *DB) Names() []string {
	names := make([]string, 0, len(d.queries))
	for n := range d.queries {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// Check has the server prepare every named query against the present schema,
// so that a misspelt column fails at start-up and not in someone's hands.
func (d *DB) Check(ctx context.Context) error {
	var bad error
	for _, name := range d.Names() {
		if err := d.prepare(ctx, name); err != nil {
			bad = errors.Join(bad, fmt.Errorf("mysql: query %s: %w", name, err))
		}
	}
	return bad
}

func (d *DB) prepare(ctx context.Context, name string) (err error) {
	statement, err := d.pool.PrepareContext(ctx, d.Text(name))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, statement.Close()) }()
	return nil
}

// Text returns a named query as it would be prepared, for tests of plans.
func (d *DB) Text(name string) string { return parameter.ReplaceAllString(d.queries[name], "?") }
