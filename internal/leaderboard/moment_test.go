package leaderboard

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/race"
)

// A kept answer is read again once its life is over; a failed one at once.
func TestMomentEnds(t *testing.T) {
	t.Parallel()
	machine, reads := clock.Fixed(noon), 0
	m := newMoment[int](machine, time.Second)
	next := func(context.Context) (int, error) {
		reads++
		if reads == 1 {
			return 0, errors.New("no answer")
		}
		return reads, nil
	}
	if _, err := m.get(t.Context(), "a", next); err == nil {
		t.Error("the first read failed, and nobody says so")
	}
	for _, c := range []struct {
		later time.Duration
		key   string
		want  int
	}{{0, "a", 2}, {999 * time.Millisecond, "a", 2}, {0, "b", 3}, {time.Millisecond, "a", 4}, {0, "a", 4}, {0, "b", 3}} {
		machine.Advance(c.later)
		if got, err := m.get(t.Context(), c.key, next); got != c.want || err != nil {
			t.Errorf("%v later %s is %d, %v, want %d", c.later, c.key, got, err, c.want)
		}
	}
}

// While one caller reads, the others wait for the same answer, also when the one
// who reads leaves.
func TestMomentIsReadOnce(t *testing.T) {
	t.Parallel()
	m := newMoment[int](clock.Fixed(noon), time.Second)
	begun, left, answer, reads := make(chan struct{}), make(chan struct{}), make(chan struct{}), 0
	read := func(ctx context.Context) (int, error) {
		reads++
		close(begun)
		<-answer
		return 7, ctx.Err()
	}
	ctx, leave := context.WithCancel(t.Context())
	var g race.Group
	g.Go(func() {
		defer close(left)
		if _, err := m.get(ctx, "a", read); !errors.Is(err, context.Canceled) {
			t.Errorf("who has left is answered %v", err)
		}
	})
	<-begun
	for range 20 {
		g.Go(func() {
			if got, err := m.get(t.Context(), "a", read); got != 7 || err != nil {
				t.Errorf("answered %d, %v", got, err)
			}
		})
	}
	leave()
	<-left
	close(answer)
	g.Wait()
	if reads != 1 {
		t.Errorf("read %d times", reads)
	}
}

// However many different questions are asked, few answers are kept.
func TestMomentIsBounded(t *testing.T) {
	t.Parallel()
	m := newMoment[int](clock.Fixed(noon), time.Second)
	for i := range 3 * mostKept {
		_, err := m.get(t.Context(), fmt.Sprint(i), func(context.Context) (int, error) { return i, nil })
		must(t, err)
	}
	if len(m.kept) > mostKept {
		t.Errorf("%d answers are kept", len(m.kept))
	}
}

// Who no longer wants to be named is named by no page a moment later, a posting
// shows by then, and the own place at once.
func TestKeptPagesFollow(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.KeepFor(100*time.Millisecond, s.machine)
	who := s.people(2)
	b := board(s.home, "2026-03")
	s.earn(who[0], 20, s.home, noon)
	s.earn(who[1], 10, s.home, noon)
	s.project(2)
	s.ready(b)
	around := func() string {
		p, err := s.GetPage(t.Context(), Query{Board: b, Asker: who[1], Around: true})
		must(t, err)
		return p.Entries[0].Name
	}
	const before, after = "1 person-0 20, 2 person-1 10, ", "1 person-1 40, 2 一位党员 20, "
	if got := s.top(b) + around(); got != before+"person-0" {
		t.Fatalf("the board is %s", got)
	}
	_, err := s.db.Pool().ExecContext(t.Context(), "UPDATE users SET show_on_boards = FALSE WHERE id = ?", who[0])
	must(t, err)
	s.earn(who[1], 30, s.home, noon)
	s.project(1)
	mine, err := s.GetPage(t.Context(), Query{Board: b, Asker: who[1], Limit: 100})
	must(t, err)
	if mine.Me == nil || mine.Me.Rank != 1 || mine.Me.Score != 40 {
		t.Errorf("the own place is %+v", mine.Me)
	}
	s.machine.Advance(200 * time.Millisecond)
	if got := s.top(b) + around(); got != after+"person-1" {
		t.Errorf("a moment later the board is %s", got)
	}
}

// An emptied Redis is noticed by who asks for a kept page.
func TestKeptPageOfAnEmptiedRedis(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.KeepFor(time.Second, s.machine)
	who := s.people(1)
	b := board(s.home, "2026-03")
	s.earn(who[0], 20, s.home, noon)
	s.project(1)
	s.ready(b)
	s.top(b)
	must(t, s.redis.Del(t.Context(), s.keys(b.key())...).Err())
	p, err := s.GetPage(t.Context(), Query{Board: b, Asker: who[0], Limit: 100})
	must(t, err)
	if p.Me == nil || p.Me.Score != 20 {
		t.Errorf("the own place is %+v", p.Me)
	}
}
