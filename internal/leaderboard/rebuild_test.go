package leaderboard

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/id"
)

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
	for _, b := range []Board{board(s.home, PeriodAll), board(s.street, "2026-03"), board(unit, "2026"), unitsOf(s.home)} {
		s.ready(b)
	}
	s.plant("UPDATE board_months SET score = score + 3")
	made, corrected, err := s.Rebuild(t.Context(), func(done, _ int) {
		if done == 1 {
			s.project(1)
			s.earn(p[1], 5, s.sister, noon)
			s.project(1)
		}
	})
	must(t, err)
	if made != 4 || corrected != 4 {
		t.Errorf("made %d boards and put %d months right, want 4 and 4", made, corrected)
	}
	s.wantDifferences(0)
	if got := s.top(board(s.street, "2026-03")); got != "1 person-0 17, 2 person-1 15, " {
		t.Errorf("the board shows %q", got)
	}
}

func unitsOf(node id.Node) Board { return Board{MetricPoints, SubjectUnit, node, PeriodAll} }

// A board that somebody asks for while a rebuild has not put its months right yet is right afterwards, whether it was in
// Redis before or not.
func TestAskedForDuringRebuild(t *testing.T) {
	t.Parallel()
	for before := range 2 {
		s := newStand(t)
		p := s.people(1)
		s.earn(p[0], 10, s.home, noon)
		s.project(1)
		units := unitsOf(s.home)
		if before == 1 {
			s.ready(units)
		}
		s.plant("UPDATE board_months SET score = 3")
		made, corrected, err := s.Rebuild(t.Context(), func(done, _ int) {
			if done == 1 { // the member is put right, the places are not
				s.ready(units)
			}
		})
		must(t, err)
		if made != 1 || corrected != 3 {
			t.Errorf("made %d boards and put %d months right, want 1 and 3", made, corrected)
		}
		s.wantWhole(units, true)
		s.wantDifferences(0)
	}
}

// What is wrong in Redis alone is right after a rebuild.
func TestRebuildOfWrongRedis(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(2)
	s.earn(p[0], 10, s.home, noon)
	s.project(1)
	b, empty := board(s.home, PeriodAll), board(s.sister, PeriodAll)
	for _, b := range []Board{b, empty} {
		s.ready(b)
		must(t, s.redis.ZAdd(t.Context(), s.keys(b.key())[0], goredis.Z{Score: 99, Member: member(p[1])}).Err())
	}
	s.wantDifferences(2)
	made, corrected, err := s.Rebuild(t.Context(), func(int, int) {})
	must(t, err)
	if made != 2 || corrected != 0 {
		t.Errorf("made %d boards and put %d months right, want 2 and none", made, corrected)
	}
	s.wantDifferences(0)
	s.wantWhole(empty, true)
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
