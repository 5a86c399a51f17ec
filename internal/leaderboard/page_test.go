package leaderboard

import (
	"cmp"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/id"
)

func TestPeriods(t *testing.T) {
	t.Parallel()
	for period, want := range map[Period]bool{
		"all": true, "2026-01": true, "2026-12": true, "": false, "ALL": false, "2026-00": false, "2026-13": false,
		"2026-1": false, "2026": true, "2026Q1": true, "2026Q0": false, "2026Q5": false, "Q1": false, "2026-Q1": false, "1999-01": false, "2026-03\n": false, "2026-03-11": false, "全部": false,
	} {
		if period.IsValid() != want {
			t.Errorf("%q is valid: %v", period, !want)
		}
	}
	for at, want := range map[string]Period{
		"2026-03-31T15:59:59.999Z": "2026-03", "2026-03-31T16:00:00Z": "2026-04",
		"2025-12-31T16:00:00Z": "2026-01", "2026-01-01T00:00:00+08:00": "2026-01",
	} {
		when, err := time.Parse(time.RFC3339, at)
		must(t, err)
		if got := MonthOf(when); got != want {
			t.Errorf("%s falls in %s, want %s", at, got, want)
		}
	}
}

func TestCursors(t *testing.T) {
	t.Parallel()
	for _, c := range []Cursor{{1, 1}, {20, 123}, {1 << 40, 1<<63 - 1}} {
		if got, ok := ParseCursor(c.String()); !ok || got != c {
			t.Errorf("%v is read as %v", c, got)
		}
	}
	for _, text := range []string{
		"", "-", "5", "5-", "-5", "0-5", "-5-5", "5-0", "5--5", "a-5", "5-a", "5-5-5", "5 -5", "5.0-5", "+",
		"99999999999999999999-5", "5-99999999999999999999",
	} {
		if c, ok := ParseCursor(text); ok {
			t.Errorf("%q is read as %v", text, c)
		}
	}
}

// crowd is a board of many people with few scores, as a model and in the
// database, and the same board in a Redis that is whole and in one that is not.
type crowd struct {
	*stand
	board  Board
	order  []total // the model: those with points, the best first
	named  map[id.Subject]bool
	askers []id.Subject
	// redis and totals are the same boards, answered from either; kept answers again
	// what it has answered before, until its clock is moved.
	redis, totals, kept *Service
}

func newCrowd(t *testing.T) *crowd {
	t.Helper()
	s := newStand(t)
	c := &crowd{stand: s, board: board(s.home, "2026-03"), named: map[id.Subject]bool{}}
	people := s.people(64)
	random := rand.New(rand.NewPCG(20260311, 1))
	scores := map[id.Subject]int64{}
	for i, p := range people[:60] {
		scores[p] = []int64{5, 10, 10, 10, 20, 30, 30, 125}[random.IntN(8)]
		c.named[p] = i%3 != 2
		c.order = append(c.order, total{Subject: p, Score: scores[p]})
	}
	scores[people[60]], scores[people[61]] = 0, -10 // corrected away: not on the board
	c.total(c.board, scores)
	c.total(board(s.sister, "2026-03"), map[id.Subject]int64{people[62]: 1000})
	slices.SortFunc(c.order, func(a, b total) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Subject, a.Subject))
	})
	c.askers = []id.Subject{
		0, c.order[0].Subject, c.order[30].Subject, c.order[59].Subject, people[60], people[61], people[63],
	}
	c.ready(c.board)
	addr, prefix := testdb.Redis(t)
	c.redis = s.Service
	c.totals = New(s.db, client(t, addr, prefix), s.box, s.log)
	c.kept = New(s.db, s.redis, s.box, s.log)
	c.kept.KeepFor(time.Second, s.machine)
	return c
}

// page is what the model says.
func (c *crowd) page(q Query) Page {
	p := Page{AsOf: noon}
	first := 0
	if q.Around {
		q.Limit = 2*neighbours + 1
		first = max(0, slices.IndexFunc(c.order, func(t total) bool { return t.Subject == q.Asker })-neighbours)
	}
	if q.After != nil {
		for first < len(c.order) && (c.order[first].Score > q.After.Score ||
			c.order[first].Score == q.After.Score && c.order[first].Subject >= q.After.Subject) {
			first++
		}
	}
	for i, t := range c.order {
		place := Place{Score: t.Score, Rank: 1}
		for _, other := range c.order {
			if other.Score > t.Score {
				place.Rank++
			}
		}
		if t.Subject == q.Asker {
			p.Me = &place
		}
		switch {
		case i < first || i > first+q.Limit:
		case i == first+q.Limit:
			p.Next = &Cursor{c.order[i-1].Score, c.order[i-1].Subject}
		case c.named[t.Subject]:
			p.Entries = append(p.Entries, Entry{place, t.Subject, c.name(t.Subject)})
		default:
			p.Entries = append(p.Entries, Entry{place, 0, MetricPoints.anonymous()})
		}
	}
	return p
}

