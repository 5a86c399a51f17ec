// Package outbox carries what must leave MySQL after a commit (leaderboards
// first): a row is written in the transaction that causes it, leased by one
// worker at a time, and deleted when done.
//
// Leases, deadlines and back-off run on the machine's clock, which never moves.
package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Topic says who takes care of a row.
type Topic string

// The topics.
const (
	TopicBoard Topic = "board" // postings that leaderboards have to follow
	TopicPush  Topic = "push"  // what WeChat has pushed
	TopicText  Topic = "text"  // texts to check
	TopicSend  Topic = "send"  // subscription messages
	// TopicPicture are pictures to check.
	TopicPicture Topic = "picture"
)

// Topics lists them.
func Topics() []Topic { return []Topic{TopicBoard, TopicPush, TopicText, TopicSend, TopicPicture} }

const (
	// lease is how long a worker may hold rows before others may take them.
	lease = 30 * time.Second
	// maxAttempts is after how many failures a row is dead: kept, seen by
	// doctor, and left to a person. A server out of reach kills no row.
	maxAttempts = 20
	// Deadline is how old a row may become before doctor reports it.
	Deadline = 10 * time.Minute
)

// Box is the outbox.
type Box struct {
	db      *mysql.DB
	machine *clock.Clock
	nudges  map[Topic]chan struct{}
}

// New returns the outbox of the database.
func New(db *mysql.DB, machine *clock.Clock) *Box {
	b := &Box{db: db, machine: machine, nudges: make(map[Topic]chan struct{})}
	for _, t := range Topics() {
		b.nudges[t] = make(chan struct{}, 1)
	}
	return b
}

// Add queues a row in the transaction and wakes a worker of this process when
// it is committed.
func (b *Box) Add(tx *mysql.Tx, topic Topic, payload any) error {
	return b.AddAll(tx, topic, []any{payload})
}

// AddAll is Add for a row each, in one statement.
func (b *Box) AddAll(tx *mysql.Tx, topic Topic, payloads []any) error {
	if len(payloads) == 0 {
		return nil
	}
	rows := make([]mysql.Args, len(payloads))
	for i, payload := range payloads {
		text, err := json.Marshal(payload)
		if err != nil {
			return fmt.Errorf("outbox: %w", err)
		}
		rows[i] = mysql.Args{
			"id": mysql.NewID[id.Outbox](tx), "topic": topic, "payload": string(text), "at": b.machine.Now(),
		}
	}
	tx.AfterCommit(func() { b.nudge(topic) })
	return tx.Add("outbox.add", rows)
}

func (b *Box) nudge(topic Topic) {
	select {
	case b.nudges[topic] <- struct{}{}:
	default: // one is waiting already
	}
}

// Nudged receives after a commit of this process that wrote rows of the topic.
func (b *Box) Nudged(topic Topic) <-chan struct{} { return b.nudges[topic] }

// Row is a leased row.
type Row struct {
	ID       id.Outbox `db:"id"`
	Payload  []byte    `db:"payload"`
	Attempts int       `db:"attempts"`
	// Counted says that the effect inside MySQL is done already.
	Counted bool `db:"counted"`
}

// Lease takes up to limit rows of the topic for the owner, a name that no other
// worker has and that is used for one batch only.
func (b *Box) Lease(ctx context.Context, topic Topic, owner string, limit int) ([]Row, error) {
	now := b.machine.Now()
	var rows []Row
	err := b.db.Tx(ctx, func(tx *mysql.Tx) error {
		err := tx.Add("outbox.lease", mysql.Args{
			"owner": owner, "until": now.Add(lease), "topic": topic, "now": now, "limit": limit,
		})
		if err != nil {
			return err
		}
		return tx.Select(ctx, &rows, "outbox.leased", mysql.Args{"owner": owner, "topic": topic})
	})
	return rows, err
}

// Count marks, in tx, that the rows' effect inside MySQL is being done by it.
// False means that the lease was lost meanwhile: the caller must undo.
func (b *Box) Count(ctx context.Context, tx *mysql.Tx, owner string, ids []id.Outbox) (bool, error) {
	n, err := tx.Exec(ctx, "outbox.count", mysql.Args{"ids": ids, "owner": owner, "now": b.machine.Now()})
	return n == int64(len(ids)), err
}

// Done deletes rows that the owner still holds.
func (b *Box) Done(ctx context.Context, owner string, ids []id.Outbox) error {
	return b.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("outbox.done", mysql.Args{"ids": ids, "owner": owner})
	})
}

// Retry gives rows back after a failure, to be tried again after a pause that
// doubles with each attempt up to a minute. The last attempt's failure makes a
// row dead, unless it is fault.ReasonUnavailable.
func (b *Box) Retry(ctx context.Context, owner string, rows []Row, cause error) error {
	now, attempts, ids := b.machine.Now(), 0, make([]id.Outbox, 0, len(rows))
	for _, r := range rows {
		attempts, ids = max(attempts, r.Attempts), append(ids, r.ID)
	}
	text, most := []rune(cause.Error()), maxAttempts
	if fault.Has(cause, fault.ReasonUnavailable) {
		most = math.MaxInt32
	}
	return b.db.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("outbox.retry", mysql.Args{
			"ids": ids, "owner": owner, "now": now, "attempts": most, "available": now.Add(backOff(attempts)),
			"error": string(text[:min(len(text), 300)]),
		})
	})
}

func backOff(attempts int) time.Duration {
	return min(time.Minute, 250*time.Millisecond<<min(attempts, 10))
}

// GetOldest is how long the oldest row has waited; 0 where none waits.
func (b *Box) GetOldest(ctx context.Context) (time.Duration, error) {
	var since *time.Time
	if err := b.db.Get(ctx, &since, "outbox.oldest", nil); err != nil || since == nil {
		return 0, err
	}
	return b.machine.Now().Sub(*since), nil
}

// ListOverdue lists up to 100 rows that are older than the deadline, or dead.
func (b *Box) ListOverdue(ctx context.Context) ([]id.Outbox, error) {
	var ids []id.Outbox
	err := b.db.Select(ctx, &ids, "outbox.overdue", mysql.Args{"before": b.machine.Now().Add(-Deadline)})
	return ids, err
}
