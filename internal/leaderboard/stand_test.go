package leaderboard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/outbox"
	"xinyuan/internal/points"
	"xinyuan/internal/redis"
	"xinyuan/internal/user"
)

var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

// stand is boards on a fresh database, without anybody who works by itself.
type stand struct {
	*Service
	t       *testing.T
	machine *clock.Clock
	ledger  *points.Ledger
	cause   id.Event

	county, street, home, sister id.Node
}

// newStand uses the Redis that all tests share.
func newStand(t *testing.T) *stand {
	t.Helper()
	addr, prefix := testdb.Redis(t)
	return newStandOn(t, addr, prefix)
}

func newStandOn(t *testing.T, addr, prefix string) *stand {
	t.Helper()
	db, err := mysql.Open(t.Context(), testdb.New(t), mysql.Options{Business: clock.Fixed(noon)})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	s := &stand{t: t, machine: clock.Fixed(noon)}
	box := outbox.New(db, s.machine)
	s.Service = New(db, client(t, addr, prefix), box, slog.New(slog.DiscardHandler))
	s.ledger = points.New(db, box)
	must(t, db.Tx(t.Context(), func(tx *mysql.Tx) error {
		add := func(dest *id.Node, kind org.Kind, parent *id.Node) error {
			var err error
			*dest, err = org.Add(tx, org.Node{Kind: kind, Name: string(kind), ParentID: parent})
			return err
		}
		return errors.Join(add(&s.county, org.KindCounty, nil), add(&s.street, org.KindStreet, &s.county),
			add(&s.home, org.KindCommunity, &s.street), add(&s.sister, org.KindCommunity, &s.street))
	}))
	return s
}

func client(t *testing.T, addr, prefix string) *redis.Client {
	t.Helper()
	c, err := redis.Open(redis.Options{Addr: addr, Prefix: prefix})
	must(t, err)
	t.Cleanup(func() { must(t, c.Close()) })
	return c
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// people adds so many; every third has not agreed to be named.
func (s *stand) people(n int) []id.Subject {
	s.t.Helper()
	all := make([]id.Subject, n)
	must(s.t, s.db.Tx(s.t.Context(), func(tx *mysql.Tx) error {
		for i := range all {
			name := fmt.Sprint("person-", i)
			u, err := user.Add(tx, name, user.User{DisplayName: name, ShowOnBoards: i%3 != 2})
			if err != nil {
				return err
			}
			all[i] = id.Subject(u.ID)
		}
		return nil
	}))
	return all
}

// total has people earn so much that the board shows these scores.
func (s *stand) total(board Board, scores map[id.Subject]int64) {
	s.t.Helper()
	must(s.t, s.db.Tx(s.t.Context(), func(tx *mysql.Tx) error {
		deltas := map[month]int64{}
		first := board.Period
		if first == PeriodAll {
			first = MonthOf(noon)
		}
		for person, score := range scores {
			deltas[month{board.Subject, person, board.Metric, first, board.Node, 0}] = score
		}
		return addMonths(tx, deltas)
	}))
}

// unit is where all members work.
const unit id.Node = 777

// earn posts points for a deed of a member of the community.
func (s *stand) earn(person id.Subject, amount int64, community id.Node, deed time.Time) {
	s.t.Helper()
	s.cause++
	must(s.t, s.db.Tx(s.t.Context(), func(tx *mysql.Tx) error {
		return s.ledger.Post(s.t.Context(), tx, points.Award{
			Event: points.WishFulfilled, Cause: s.cause, DeedAt: deed, Node: s.home,
			Shares: []points.Share{{User: id.User(person), Amount: amount, MemberNode: community, MemberUnit: unit}},
		})
	}))
}

// project works off the outbox, and fails the test unless it was so many rows.
func (s *stand) project(want int) {
	s.t.Helper()
	n, err := s.Project(s.t.Context())
	must(s.t, err)
	if n != want {
		s.t.Fatalf("projected %d rows, want %d", n, want)
	}
}

func board(node id.Node, period Period) Board {
	return Board{Metric: MetricPoints, Subject: SubjectMember, Node: node, Period: period}
}

// top tells a whole board as "rank name score", asked by nobody.
func (s *stand) top(b Board) string {
	s.t.Helper()
	p, err := s.GetPage(s.t.Context(), Query{Board: b, Limit: 100})
	must(s.t, err)
	text := ""
	for _, e := range p.Entries {
		text += fmt.Sprintf("%d %s %d, ", e.Rank, e.Name, e.Score)
	}
	return text
}

// ready fills the board in Redis, and fails the test unless it is whole then.
func (s *stand) ready(b Board) {
	s.t.Helper()
	must(s.t, s.rebuild(s.t.Context(), b.key()))
	s.wantWhole(b, true)
}

// isWhole tells whether Redis answers for the board.
func (s *stand) isWhole(b Board) bool {
	s.t.Helper()
	_, whole, err := s.fromRedis(s.t.Context(), b.key(), Query{Board: b, Limit: 1})
	must(s.t, err)
	return whole
}

// wantWhole fails the test unless Redis answers for the board, or does not.
func (s *stand) wantWhole(b Board, want bool) {
	s.t.Helper()
	if s.isWhole(b) != want {
		s.t.Fatalf("%s is whole in Redis: %v", b.key(), !want)
	}
}

// wantDifferences fails the test unless so many are found.
func (s *stand) wantDifferences(n int) []string {
	s.t.Helper()
	found, err := s.ListDifferences(s.t.Context())
	must(s.t, err)
	if len(found) != n {
		s.t.Errorf("%d differences, want %d: %q", len(found), n, found)
	}
	return found
}

// lease takes every row of the outbox for the owner, as a worker does.
func (s *stand) lease(owner string) []outbox.Row {
	s.t.Helper()
	rows, err := s.box.Lease(s.t.Context(), outbox.TopicBoard, owner, batch)
	must(s.t, err)
	return rows
}

// sumRows does the first half of a worker's part: what is in MySQL.
func (s *stand) sumRows(owner string, rows []outbox.Row) (totals, error) {
	rows, postings, err := s.decode(s.t.Context(), owner, rows)
	must(s.t, err)
	return s.addToTotals(s.t.Context(), owner, rows, postings)
}

// until waits for what comes by itself, and fails the test after 20 s.
func (s *stand) until(what string, good func() bool) {
	s.t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for limit := time.After(20 * time.Second); !good(); {
		select {
		case <-tick.C:
		case <-limit:
			s.t.Fatal("still not: ", what)
		}
	}
}

// running runs f until the test ends.
func running(t *testing.T, f func(context.Context)) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		f(ctx)
		close(done)
	}()
	t.Cleanup(func() {
		stop()
		<-done
	})
}
