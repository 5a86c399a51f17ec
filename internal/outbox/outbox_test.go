package outbox

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/race"
)

var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

// office is an outbox on a fresh database, on a clock that the test moves.
type office struct {
	*Box
	t       *testing.T
	machine *clock.Clock
}

func newOffice(t *testing.T) *office {
	t.Helper()
	machine := clock.Fixed(noon)
	db, err := mysql.Open(t.Context(), testdb.New(t), mysql.Options{Business: clock.Fixed(noon)})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return &office{New(db, machine), t, machine}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// add writes so many rows, in one transaction.
func (o *office) add(n int) {
	o.t.Helper()
	must(o.t, o.db.Tx(o.t.Context(), func(tx *mysql.Tx) error {
		var err error
		for i := range n {
			err = errors.Join(err, o.Add(tx, TopicBoard, map[string]int{"n": i}))
		}
		return err
	}))
}

// lease takes what there is, and fails the test unless it is so many rows.
func (o *office) lease(owner string, want int) []Row {
	o.t.Helper()
	rows, err := o.Lease(o.t.Context(), TopicBoard, owner, 100)
	must(o.t, err)
	if len(rows) != want {
		o.t.Fatalf("%s leases %d rows, want %d", owner, len(rows), want)
	}
	return rows
}

func ids(rows []Row) []id.Outbox {
	all := make([]id.Outbox, len(rows))
	for i, r := range rows {
		all[i] = r.ID
	}
	return all
}

var errLost = errors.New("lost")

// count counts the rows in a transaction, and undoes it where the lease is lost.
func (o *office) count(owner string, rows []Row) error {
	return o.db.Tx(o.t.Context(), func(tx *mysql.Tx) error {
		mine, err := o.Count(o.t.Context(), tx, owner, ids(rows))
		if err == nil && !mine {
			return errLost
		}
		return err
	})
}

func (o *office) nudged() bool {
	select {
	case <-o.Nudged(TopicBoard):
		return true
	default:
		return false
	}
}

// Rows and nudges come with the commit or not at all.
func TestOnlyWhatIsCommitted(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	refused := errors.New("refused")
	for name, end := range map[string]func(tx *mysql.Tx) error{
		"rolled back": func(*mysql.Tx) error { return refused },
		"rolled back after it was sent": func(tx *mysql.Tx) error {
			return errors.Join(tx.Select(t.Context(), new([]string), "leaderboard.boards", nil), refused)
		},
		"a commit that fails": func(tx *mysql.Tx) error {
			row := mysql.Args{"id": 1, "topic": TopicBoard, "payload": "{}", "at": noon}
			return errors.Join(tx.Add("outbox.add", row), tx.Add("outbox.add", row))
		},
	} {
		err := o.db.Tx(t.Context(), func(tx *mysql.Tx) error {
			return errors.Join(o.Add(tx, TopicBoard, 1), end(tx))
		})
		if err == nil || o.nudged() {
			t.Errorf("%s: the error is %v, and a worker may have been nudged", name, err)
		}
	}
	o.lease("nobody", 0)
	must(t, o.db.Tx(t.Context(), func(tx *mysql.Tx) error {
		err := errors.Join(o.Add(tx, TopicBoard, "first"), o.Add(tx, TopicBoard, "second"))
		if o.nudged() {
			t.Error("nudged before the commit")
		}
		return err
	}))
	if !o.nudged() || o.nudged() {
		t.Error("two rows of a commit are not one nudge")
	}
	rows := o.lease("worker", 2)
	if string(rows[0].Payload) != `"first"` || string(rows[1].Payload) != `"second"` || rows[0].Attempts != 1 ||
		rows[0].Counted {
		t.Errorf("leased %+v", rows)
	}
	if err := o.db.Tx(t.Context(), func(tx *mysql.Tx) error { return o.Add(tx, TopicBoard, math.NaN()) }); err == nil {
		t.Error("what is no JSON was taken")
	}
}

// Whoever works beside others has rows that nobody else has, and together they
// have all.
func TestWorkersNeverShare(t *testing.T) {
	t.Parallel()
	const rows, workers = 150, 6
	o := newOffice(t)
	o.add(rows)
	var mu sync.Mutex
	holder := map[id.Outbox]string{}
	var wg race.Group
	for w := range workers {
		wg.Go(func() {
			for batch := 0; ; batch++ {
				owner := fmt.Sprint("worker ", w, ", batch ", batch)
				got, err := o.Lease(t.Context(), TopicBoard, owner, 7)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for _, r := range got {
					if other, taken := holder[r.ID]; taken {
						t.Errorf("row %s is leased to %s and to %s", r.ID, other, owner)
					}
					holder[r.ID] = owner
				}
				mu.Unlock()
				if len(got) == 0 {
					return
				}
			}
		})
	}
	wg.Wait()
	if len(holder) != rows {
		t.Errorf("%d rows were leased, want %d", len(holder), rows)
	}
}

func TestLeaseTakesTheOldestOfItsTopic(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	must(t, o.db.Tx(t.Context(), func(tx *mysql.Tx) error { return o.Add(tx, "another", 0) }))
	for range 3 {
		o.add(1)
		o.machine.Advance(time.Second)
	}
	first, err := o.Lease(t.Context(), TopicBoard, "first", 2)
	must(t, err)
	second, err := o.Lease(t.Context(), TopicBoard, "second", 2)
	must(t, err)
	if len(first) != 2 || len(second) != 1 || second[0].ID < first[0].ID || second[0].ID < first[1].ID {
		t.Errorf("leased %v, then %v", ids(first), ids(second))
	}
}

// A lease that is over goes to another; whatever the first one does afterwards
// has no effect.
func TestLostLease(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(3)
	late := o.lease("late", 3)
	o.lease("other", 0)
	o.machine.Advance(lease)
	o.lease("other", 0) // its last moment
	o.machine.Advance(time.Millisecond)
	taken := o.lease("other", 3)
	if taken[0].Attempts != 2 || taken[0].Counted {
		t.Errorf("taken over: %+v", taken[0])
	}
	if err := o.count("late", late); !errors.Is(err, errLost) {
		t.Errorf("the late one counts: %v", err)
	}
	must(t, o.Done(t.Context(), "late", ids(late)))
	must(t, o.Retry(t.Context(), "late", late, errors.New("too late")))
	must(t, o.count("other", taken))
	if err := o.count("other", taken); !errors.Is(err, errLost) {
		t.Errorf("counted twice: %v", err)
	}
	must(t, o.Done(t.Context(), "other", ids(taken[:1])))
	o.machine.Advance(lease + time.Millisecond)
	for _, r := range o.lease("third", 2) {
		if !r.Counted || r.Attempts != 3 || r.ID == taken[0].ID {
			t.Errorf("after a crash: %+v", r)
		}
	}
	must(t, o.Done(t.Context(), "third", ids(taken)))
	o.machine.Advance(time.Hour)
	o.lease("fourth", 0)
}

// Of a batch that is partly lost nothing is counted.
func TestHalfLostLease(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(2)
	rows := o.lease("worker", 2)
	must(t, o.Done(t.Context(), "worker", ids(rows[:1])))
	if err := o.count("worker", rows); !errors.Is(err, errLost) {
		t.Errorf("counted: %v", err)
	}
	o.machine.Advance(lease + time.Millisecond)
	if left := o.lease("other", 1); left[0].Counted {
		t.Error("the row that was left is counted")
	}
}

// A row that fails comes again after ever longer pauses, and is dead after the
// last attempt.
func TestRetryUntilDead(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(1)
	pauses := []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second,
		16 * time.Second, 32 * time.Second, time.Minute, time.Minute}
	for attempt := 1; attempt <= maxAttempts; attempt++ {
		owner := fmt.Sprint("attempt ", attempt)
		rows := o.lease(owner, 1)
		if rows[0].Attempts != attempt {
			t.Errorf("attempt %d says %d", attempt, rows[0].Attempts)
		}
		must(t, o.Retry(t.Context(), owner, rows, errors.New("no luck")))
		pause := pauses[min(attempt, len(pauses))-1]
		o.machine.Advance(pause - time.Millisecond)
		o.lease("too early", 0)
		o.machine.Advance(time.Millisecond)
	}
	overdue, err := o.ListOverdue(t.Context())
	must(t, err)
	if len(overdue) != 1 {
		t.Errorf("overdue: %v, want the dead row", overdue)
	}
	o.machine.Advance(24 * time.Hour)
	o.lease("too late", 0)
}

