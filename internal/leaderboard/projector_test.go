package leaderboard

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
)

// crashed is after how long others take over what a dead worker had.
const crashed = time.Minute

// A posting counts at the member's community and everything above it, in the
// business month of the deed and for all time.
func TestPostingsReachTheirBoards(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(2)
	march := time.Date(2026, 3, 31, 23, 59, 59, 999_000_000, clock.Shanghai)
	s.earn(p[0], 10, s.home, march)
	s.earn(p[0], 20, s.home, march.Add(time.Millisecond))
	s.earn(p[1], 30, s.sister, march)
	s.wantDifferences(0) // what waits in the outbox is no difference
	s.project(3)
	s.project(0)
	for b, want := range map[Board]string{
		board(s.home, "2026-03"): "1 person-0 10, ", board(s.home, "2026-04"): "1 person-0 20, ",
		board(s.home, PeriodAll): "1 person-0 30, ", board(s.home, "2026-02"): "",
		board(s.sister, "2026-03"): "1 person-1 30, ", board(s.sister, "2026-04"): "",
		board(s.street, "2026-03"): "1 person-1 30, 2 person-0 10, ", board(s.county, "2026-04"): "1 person-0 20, ",
		board(s.street, PeriodAll): "1 person-1 30, 1 person-0 30, ",
		board(s.county, PeriodAll): "1 person-1 30, 1 person-0 30, ",
	} {
		if got := s.top(b); got != want {
			t.Errorf("%s shows %q, want %q", b.key(), got, want)
		}
		s.ready(b)
		if got := s.top(b); got != want {
			t.Errorf("%s shows %q in Redis, want %q", b.key(), got, want)
		}
	}
	s.wantDifferences(0)
	s.earn(p[0], 30, s.home, march)
	s.project(1)
	if got := s.top(board(s.home, "2026-03")); got != "1 person-0 40, " {
		t.Errorf("a board in Redis follows with %q", got)
	}
	s.wantDifferences(0)
}

// A worker dies after each step of its work; the next one finishes it, and
// nothing is counted twice.
func TestCrashes(t *testing.T) {
	t.Parallel()
	for name, die := range map[string]func(s *stand, rows []outbox.Row) error{
		"after the lease": func(*stand, []outbox.Row) error { return nil },
		"after the count": func(s *stand, rows []outbox.Row) error {
			_, err := s.sumRows("dead", rows)
			return err
		},
		"after the push": func(s *stand, rows []outbox.Row) error {
			totals, err := s.sumRows("dead", rows)
			return errors.Join(err, s.push(s.t.Context(), totals))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStand(t)
			p := s.people(2)
			b := board(s.home, PeriodAll)
			s.earn(p[0], 10, s.home, noon)
			s.project(1)
			s.ready(b)
			s.earn(p[0], 20, s.home, noon)
			s.earn(p[1], 5, s.home, noon)
			must(t, die(s, s.lease("dead")))
			s.project(0)
			s.machine.Advance(crashed)
			s.project(2)
			if got := s.top(b); got != "1 person-0 30, 2 person-1 5, " {
				t.Errorf("the board shows %q", got)
			}
			s.wantDifferences(0)
		})
	}
}

// Whoever lost the lease meanwhile counts nothing.
func TestLostLeaseCountsNothing(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(1)
	s.earn(p[0], 10, s.home, noon)
	late := s.lease("late")
	s.machine.Advance(crashed)
	s.project(1)
	if _, err := s.sumRows("late", late); err == nil {
		t.Error("the late one counts")
	}
	if got := s.top(board(s.home, PeriodAll)); got != "1 person-0 10, " {
		t.Errorf("the board shows %q", got)
	}
	s.wantDifferences(0)
}

