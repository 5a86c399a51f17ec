package mysql

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"time"

	driverpkg "github.com/go-sql-driver/mysql"
	"github.com/jmoiron/sqlx"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
)

// attempts bounds how often a transaction that lost a deadlock is begun anew.
const attempts = 6

// Tx is a transaction. It belongs to one goroutine.
type Tx struct {
	db       *DB
	conn     *sqlx.Conn
	begun    bool
	queue    []statement
	last     []lastStatement
	now      time.Time
	after    []func()
	lost     bool // the commit is to fail: for tests
	confined bool // see Confine
}

// statement is a text and the values in it.
type statement struct {
	text string
	args []any
}

// joined is statements as one trip.
func joined(statements []statement) (text string, args []any) {
	texts := make([]string, len(statements))
	for i, s := range statements {
		texts[i], args = s.text, append(args, s.args...)
	}
	return strings.Join(texts, ";"), args
}

// Tx runs fn in a transaction and commits it. When the server ends it for a
// deadlock, a lock time-out or a conflict at commit, fn runs again from the
// start, so it must keep no state of its own; after the last attempt the error
// is fault.ReasonUnavailable. Any error of fn, and any failed commit, means
// that nothing happened, with one exception: when the connection breaks while
// the commit is under way, nobody knows, and the error says unavailable.
func (d *DB) Tx(ctx context.Context, fn func(*Tx) error) error {
	for attempt := 1; ; attempt++ {
		tx := &Tx{db: d, lost: d.lose(attempt), confined: IsConfined(ctx)}
		err := tx.run(ctx, fn)
		if err == nil {
			for _, f := range tx.after {
				f()
			}
			return nil
		}
		if !isRetryable(err) {
			return classify(err)
		}
		if attempt == attempts {
			return fault.Because(fault.ReasonUnavailable, fmt.Errorf("mysql: gave up after %d attempts: %w", attempt, err))
		}
		d.retries.Add(1)
		if err := pause(ctx, attempt); err != nil {
			return classify(err)
		}
	}
}

// pause waits a little and at random, so that two rivals do not meet again.
func pause(ctx context.Context, attempt int) error {
	return clock.Wait(ctx, rand.N(time.Duration(1<<attempt)*time.Millisecond))
}

func (t *Tx) run(ctx context.Context, fn func(*Tx) error) (err error) {
	t.conn, err = t.db.conn(ctx)
	if err != nil {
		return err
	}
	committed := false
	defer func() {
		if !committed {
			t.rollback(ctx)
		}
		err = errors.Join(err, ignoreDone(t.conn.Close()))
	}()
	if err = fn(t); err != nil {
		return err
	}
	if !t.begun && len(t.queue) == 0 && len(t.last) == 0 {
		committed = true
		return nil
	}
	for _, l := range t.last {
		if err = t.Add(l.name, l.arg); err != nil {
			return err
		}
	}
	end := "COMMIT"
	if t.lost {
		end = "ROLLBACK"
	}
	t.queue = append(t.queue, statement{text: end})
	if err = t.flush(ctx); err != nil {
		return err
	}
	committed = true
	if t.lost {
		return &driverpkg.MySQLError{Number: erDeadlock, Message: "the commit is lost, as the test wants it"}
	}
	return nil
}

// rollbackTime is how long an answer waits for the end of a transaction that has
// failed: a server that hangs ends it by itself.
const rollbackTime = 2 * time.Second

// rollback undoes the transaction even if ctx is over. A connection on which
// that fails is thrown away: the server undoes what it had begun.
func (t *Tx) rollback(ctx context.Context) {
	if !t.begun {
		return
	}
	t.db.roundTrips.Add(1)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), rollbackTime)
	defer cancel()
	if _, err := t.conn.ExecContext(ctx, "ROLLBACK"); err != nil {
		_ = t.conn.Raw(func(any) error { return driver.ErrBadConn })
	}
}

func ignoreDone(err error) error {
	if errors.Is(err, driver.ErrBadConn) || err != nil && strings.Contains(err.Error(), "already closed") {
		return nil
	}
	return err
}

// Now is the transaction's business time: fixed when first asked for. Ask after
// the locks are held, so that history is in the order in which it happened.
func (t *Tx) Now() time.Time {
	if t.now.IsZero() {
		t.now = t.db.business.Now()
	}
	return t.now
}

// At sets the transaction's time instead: for seeds, which write the past.
func (t *Tx) At(now time.Time) { t.now = now }

// NewID makes an identifier for a row that the transaction writes.
func NewID[I ~int64](t *Tx) I { return id.New[I](t.db.ids, t.Now()) }

// EarlyID is NewID without fixing the transaction's time: for a row that is
// written, or found there, to lock it.
func EarlyID[I ~int64](t *Tx) I {
	at := t.now
	if at.IsZero() {
		at = t.db.business.Now()
	}
	return id.New[I](t.db.ids, at)
}

// AfterCommit calls f once the transaction is committed.
func (t *Tx) AfterCommit(f func()) { t.after = append(t.after, f) }