// A row whose work panics is one that fails: it ends neither the others of its batch nor the server.
func TestAPanicIsAFailedRow(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(3)
	var calls atomic.Int32
	n, err := o.Work(t.Context(), Pool{Topic: TopicBoard, Hands: 3, Patience: time.Minute, Do: func(context.Context, []byte) error {
		if calls.Add(1) == 2 {
			panic("no luck")
		}
		return nil
	}})
	if n != 2 || !fault.Has(err, fault.ReasonInternal) || !strings.Contains(err.Error(), "no luck") {
		t.Errorf("%d rows are done, %v", n, err)
	}
	o.machine.Advance(time.Second)
	o.lease("once more", 1)
}

// A server out of reach is not the row's fault, however long it lasts.
func TestOutageKillsNothing(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(1)
	outage := fmt.Errorf("push: %w", fault.Because(fault.ReasonUnavailable, errors.New("connection refused")))
	for attempt := range 2 * maxAttempts {
		owner := fmt.Sprint("attempt ", attempt)
		must(t, o.Retry(t.Context(), owner, o.lease(owner, 1), outage))
		o.machine.Advance(time.Minute)
	}
	o.lease("at last", 1)
}

// Whatever an error says, it is kept, cut to what the column holds.
func TestRetryKeepsTheError(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	broken := "broken \xff\xfe" + strings.Repeat("\xe5", 400)
	for _, said := range []string{"", "no luck", strings.Repeat("心愿", 400), broken} {
		o.add(1)
		rows := o.lease("worker", 1)
		must(t, o.Retry(t.Context(), "worker", rows, errors.New(said)))
		var kept string
		row := o.db.Pool().QueryRowContext(t.Context(), "SELECT last_error FROM outbox WHERE id = ?", rows[0].ID)
		must(t, row.Scan(&kept))
		if !utf8.ValidString(kept) || utf8.RuneCountInString(kept) != min(300, len([]rune(said))) {
			t.Errorf("%.20q is kept as %q", said, kept)
		}
		o.machine.Advance(time.Second)
		must(t, o.Done(t.Context(), "again", ids(o.lease("again", 1))))
	}
}

// Doctor is told of rows that are older than the deadline, whether nobody takes
// them or they fail again and again.
func TestOverdue(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(1)
	failing := o.lease("worker", 1)
	o.add(1)
	want := func(n int) {
		t.Helper()
		overdue, err := o.ListOverdue(t.Context())
		must(t, err)
		if len(overdue) != n {
			t.Errorf("at %s %d are overdue, want %d", o.machine.Now().Sub(noon), len(overdue), n)
		}
	}
	o.machine.Advance(Deadline - time.Second)
	must(t, o.Retry(t.Context(), "worker", failing, errors.New("no luck")))
	o.add(1)
	o.machine.Advance(time.Second)
	want(0)
	o.machine.Advance(time.Millisecond)
	want(2)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := o.ListOverdue(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