// Whatever order pushes arrive in, the newest version stays.
func TestNewestVersionWins(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(1)
	orders := [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}
	for last, want := range map[int64]string{30: "1 person-0 30, ", 0: "", -5: ""} {
		for i, order := range orders {
			b := board(id.Node(1000*(last+10)+int64(i)), PeriodAll)
			versions := []total{{p[0], 10, 9}, {p[0], 20, 10}, {p[0], last, 11}}
			s.ready(b)
			for _, n := range order {
				must(t, s.push(t.Context(), totals{b.key(): versions[n : n+1]}))
			}
			must(t, s.push(t.Context(), totals{b.key(): versions}))
			if got := s.top(b); got != want {
				t.Errorf("pushed in the order %v, the board shows %q, want %q", order, got, want)
			}
		}
	}
}

// Without Redis postings are counted all the same, and reach it when it is back.
func TestPostingsWithoutRedis(t *testing.T) {
	t.Parallel()
	server := testdb.OwnRedis(t)
	s := newStandOn(t, server.Addr(), "")
	p := s.people(1)
	b := board(s.home, PeriodAll)
	s.earn(p[0], 10, s.home, noon)
	server.Stop()
	for range 2 {
		n, err := s.Project(t.Context())
		if n != 0 || !fault.Has(err, fault.ReasonUnavailable) {
			t.Errorf("projected %d rows: %v", n, err)
		}
		s.machine.Advance(crashed)
	}
	if got := s.top(b); got != "1 person-0 10, " {
		t.Errorf("without Redis the board shows %q", got)
	}
	server.Start()
	s.until("Redis is back", func() bool { return s.redis.Alive(t.Context()) == nil })
	s.ready(b)
	s.project(1)
	if got := s.top(b); got != "1 person-0 10, " {
		t.Errorf("the board shows %q", got)
	}
	s.wantDifferences(0)
}

// A row that nobody can read holds up no other.
func TestUnreadableRow(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(2)
	s.earn(p[0], 10, s.home, noon)
	must(t, s.db.Tx(t.Context(), func(tx *mysql.Tx) error { return s.box.Add(tx, outbox.TopicBoard, "no posting") }))
	s.earn(p[1], 20, s.home, noon)
	s.wantDifferences(1)
	n, err := s.Project(t.Context())
	if n != 2 || err == nil {
		t.Errorf("projected %d rows, want 2 and the trouble of the third: %v", n, err)
	}
	if got := s.top(board(s.home, PeriodAll)); got != "1 person-1 20, 2 person-0 10, " {
		t.Errorf("the board shows %q", got)
	}
	s.machine.Advance(crashed)
	if rows := s.lease("another"); len(rows) != 1 || rows[0].Attempts != 2 {
		t.Errorf("left: %+v", rows)
	}
}

// The workers do it all by themselves: what is posted is on the board, which
// answers from Redis.
func TestWorkers(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(1)
	b := board(s.home, PeriodAll)
	for range 2 { // two, as with two servers
		running(t, s.RunProjector)
		running(t, s.RunRebuilds)
	}
	for i := range 6 {
		s.earn(p[0], 10, s.home, noon)
		want := fmt.Sprintf("1 person-0 %d, ", 10*(i+1))
		s.until(want, func() bool { return s.top(b) == want })
	}
	s.until("the board is whole", func() bool { return s.isWhole(b) })
	s.until("Redis follows", func() bool {
		found, err := s.ListDifferences(t.Context())
		return err == nil && len(found) == 0
	})
}

// said is what is logged first, and ends what was begun.
type said struct {
	end  context.CancelFunc
	text string
}

func (s *said) Write(line []byte) (int, error) {
	s.text += string(line)
	s.end()
	return len(line), nil
}

// A panic about a posting is an error of the projector, which goes on.
func TestTheProjectorSurvivesAPanic(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.earn(s.people(1)[0], 10, s.home, noon)
	s.ancestors = nil
	ctx, end := context.WithCancel(t.Context())
	log := &said{end: end}
	s.log = slog.New(slog.NewTextHandler(log, nil))
	s.RunProjector(ctx)
	if !strings.Contains(log.text, "postings wait") || !strings.Contains(log.text, "panic") {
		t.Errorf("it says %q", log.text)
	}
}
