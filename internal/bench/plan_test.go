package bench

import (
	"database/sql"
	"testing"

	"xinyuan/internal/id"
	"xinyuan/internal/wish"
)

// A page of a large community reads about as many rows as it shows, the first
// and the deepest alike, by the query that the product sends: on MariaDB the
// plain one walks back from the newest row.
func TestPagesOfALargeCommunity(t *testing.T) {
	s := newStage(t, scale{wishes: 1 << 15, scores: 100, perRound: 2})
	db := s.w.App.DB
	conn, err := db.Pool().Conn(t.Context())
	must(t, err)
	defer func() { _ = conn.Close() }()
	read := func() (rows int) {
		t.Helper()
		answer, err := conn.QueryContext(t.Context(), "SHOW SESSION STATUS LIKE 'Handler_read%'")
		must(t, err)
		defer func() { _ = answer.Close() }()
		for answer.Next() {
			var name string
			var n int
			must(t, answer.Scan(&name, &n))
			rows += n
		}
		must(t, answer.Err())
		return rows
	}
	costs := func(query string, args []any) (n, cost int) {
		t.Helper()
		atRest := read()
		at := read() // what the question itself costs
		n = count(t, conn, db.Text(query), args)
		return n, read() - at - (at - atRest)
	}
	var newest id.Wish
	must(t, db.Pool().QueryRowContext(t.Context(), "SELECT MAX(id) FROM wishes WHERE node_id = ?", s.w.Sister).Scan(&newest))
	for place, before := range map[string]id.Wish{
		"first": newest + 1, "in the middle": newest - 1<<14, "the last": newest - 1<<15 + 21,
	} {
		for query, args := range map[string][]any{
			"wish.page_node":  {s.w.Sister, "open", before, 20},
			"wish.page_all":   {"open", before, 20},
			"wish.page_mine":  {s.owner, before, "", "", "", "", 20},
			"wish.page_nodes": {s.w.Sister, "open", before, 20},
		} {
			if n, cost := costs(query, args); cost > 400 || n != 20 {
				t.Errorf("%s, %s: %d rows read for %d", query, place, cost, n)
			}
		}
	}
	// A category of which nothing is open is not looked for among all that is.
	for query, args := range map[string][]any{
		"wish.category_all":   {"open", "law", newest + 1, 20},
		"wish.category_node":  {s.w.Sister, "open", "law", newest + 1, 20},
		"wish.category_nodes": {s.w.Sister, "open", "law", newest + 1, 20},
	} {
		if n, cost := costs(query, args); cost > 20 || n != 0 {
			t.Errorf("%s: %d rows read for %d", query, cost, n)
		}
	}
	// What looks every two seconds for wishes that are old enough reads no others.
	old := s.w.Clocks.Business.Now().Add(-wish.ExpireAfter)
	before := read()
	if n := count(t, conn, db.Text("wish.overdue_wishes"), []any{id.Last[id.Wish](old), old, 20}); n != 0 {
		t.Errorf("%d wishes are overdue", n)
	}
	if cost := read() - before; cost > 300 {
		t.Errorf("%d rows read to find no overdue wish", cost)
	}
}

func count(t *testing.T, conn *sql.Conn, query string, args []any) (n int) {
	t.Helper()
	rows, err := conn.QueryContext(t.Context(), query, args...)
	must(t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		n++
	}
	must(t, rows.Err())
	return n
}
