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
	"time"

	"github.com/jmoiron/sqlx"

	sqlfiles "xinyuan/sql"
)

// queries are the named queries of sql/queries by "<package>.<name>": of a package
// with many, "<package>.<part>.sql" is one file of several.
//
// What several queries of a package share stands once, after "-- fragment: <name>",
// and goes where they say {{<name>}}: the columns of a noun, for example. Another
// package's is {{<package>.<name>}}. A fragment may hold others.
//
// {{*<ending>}} are all fragments of the package whose names end so, in the order of
// their names: each noun has its own, in a file of its own. Those that select are
// one UNION ALL the other, branches (WHEN …) stand in one CASE, and conditions are
// one OR the other.
type queries map[string]string

var (
	nameLine = regexp.MustCompile(`(?m)^-- (name|fragment): (\S+)\s*$`)
	inserted = regexp.MustCompile(`\{\{([a-z_.*]+)\}\}`)
	comment  = regexp.MustCompile(`(?m)^\s*--.*$`)
	spaces   = regexp.MustCompile(`\s+`)
)

// loadQueries reads every file of sql/queries, once: nobody writes to what it
// returns. A name twice, or text before the first name, is an error.
var loadQueries = sync.OnceValues(func() (queries, error) {
	files, err := sqlfiles.Queries.ReadDir("queries")
	if err != nil {
		return nil, err
	}
	all, fragments := queries{}, queries{}
	for _, f := range files {
		text, err := sqlfiles.Queries.ReadFile(path.Join("queries", f.Name()))
		if err != nil {
			return nil, err
		}
		if err := parse(all, fragments, packageOf(f.Name()), string(text)); err != nil {
			return nil, fmt.Errorf("mysql: %s: %w", f.Name(), err)
		}
	}
	return all, all.insert(fragments)
})

func packageOf(file string) string {
	name, _, _ := strings.Cut(file, ".")
	return name
}

// parse reads the queries and fragments of a file.
func parse(all, fragments queries, file, text string) error {
	marks := nameLine.FindAllStringSubmatchIndex(text, -1)
	for i, m := range marks {
		q := all
		if text[m[2]:m[3]] == "fragment" {
			q = fragments
		}
		name, end := file+"."+text[m[4]:m[5]], len(text)
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
		q[name] = inserted.ReplaceAllStringFunc(body, func(mark string) string {
			if strings.Contains(mark, ".") {
				return mark
			}
			return "{{" + file + "." + strings.Trim(mark, "{}") + "}}"
		})
	}
	return nil
}

// insert puts the fragments into the queries. One that nothing names, and a name
// of none, is an error.
func (q queries) insert(fragments queries) error {
	used := map[string]bool{}
	for name, text := range q {
		for deep := 0; inserted.MatchString(text); deep++ {
			if deep > len(fragments) {
				return fmt.Errorf("mysql: %s holds a fragment that holds itself", name)
			}
			var unknown string
			text = inserted.ReplaceAllStringFunc(text, func(mark string) string {
				fragment := strings.Trim(mark, "{}")
				names := fragments.matching(fragment)
				if len(names) == 0 {
					unknown = fragment
					return ""
				}
				for _, name := range names {
					used[name] = true
				}
				return fragments.joined(names)
			})
			if unknown != "" {
				return fmt.Errorf("mysql: %s: there is no fragment %s", name, unknown)
			}
		}
		q[name] = text
	}
	for name := range fragments {
		if !used[name] {
			return fmt.Errorf("mysql: the fragment %s is used nowhere: take it out", name)
		}
	}
	return nil
}

// matching lists the fragments that a mark names, in their order.
func (q queries) matching(mark string) (names []string) {
	before, after, many := strings.Cut(mark, "*")
	for name := range q {
		if name == mark || many && strings.HasPrefix(name, before) && strings.HasSuffix(name, after) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// joined is the text of the fragments together.
func (q queries) joined(names []string) string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = q[name]
	}
	switch {
	case strings.HasPrefix(texts[0], "WHEN "): // the branches of a CASE
		return strings.Join(texts, " ")
	case len(texts) < 2, strings.HasPrefix(texts[0], "SELECT "):
		return strings.Join(texts, " UNION ALL ")
	}
	return "(" + strings.Join(texts, ") OR (") + ")"
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
	bound, args, err := named(text, arg)
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
	switch v.(type) { // the most frequent, which need no look at their type
	case nil, string, int, int64, bool, time.Time:
		return false
	}
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
