package leaderboard

import (
	"context"
	"errors"
	"testing"

	"xinyuan/internal/id"
)

// Whoever asks while Redis is filled gets the sum that it is filled with.
func TestOneSumForReadersAndRedis(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(1)
	b := board(s.home, PeriodAll)
	s.total(b, map[id.Subject]int64{p[0]: 10})
	filling, goOn := make(chan struct{}), make(chan struct{})
	s.redis.AddHook(&onPush{func() {
		close(filling)
		<-goOn
	}})
	running(t, s.RunRebuilds)
	s.until("Redis is filled", func() bool {
		if got := s.top(b); got != "1 person-0 10, " {
			t.Fatalf("the board shows %q", got)
		}
		select {
		case <-filling:
			return true
		default:
			return false
		}
	})
	s.plant("UPDATE board_months SET score = 30")
	s.wantWhole(b, false)
	if got := s.top(b); got != "1 person-0 10, " {
		t.Errorf("meanwhile the board shows %q", got)
	}
	close(goOn)
	s.until("the board is whole", func() bool { return s.isWhole(b) })
	if got := s.top(b); got != "1 person-0 10, " {
		t.Errorf("the board shows %q from Redis", got)
	}
}

// However many boards are asked for at once, so many are summed; whoever gives up waits no longer.
func TestSumsAreBounded(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	for range mostSums {
		s.slots <- struct{}{}
	}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if _, err := s.GetPage(ctx, Query{Board: board(s.home, PeriodAll), Limit: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("who left is told %v", err)
	}
	<-s.slots
	if got := s.top(board(s.home, PeriodAll)); got != "" {
		t.Errorf("the board shows %q", got)
	}
}
