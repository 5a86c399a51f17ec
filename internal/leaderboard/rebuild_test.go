package leaderboard

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
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
	if wanted := <-s.wanted; wanted != b.key() {
		t.Errorf("the reader wants %s", wanted)
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
		if whole, err := s.isWhole(t.Context(), b.key()); err != nil || whole {
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
	f := &filling{s: s.Service, boards: []string{b.key()}, token: "one"}
	killed := errors.New("killed")
	err := f.run(t.Context(), func() error {
		f.part = []total{{b.key(), 1, 10, 1}}
		return errors.Join(f.send(t.Context()), killed)
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

// A rebuild that another one has overtaken puts nothing right a second time.
func TestRebuildsOvertake(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(1)
	s.earn(p[0], 10, s.home, noon)
	s.project(1)
	s.plant("UPDATE board_months SET score = 3") // of the member, the unit and the community
	again := 0
	_, first, err := s.Rebuild(t.Context(), func(done, _ int) {
		if done != 1 { // the member is put right, the places are not
			return
		}
		var err error
		_, again, err = s.Rebuild(t.Context(), func(int, int) {})
		must(t, err)
	})
	if !errors.Is(err, ErrAnotherRebuild) || first+again < 3 {
		t.Errorf("put right %d and %d: %v", first, again, err)
	}
	s.wantDifferences(0)
}

// What is earned and counted while a rebuild goes through the parts changes no difference.
func TestEarningDuringRebuild(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(2)
	s.earn(p[0], 10, s.home, noon)
	s.earn(p[1], 10, s.home, noon)
	s.project(2)
	s.earn(p[0], 7, s.home, noon)
	s.plant("UPDATE board_months SET score = score + 3")
	_, _, err := s.Rebuild(t.Context(), func(done, _ int) {
		if done == 1 {
			s.project(1)
			s.earn(p[1], 5, s.sister, noon)
			s.project(1)
		}
	})
	must(t, err)
	s.wantDifferences(0)
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

// plant changes something behind the boards' back.
func (s *stand) plant(statement string, args ...any) {
	s.t.Helper()
	if _, err := s.db.Pool().ExecContext(s.t.Context(), statement, args...); err != nil {
		s.t.Fatalf("%s: %v", statement, err)
	}
}

// Whatever is wrong in board_months or in a board of Redis is found, and named.
func TestDifferences(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(3)
	b := board(s.home, PeriodAll)
	key := b.key()
	s.earn(p[0], 10, s.home, noon)
	s.earn(p[1], 20, s.home, noon)
	s.project(2)
	s.ready(b)
	s.wantDifferences(0)
	set, cache := s.keys(key)[0], s.redis
	for _, c := range []struct {
		name        string
		plant, mend func()
		says        []string // for each difference
	}{
		{"a wrong month",
			func() { s.plant("UPDATE board_months SET score = 11 WHERE subject_id = ?", p[0]) },
			func() { s.plant("UPDATE board_months SET score = 10 WHERE subject_id = ?", p[0]) },
			[]string{"the ledger says 10, board_months says 11", "board_months says 11, Redis says 10"}},
		{"somebody without points",
			func() {
				s.plant("INSERT INTO board_months VALUES ('member', ?, 'points', '2026-03', ?, 0, 5, 1)", p[2], s.home)
			},
			func() { s.plant("DELETE FROM board_months WHERE subject_id = ?", p[2]) },
			[]string{"the ledger says 0, board_months says 5", "board_months says 5, Redis says 0"}},
		{"a unit without its points",
			func() { s.plant("UPDATE board_months SET score = 0 WHERE subject = 'unit'") },
			func() { s.plant("UPDATE board_months SET score = 30 WHERE subject = 'unit'") },
			[]string{"the ledger says 30, board_months says 0"}},
		{"a wrong score in Redis",
			func() { must(t, cache.ZAdd(t.Context(), set, goredis.Z{Score: 25, Member: member(p[1])}).Err()) },
			func() { must(t, cache.ZAdd(t.Context(), set, goredis.Z{Score: 20, Member: member(p[1])}).Err()) },
			[]string{"board_months says 20, Redis says 25"}},
		{"somebody missing in Redis",
			func() { must(t, cache.ZRem(t.Context(), set, member(p[1])).Err()) },
			func() { must(t, cache.ZAdd(t.Context(), set, goredis.Z{Score: 20, Member: member(p[1])}).Err()) },
			[]string{"board_months says 20, Redis says 0"}},
		{"somebody too many in Redis",
			func() { must(t, cache.ZAdd(t.Context(), set, goredis.Z{Score: 5, Member: member(p[2])}).Err()) },
			func() { must(t, cache.ZRem(t.Context(), set, member(p[2])).Err()) },
			[]string{"board_months says nothing, Redis says 5"}},
		{"a posting that was counted and is in the outbox all the same",
			func() { s.earn(p[2], 5, s.home, noon); s.plant("DELETE FROM points_transfers WHERE amount = 5") },
			func() { s.plant("DELETE FROM outbox") },
			slices.Repeat([]string{"the ledger says"}, 3)},
	} {
		c.plant()
		found := s.wantDifferences(len(c.says))
		for i := range min(len(found), len(c.says)) {
			if !strings.Contains(found[i], c.says[i]) {
				t.Errorf("%s: found %q, want %q", c.name, found[i], c.says[i])
			}
		}
		c.mend()
		s.wantDifferences(0)
	}
}

// A board is the same in the order of places and in that of people, for some of whom points count at several places.
func TestBothSumsAreTheSame(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	for i, node := range []id.Node{s.home, s.home, s.sister, s.street, s.home, s.sister} {
		for _, kind := range []string{"'member', 1, 'points'", "'member', 2, 'points'", "'member', 1, 'minutes'", "'team', 1, 'points'"} {
			s.plant("INSERT INTO board_months (subject, subject_id, metric, month, node_id, unit_id, score, version)"+
				" VALUES ("+kind+", ?, ?, 0, ?, 1)", fmt.Sprintf("2026-%02d", 1+i), node, 1+i)
		}
	}
	for place, want := range map[id.Node]map[Period]int64{
		s.county: {PeriodAll: 21, "2026Q1": 6, "2026-04": 4, "2025": 0},
		s.street: {PeriodAll: 21, "2026Q2": 15},
		s.home:   {PeriodAll: 8, "2026-02": 2, "2026-03": 0},
	} {
		for period, score := range want {
			b := board(place, period)
			for _, query := range []string{"leaderboard.board", "leaderboard.board_of_most"} {
				var found []total
				must(t, s.db.Select(t.Context(), &found, query, b.args()))
				sums := map[id.Subject]int64{}
				for _, one := range found {
					sums[one.Subject] = one.Score
				}
				if sums[1] != score || sums[2] != score || score > 0 && len(found) != 2 {
					t.Errorf("%s says of %s: %v, want %d for both", query, b.key(), found, score)
				}
			}
		}
	}
}