// Add queues a statement whose outcome need not be known before the next one.
// It is sent with the next read or with the commit; a mistake in it (a
// duplicate key, a broken constraint) is the error of that trip.
func (t *Tx) Add(name string, arg any) error {
	text, args, err := t.db.queries.bind(name, arg)
	if err != nil {
		return err
	}
	t.queue = append(t.queue, statement{text, args})
	return nil
}

// lastStatement is one of AddLast.
type lastStatement struct {
	name string
	arg  any
}

// AddLast is Add for a statement about a row that many transactions share: it is
// sent right before the commit, once however often the same is added.
func (t *Tx) AddLast(name string, arg any) {
	l := lastStatement{name, arg}
	if !slices.ContainsFunc(t.last, func(other lastStatement) bool { return reflect.DeepEqual(other, l) }) {
		t.last = append(t.last, l)
	}
}

// Touch is AddLast for a statement that only writes the row of something that the transaction holds and
// another one changes. One server's lock is enough, and Touch does nothing. On a cluster a lock holds on one
// node only, and of two transactions that wrote one row the later begins anew.
func (t *Tx) Touch(name string, arg any) {
	if t.db.apart {
		t.AddLast(name, arg)
	}
}

// Exec runs a statement now and returns how many rows it matched.
func (t *Tx) Exec(ctx context.Context, name string, arg any) (int64, error) {
	if len(t.queue) > 0 {
		if err := t.flush(ctx); err != nil {
			return 0, err
		}
	}
	if err := t.begin(ctx); err != nil {
		return 0, err
	}
	text, args, err := t.db.queries.bind(name, arg)
	if err != nil {
		return 0, err
	}
	t.db.roundTrips.Add(1)
	result, err := t.conn.ExecContext(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// begin opens the transaction in a trip of its own: only Exec needs it, whose
// count of rows must not be that of another statement.
func (t *Tx) begin(ctx context.Context) error {
	if t.begun {
		return nil
	}
	return t.flush(ctx)
}

// Get reads one row.
func (t *Tx) Get(ctx context.Context, dest any, name string, arg any) error {
	return t.Read(ctx, One(dest, name, arg))
}

// Select reads rows.
func (t *Tx) Select(ctx context.Context, dest any, name string, arg any) error {
	return t.Read(ctx, Many(dest, name, arg))
}

// Read sends what is queued and all wanted queries in one round trip, in order:
// locks are taken in the order of the wants.
func (t *Tx) Read(ctx context.Context, wants ...Want) error {
	if !t.db.apart {
		return t.db.read(ctx, t.conn, t.takeQueue(), wants)
	}
	if err := t.flush(ctx); err != nil {
		return err
	}
	var missing error
	for _, w := range wants {
		if err := t.db.read(ctx, t.conn, nil, []Want{w}); errors.Is(err, ErrNone) {
			missing = err
		} else if err != nil {
			return err
		}
	}
	return missing
}

// Read sends all wanted queries in one round trip, outside any transaction.
func (d *DB) Read(ctx context.Context, wants ...Want) error {
	return d.use(ctx, func(conn *sqlx.Conn) error { return d.read(ctx, conn, nil, wants) })
}

func (d *DB) read(ctx context.Context, q sqlx.QueryerContext, queue []statement, wants []Want) (err error) {
	for _, w := range wants {
		text, args, err := d.queries.bind(w.name, w.arg)
		if err != nil {
			return err
		}
		queue = append(queue, statement{text, args})
	}
	d.roundTrips.Add(1)
	text, args := joined(queue)
	rows, err := q.QueryxContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	return scanAll(rows, wants)
}

func scanAll(rows *sqlx.Rows, wants []Want) error {
	var missing error
	for i, w := range wants {
		if i > 0 && !rows.NextResultSet() {
			return errors.Join(fmt.Errorf("mysql: %s gave no result", w.name), rows.Err())
		}
		// sqlx remembers the columns of the first result: each gets rows of its own.
		if err := w.scan(&sqlx.Rows{Rows: rows.Rows, Mapper: rows.Mapper}); errors.Is(err, ErrNone) {
			missing = err
		} else if err != nil {
			return err
		}
	}
	return errors.Join(missing, drain(rows))
}

// drain reads to the end of the answer: a statement that failed after the rows
// already read shows only there.
func drain(rows *sqlx.Rows) error {
	for rows.NextResultSet() {
		continue
	}
	return rows.Err()
}

func (t *Tx) takeQueue() []statement {
	queue := t.queue
	t.queue = nil
	if !t.begun {
		t.begun = true
		t.db.transactions.Add(1)
		queue = append([]statement{{text: "START TRANSACTION"}}, queue...)
	}
	return queue
}

// flush sends what is queued, in one trip where the server may have it so.
func (t *Tx) flush(ctx context.Context) error {
	queue := t.takeQueue()
	together := max(1, len(queue))
	if t.db.apart {
		together = 1
	}
	for trip := range slices.Chunk(queue, together) {
		t.db.roundTrips.Add(1)
		text, args := joined(trip)
		if _, err := t.conn.ExecContext(ctx, text, args...); err != nil {
			return err
		}
	}
	return nil
}