func (c *crowd) name(person id.Subject) string {
	var name string
	row := c.db.Pool().QueryRowContext(c.t.Context(), "SELECT display_name FROM users WHERE id = ?", person)
	must(c.t, row.Scan(&name))
	return name
}

// check fails the test unless all sources answer as the model does.
func (c *crowd) check(q Query) Page {
	c.t.Helper()
	want := c.page(q)
	for source, s := range map[string]*Service{"Redis": c.redis, "board_months": c.totals, "memory": c.kept} {
		got, err := s.GetPage(c.t.Context(), q)
		must(c.t, err)
		got.shared = nil
		if !reflect.DeepEqual(got, want) {
			c.t.Fatalf("%s answers %+v with\n%+v, want\n%+v", source, q, got, want)
		}
	}
	return want
}

// Page after page, whatever their size, everybody comes once, in the same
// order and with the same rank from Redis and from board_months.
func TestPagesFromBothSources(t *testing.T) {
	t.Parallel()
	c := newCrowd(t)
	for limit := 1; limit <= 7; limit++ {
		var seen int
		for q := (Query{Board: c.board, Limit: limit, Asker: c.askers[limit%len(c.askers)]}); ; {
			p := c.check(q)
			seen += len(p.Entries)
			if p.Next == nil {
				break
			}
			cursor, ok := ParseCursor(p.Next.String())
			if !ok {
				t.Fatalf("the cursor %s cannot be read", p.Next)
			}
			q.After = &cursor
		}
		if seen != len(c.order) {
			t.Errorf("in pages of %d come %d people, want %d", limit, seen, len(c.order))
		}
	}
	c.wantWhole(c.board, true)
}

// Around somebody stand ten before and ten after, and for who is not on the
// board the first ones.
func TestAroundFromBothSources(t *testing.T) {
	t.Parallel()
	c := newCrowd(t)
	for _, stands := range c.order {
		p := c.check(Query{Board: c.board, Around: true, Asker: stands.Subject})
		if len(p.Entries) < neighbours+1 {
			t.Errorf("around %s stand %d", stands.Subject, len(p.Entries))
		}
	}
	for _, asker := range c.askers {
		c.check(Query{Board: c.board, Around: true, Asker: asker})
	}
	c.wantWhole(c.board, true)
}

// Cursors may name a place where nobody stands any more, or never did.
func TestCursorsOfNobody(t *testing.T) {
	t.Parallel()
	c := newCrowd(t)
	random := rand.New(rand.NewPCG(20260311, 2))
	for range 60 {
		near := c.order[random.IntN(len(c.order))]
		cursor := Cursor{near.Score + random.Int64N(3) - 1, near.Subject + id.Subject(random.Int64N(3)-1)}
		asker := c.askers[random.IntN(len(c.askers))]
		c.check(Query{Board: c.board, Limit: 1 + random.IntN(70), After: &cursor, Asker: asker})
	}
	for _, cursor := range []Cursor{{1, 1}, {1, 1<<63 - 1}, {1 << 50, 1}, {125, 1<<63 - 1}, {5, 1}} {
		c.check(Query{Board: c.board, Limit: 100, After: &cursor})
	}
	empty := board(c.county, "2025")
	c.ready(empty)
	c.order = nil
	c.check(Query{Board: empty, Limit: 3, Asker: c.askers[1]})
}

// The answers stay the same when Redis is emptied or stopped, and once the
// board is rebuilt they come from Redis again.
func TestBoardOutlivesRedis(t *testing.T) {
	t.Parallel()
	server := testdb.OwnRedis(t)
	s := newStandOn(t, server.Addr(), "")
	people := s.people(9)
	b := board(s.home, PeriodAll)
	scores := map[id.Subject]int64{}
	for i, p := range people {
		scores[p] = int64(10 * (1 + i/3))
	}
	s.total(b, scores)
	s.ready(b)
	read := func() []Page {
		var all []Page
		for q := (Query{Board: b, Limit: 2, Asker: people[4]}); ; {
			p, err := s.GetPage(t.Context(), q)
			must(t, err)
			all = append(all, p)
			if q.After = p.Next; p.Next == nil {
				return all
			}
		}
	}
	want := read()
	if len(want) != 5 || want[0].Me.Rank != 4 {
		t.Fatalf("%d pages, me: %+v", len(want), want[0].Me)
	}
	same := func(when string) {
		t.Helper()
		if got := read(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, want %+v", when, got, want)
		}
	}
	server.Flush()
	same("emptied")
	s.wantWhole(b, false)
	server.Stop()
	same("stopped")
	server.Start()
	s.until("Redis is back", func() bool { return s.redis.Alive(t.Context()) == nil })
	same("back, empty")
	s.wantWhole(b, false)
	running(t, s.RunRebuilds)
	s.until("the board is whole", func() bool {
		same("being filled")
		return s.isWhole(b)
	})
	same("rebuilt")
	s.wantWhole(b, true)
	s.wantDifferences(len(people)) // the ledger knows nothing of these scores
}
