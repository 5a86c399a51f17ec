package leaderboard

import (
	"testing"
	"time"
)

// A posting is counted while a rebuild reads: the rebuild sees it before or after that, and puts nothing right that is
// right. The months are locked, so that the rebuild has read the outbox and waits for them while the posting is counted.
func TestPostingCountedDuringRebuild(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	p := s.people(1)
	s.earn(p[0], 10, s.home, noon)
	s.project(1)
	s.earn(p[0], 5, s.home, noon)
	conn, err := s.db.Pool().Conn(t.Context())
	must(t, err)
	defer func() { must(t, conn.Close()) }()
	exec := func(statement string) {
		t.Helper()
		_, err := conn.ExecContext(t.Context(), statement)
		must(t, err)
	}
	exec("LOCK TABLES board_months WRITE")
	type outcome struct {
		corrected int
		err       error
	}
	done := make(chan outcome, 1)
	go func() {
		_, corrected, err := s.Rebuild(t.Context(), func(int, int) {})
		done <- outcome{corrected, err}
	}()
	s.until("the rebuild waits for the months", func() bool {
		var waiting int
		must(t, s.db.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM information_schema.processlist"+
			" WHERE db = DATABASE() AND state LIKE 'Waiting for table metadata lock%'").Scan(&waiting))
		return waiting > 0
	})
	// What the projector does in one transaction; another connection has the outbox.
	exec("UPDATE board_months SET score = score + 5")
	_, err = s.db.Pool().ExecContext(t.Context(), "UPDATE outbox SET counted_at = NOW(3)")
	must(t, err)
	exec("UNLOCK TABLES")
	select {
	case got := <-done:
		if got.err != nil || got.corrected != 0 {
			t.Errorf("the rebuild put %d scores right, want none: %v", got.corrected, got.err)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("the rebuild does not end")
	}
	if got, want := s.top(board(s.home, PeriodAll)), "1 person-0 15, "; got != want {
		t.Errorf("the board shows %q, want %q", got, want)
	}
}
