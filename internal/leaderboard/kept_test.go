package leaderboard

import (
	"testing"
	"time"
)

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
