package leaderboard

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/points"
	"xinyuan/internal/race"
)

// A month is summed into the boards of its periods, at its place and above, and no other.
func TestMonthsReachTheirBoards(t *testing.T) {
	t.Parallel()
	p := points.BoardChange{
		User: 7, Amount: 10, DeedAt: time.Date(2026, 3, 31, 16, 0, 0, 0, time.UTC), MemberNode: 3, MemberUnit: 9, Node: 4, Team: 8,
	}
	above := map[id.Node][]id.Node{3: {3, 2, 1}, 4: {4, 2, 1}}
	var got []string
	for _, m := range monthsOf(p) {
		for _, b := range m.boards(above[m.Node]) {
			got = append(got, fmt.Sprint(b.key(), " ", m.ID))
			back, err := parseBoard(b.key())
			if err != nil || back != b {
				t.Errorf("%s is read as %v: %v", b.key(), back, err)
			}
			if from, until := b.Period.months(); m.Month < from || m.Month > until {
				t.Errorf("%s is no month of %s: from %s until %s", m.Month, b.Period, from, until)
			}
		}
	}
	var want []string
	for _, period := range []string{"2026-04", "2026Q2", "2026", "all"} {
		for subject, places := range map[string][]int{"member": {9, 3, 2, 1}, "unit": {3, 2, 1}, "community": {2, 1}, "team": {4, 2, 1}} {
			who := map[string]int{"member": 7, "unit": 9, "community": 4, "team": 8}[subject]
			for _, place := range places {
				want = append(want, fmt.Sprintf("points:%s:%d:%s %d", subject, place, period, who))
			}
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("a posting changes\n%v, want\n%v", got, want)
	}
	for period, outside := range map[Period][]Period{
		"2026-03": {"2026-02", "2026-04"}, "2026Q1": {"2025-12", "2026-04"}, "2026": {"2025-12", "2027-01"},
	} {
		from, until := period.months()
		for _, m := range outside {
			if m >= from && m <= until {
				t.Errorf("%s counts in %s", m, period)
			}
		}
	}
	if _, err := parseBoard("points:member:1"); err == nil {
		t.Error("a board without a period is one")
	}
}

// Two servers count postings of the same people in different months at the same time.
// The scores of longer periods are sums of both, and the last that Redis hears is right.
func TestProjectorsTakeTurns(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	people := s.people(3)
	all := board(s.home, PeriodAll)
	s.ready(all)
	const rounds = 12
	march, april := noon, noon.AddDate(0, 1, 0)
	for round := range rounds {
		for month, times := range map[time.Time]int64{march: 1, april: 10} {
			for i, p := range people {
				s.earn(p, times*int64(i+1), s.home, month.AddDate(0, 0, round)) // a day has its cap
			}
		}
		var wg race.Group
		for _, owner := range []string{"one", "other"} {
			rows, err := s.box.Lease(t.Context(), "board", owner, len(people))
			must(t, err)
			wg.Go(func() {
				ids := make([]id.Outbox, len(rows))
				for i, r := range rows {
					ids[i] = r.ID
				}
				totals, err := s.sumRows(owner, rows)
				err = errors.Join(err, s.push(t.Context(), totals), s.box.Done(t.Context(), owner, ids))
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	}
	s.wantWhole(all, true)
	s.wantDifferences(0)
	want := fmt.Sprintf("1 %s %d, 2 person-1 %d, 3 person-0 %d, ", MetricPoints.anonymous(), 33*rounds, 22*rounds, 11*rounds)
	if got := s.top(all); got != want {
		t.Errorf("the board shows %q, want %q", got, want)
	}
}

// What nobody has asked for takes no place in Redis, and comes whole when somebody does.
func TestOnlyWantedBoardsAreInRedis(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(1)
	wanted := board(s.home, PeriodAll)
	s.ready(wanted)
	s.earn(p[0], 10, s.home, noon)
	s.project(1)
	for b, want := range map[Board]int64{wanted: 1, board(s.county, PeriodAll): 0, board(s.home, MonthOf(noon)): 0} {
		n, err := s.redis.ZCard(t.Context(), s.keys(b.key())[0]).Result()
		must(t, err)
		if n != want {
			t.Errorf("%d people are on %s in Redis, want %d", n, b.key(), want)
		}
	}
	running(t, s.RunRebuilds)
	s.until("the board is whole for who wants it", func() bool {
		if got := s.top(board(s.county, PeriodAll)); got != "1 person-0 10, " {
			t.Fatalf("the board that nobody wanted shows %q", got)
		}
		return s.isWhole(board(s.county, PeriodAll))
	})
}
