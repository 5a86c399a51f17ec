package leaderboard

import (
	"context"
	"errors"
	"testing"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/race"
)

// Redis is filled with the sum that readers wait for. Who comes when that is done waits for Redis, which follows.
func TestOneSumForReadersAndRedis(t *testing.T) {
	t.Parallel()
	s, _, b, goOn := held(t)
	s.plant("UPDATE board_months SET score = 30")
	late := make(chan Page)
	go func() {
		p, err := s.GetPage(t.Context(), Query{Board: b, Limit: 1})
		if err != nil {
			t.Error(err)
		}
		late <- p
	}()
	close(goOn)
	if got := (<-late).Entries; len(got) != 1 || got[0].Score != 10 {
		t.Errorf("who came late sees %+v, want what Redis is filled with", got)
	}
	s.wantWhole(b, true)
}

// What is earned while Redis is filled is seen by who asks then.
func TestEarningDuringSum(t *testing.T) {
	t.Parallel()
	s, p, b, goOn := held(t)
	s.earn(p, 7, s.home, noon)
	s.project(1)
	close(goOn)
	if got := s.top(b); got != "1 person-0 17, " {
		t.Errorf("the board shows %q", got)
	}
	s.wantDifferences(0)
}

// held has a person with 10 points on a board that Redis lacks and somebody has asked for. What Redis is filled
// with is held till goOn is closed.
func held(t *testing.T) (s *stand, person id.Subject, b Board, goOn chan struct{}) {
	t.Helper()
	s = newStand(t)
	person = s.people(1)[0]
	b = board(s.home, PeriodAll)
	s.earn(person, 10, s.home, noon)
	s.project(1)
	filling, goOn := make(chan struct{}), make(chan struct{})
	s.redis.AddHook(&onPush{func() {
		close(filling)
		<-goOn
	}})
	running(t, s.RunRebuilds)
	s.until("boards are filled", s.fills.Load)
	if got := s.top(b); got != "1 person-0 10, " {
		t.Errorf("the board shows %q", got)
	}
	select {
	case <-filling:
	case <-time.After(race.Bound):
		t.Fatal("Redis is not filled")
	}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	if r, err := s.sumOf(ctx, b.key(), nil); r != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("who comes late and does not wait gets %+v: %v", r, err)
	}
	return s, person, b, goOn
}

// However many boards are asked for at once, so many are summed; whoever gives up waits no longer.
func TestSumsAreBounded(t *testing.T) {
	t.Parallel()
	s, _, _, goOn := held(t)
	if n := len(s.slots); n != 1 {
		t.Errorf("a board that is summed takes %d places, want one", n)
	}
	for range mostSums - 1 {
		s.slots <- struct{}{}
	}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	street := board(s.street, PeriodAll)
	if _, err := s.GetPage(ctx, Query{Board: street, Limit: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("who left is told %v", err)
	}
	close(goOn)
	if got := s.top(street); got != "1 person-0 10, " {
		t.Errorf("the board shows %q", got)
	}
}

// A panic in a sum is an error for who waits for it, and the next sum is one like any other.
func TestASumSurvivesAPanic(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	db := s.db
	s.db = nil
	r := &sum{done: make(chan struct{}), filled: make(chan struct{})}
	s.runSum(t.Context(), board(s.home, "2026-03").key(), r)
	<-r.done
	<-r.filled
	if !fault.Has(r.err, fault.ReasonInternal) {
		t.Errorf("who waits is told %v", r.err)
	}
	s.db = db
	_, err := s.GetPage(t.Context(), Query{Board: board(s.home, "2026-03"), Limit: 1})
	must(t, err)
}
