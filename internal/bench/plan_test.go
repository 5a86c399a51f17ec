package bench

import (
	"database/sql"
	"slices"
	"testing"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/wish"
)

// A page of a large community reads about as many rows as it shows, the first
// and the deepest alike, by the query that the product sends: on MariaDB the
// plain one walks back from the newest row.
func TestPagesOfALargeCommunity(t *testing.T) {
	s := newStage(t, scale{wishes: 1 << 15, scores: 100, perRound: 2})
	db := s.w.App.DB
	c := newCounter(t, db)
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
			if n, cost := c.costs(query, args); cost > 400 || n != 20 {
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
		if n, cost := c.costs(query, args); cost > 20 || n != 0 {
			t.Errorf("%s: %d rows read for %d", query, cost, n)
		}
	}
	// What looks every two seconds for wishes that are old enough reads no others.
	old := s.w.Clocks.Business.Now().Add(-wish.ExpireAfter)
	if n, cost := c.costs("wish.overdue_wishes", []any{id.Last[id.Wish](old), old, 20}); n != 0 || cost > 300 {
		t.Errorf("%d wishes are overdue, by %d rows read", n, cost)
	}
}

// What waits at a desk is read as far as it is listed, and so are people who have served in a community.
func TestListsOfALargeCommunity(t *testing.T) {
	s := newStage(t, scale{wishes: 1 << 12, scores: 100, perRound: 2})
	at, secretary := s.w.Clocks.Business.Now(), s.w.People["secretary"]
	const apart = 1 << 50 // identifiers of three days before, which nothing else has
	s.exec("INSERT INTO matters (noun, id, node_id, status, version) SELECT 'wish', id - ?, node_id, status, 1 "+
		"FROM wishes WHERE node_id = ?", apart, s.w.Sister)
	s.exec("INSERT INTO matter_turns (noun, id, part, person_id, desk_id, since, opens_at) "+
		"SELECT noun, id, 'decider', 0, node_id, ?, ? FROM matters WHERE node_id = ?", at, at, s.w.Sister)
	s.exec("INSERT INTO users (id, display_name, home_node_id, created_at) SELECT id - ?, '王秀英', node_id, ? FROM wishes "+
		"WHERE node_id = ?", apart, at, s.w.Sister)
	for part := range 2 { // of each two records
		s.exec("INSERT INTO service_records (id, user_id, node_id, title, started_at, ended_at, minutes, source, status, "+
			"recorder_id, member_node_id, stage_node_id, recorded_at, credit_event_id) "+
			"SELECT id - ?, id, home_node_id, '扫雪', ?, ?, 60, 'self', 'credited', id, home_node_id, home_node_id, ?, 1 "+
			"FROM users WHERE home_node_id = ?", part*apart, at, at.Add(time.Hour), at, s.w.Sister)
	}
	for _, word := range []string{"水龙", "龙头"} { // which all of them have
		s.exec("INSERT IGNORE INTO wish_words SELECT ?, id FROM wishes WHERE node_id = ?", word, s.w.Sister)
	}
	c := newCounter(t, s.w.App.DB)
	var last id.User
	must(t, s.w.App.DB.Pool().QueryRowContext(t.Context(), "SELECT MAX(id) FROM users").Scan(&last))
	roles, before := id.RoleUnitLiaison, id.OrLatest(id.Wish(0))
	for query, args := range map[string][]any{
		"task.waiting": {
			1, secretary, s.w.Sister, at, at, "decider", secretary, secretary, roles, at, at, roles, at, at, 0, 0, 20,
		},
		"wish.search":        {"水龙", before, "open", "水龙", 1, "", "", 0, 0, 0, 20},
		"wish.search_node":   {s.w.Sister, "open", before, "水龙", 1, "", "", 20},
		"wish.search_mine":   {s.owner, before, "", "", "水龙", 1, "", "", 20},
		"certificate.people": {s.w.Sister, last + 1, s.w.Sister, s.w.Sister, "", "", "", 20},
	} {
		if n, cost := c.costs(query, args); cost > 600 || n != 20 {
			t.Errorf("%s: %d rows read for %d", query, cost, n)
		}
	}
	for query, args := range map[string][]any{ // a category of which nothing is open
		"wish.search_category":      {"open", "law", before, "水龙", 1, "law", "law", 0, 0, 0, 20},
		"wish.search_node_category": {s.w.Sister, "open", "law", before, "水龙", 1, "law", "law", 20},
	} {
		if n, cost := c.costs(query, args); cost > 20 || n != 0 {
			t.Errorf("%s: %d rows read for %d", query, cost, n)
		}
	}
	for _, place := range []id.Node{0, s.w.Sister, s.w.Street, s.w.Home} {
		for _, category := range []wish.Category{"", "repair", "law"} {
			f := wish.Filter{NodeID: place, Category: category, Words: "水龙头", Limit: 20}
			found, err := s.w.App.Wishes.List(t.Context(), s.owner, f)
			must(t, err)
			f.Words = ""
			newest, err := s.w.App.Wishes.List(t.Context(), s.owner, f)
			must(t, err)
			if !slices.EqualFunc(found, newest, func(a, b wish.Wish) bool { return a.ID == b.ID }) {
				t.Errorf("at %s, %q: %d with the words, %d in all", place, category, len(found), len(newest))
			}
		}
	}
}

// counter counts how many rows the server reads for a question on its connection.
type counter struct {
	t    *testing.T
	db   *mysql.DB
	conn *sql.Conn
}

func newCounter(t *testing.T, db *mysql.DB) counter {
	t.Helper()
	conn, err := db.Pool().Conn(t.Context())
	must(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	return counter{t, db, conn}
}

func (c counter) read() (rows int) {
	c.t.Helper()
	answer, err := c.conn.QueryContext(c.t.Context(), "SHOW SESSION STATUS LIKE 'Handler_read%'")
	must(c.t, err)
	defer func() { _ = answer.Close() }()
	for answer.Next() {
		var name string
		var n int
		must(c.t, answer.Scan(&name, &n))
		rows += n
	}
	must(c.t, answer.Err())
	return rows
}

// costs is how many rows a query of the product answers, and how many are read for it.
func (c counter) costs(query string, args []any) (n, cost int) {
	c.t.Helper()
	atRest := c.read()
	at := c.read() // what the question itself costs
	n = count(c.t, c.conn, c.db.Text(query), args)
	return n, c.read() - at - (at - atRest)
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
