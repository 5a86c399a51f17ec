package leaderboard

import (
	"context"
	"errors"
	"fmt"
	"net"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/id"
)

// onPush calls f once, before the first scores are pushed.
type onPush struct{ f func() }

func (h *onPush) ProcessHook(next goredis.ProcessHook) goredis.ProcessHook { return next }

func (h *onPush) DialHook(next goredis.DialHook) goredis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (h *onPush) ProcessPipelineHook(next goredis.ProcessPipelineHook) goredis.ProcessPipelineHook {
	return func(ctx context.Context, all []goredis.Cmder) error {
		for _, cmd := range all {
			if args := cmd.Args(); len(args) > 1 && args[1] == apply.Hash() && h.f != nil {
				f := h.f
				h.f = nil
				f()
			}
		}
		return next(ctx, all)
	}
}

// Redis is emptied in the midst of a rebuild: the board is not taken for whole,
// and the next rebuild mends it.
func TestFlushDuringRebuild(t *testing.T) {
	t.Parallel()
	server := testdb.OwnRedis(t)
	s := newStandOn(t, server.Addr(), "")
	p := s.people(2)
	b := board(s.home, PeriodAll)
	s.total(b, map[id.Subject]int64{p[0]: 10, p[1]: 20})
	s.redis.AddHook(&onPush{server.Flush})
	must(t, s.rebuild(t.Context(), b.key()))
	s.wantWhole(b, false)
	if got := s.top(b); got != "1 person-1 20, 2 person-0 10, " {
		t.Errorf("the board shows %q", got)
	}
	s.ready(b)
	if got := s.top(b); got != "1 person-1 20, 2 person-0 10, " {
		t.Errorf("the board shows %q from Redis", got)
	}
}

// Redis goes away in the midst of a rebuild.
func TestStopDuringRebuild(t *testing.T) {
	t.Parallel()
	server := testdb.OwnRedis(t)
	s := newStandOn(t, server.Addr(), "")
	p := s.people(1)
	b := board(s.home, PeriodAll)
	s.total(b, map[id.Subject]int64{p[0]: 10})
	s.redis.AddHook(&onPush{server.Stop})
	if err := s.rebuild(t.Context(), b.key()); err == nil {
		t.Error("rebuilt without Redis")
	}
	server.Start()
	s.until("Redis is back", func() bool { return s.redis.Alive(t.Context()) == nil })
	s.wantWhole(b, false)
	s.ready(b)
}

// Another server rebuilds the same board meanwhile; points come in meanwhile.
func TestRebuildBesideOthers(t *testing.T) {
	t.Parallel()
	addr, prefix := testdb.Redis(t)
	s := newStandOn(t, addr, prefix)
	p := s.people(2)
	b := board(s.home, PeriodAll)
	s.earn(p[0], 10, s.home, noon)
	s.project(1)
	other := New(s.db, client(t, addr, prefix), s.box, s.log)
	for _, meanwhile := range []func(){
		func() { must(t, other.rebuild(t.Context(), b.key())) },
		func() { must(t, begin.Run(t.Context(), other.redis, other.keys(b.key()), "another's token", 60).Err()) },
		func() { s.earn(p[1], 20, s.home, noon); s.project(1) },
		func() { s.earn(p[0], 20, s.home, noon); s.project(1); must(t, other.rebuild(t.Context(), b.key())) },
	} {
		s.redis.AddHook(&onPush{meanwhile})
		must(t, s.rebuild(t.Context(), b.key()))
		if got, want := s.top(b), model(t, other, b); got != want {
			t.Errorf("the board shows %q, want %q", got, want)
		}
		if s.isWhole(b) {
			s.wantDifferences(0)
		}
	}
	s.ready(b)
	s.wantDifferences(0)
}

// model is what the board must show, from board_months.
func model(t *testing.T, s *Service, b Board) string {
	t.Helper()
	addr, prefix := testdb.Redis(t)
	bare := &stand{Service: New(s.db, client(t, addr, prefix), s.box, s.log), t: t}
	return bare.top(b)
}

// While a board is made anew, readers see the old one, and what comes in meanwhile is on both.
func TestReadDuringRebuild(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(2)
	b := board(s.home, PeriodAll)
	s.earn(p[0], 10, s.home, noon)
	s.project(1)
	s.ready(b)
	s.plant("UPDATE board_months SET score = 30 WHERE subject_id = ?", p[0])
	old, now := "1 person-1 20, 2 person-0 10, ", "1 person-0 30, 2 person-1 20, "
	s.redis.AddHook(&onPush{func() {
		s.earn(p[1], 20, s.home, noon)
		s.project(1)
		s.wantWhole(b, true)
		if got := s.top(b); got != old {
			t.Errorf("the board shows %q meanwhile, want %q", got, old)
		}
	}})
	must(t, s.rebuild(t.Context(), b.key()))
	s.wantWhole(b, true)
	if got := s.top(b); got != now {
		t.Errorf("the board shows %q, want %q", got, now)
	}
}

// What a rebuild that was killed has made is gone after a while.
func TestUnfinishedRebuildIsForgotten(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	b := board(s.home, PeriodAll)
	s.total(b, map[id.Subject]int64{1: 10})
	killed := errors.New("killed")
	_, err := s.fill(t.Context(), []string{b.key()}, func(f *filling) error {
		return errors.Join(f.add(t.Context(), b.key(), total{1, 10, 1}), f.send(t.Context()), killed)
	})
	if !errors.Is(err, killed) {
		t.Fatal(err)
	}
	for _, key := range s.keys(b.key())[3:] {
		if left, err := s.redis.TTL(t.Context(), key).Result(); err != nil || left <= 0 || left > unfinished {
			t.Errorf("%s is kept for %v: %v", key, left, err)
		}
	}
	s.ready(b)
	for _, key := range s.keys(b.key())[:3] {
		if left, err := s.redis.TTL(t.Context(), key).Result(); err != nil || left != -1 {
			t.Errorf("%s is kept for %v: %v", key, left, err)
		}
	}
}

// A board of more people than travel in one call is rebuilt whole.
func TestLargeRebuild(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	for _, n := range []int{rebuildSize - 1, rebuildSize, rebuildSize + 1} {
		scores := map[id.Subject]int64{}
		for i := range n {
			scores[id.Subject(i+1)] = 1
		}
		b := board(s.home, Period(fmt.Sprintf("2026-%02d", 1+n-rebuildSize+1)))
		s.total(b, scores)
		s.ready(b)
		size, err := s.redis.ZCard(t.Context(), s.keys(b.key())[0]).Result()
		must(t, err)
		if int(size) != n {
			t.Errorf("%d of %d are on the board", size, n)
		}
	}
}

// A board that is being made, or that a killed rebuild has left, is not compared with the months.
func TestUnfinishedBoardsAreNoDifference(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(1)
	s.earn(p[0], 10, s.home, noon)
	s.project(1)
	b := board(s.home, PeriodAll)
	must(t, begin.Run(t.Context(), s.redis, s.keys(b.key()), "another's token", 60).Err())
	s.wantDifferences(0)
}
