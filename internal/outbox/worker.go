package outbox

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
)

// Handler does what a row asks for. It may be called again for the same row, after an
// error and after a crash.
type Handler func(ctx context.Context, payload []byte) error

// Pool is how a topic's rows are worked through.
type Pool struct {
	Topic Topic
	Do    Handler
	// Hands is how many rows are in work at a time in this process.
	Hands int
	// Patience bounds the work on one row. It is shorter than a lease.
	Patience time.Duration
}

// poll is how often workers look when nobody nudges them.
const poll = 500 * time.Millisecond

// Run works through the topic's rows until ctx ends.
func (b *Box) Run(ctx context.Context, log *slog.Logger, p Pool) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for ctx.Err() == nil {
		n, err := b.Work(ctx, p)
		if err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "outbox: rows wait", "topic", string(p.Topic), "error", err)
		}
		if n > 0 && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-b.Nudged(p.Topic):
		}
	}
}

// Work takes one batch of rows, as many as there are hands, and returns how many are
// done. A row that fails comes again, and holds up no other.
func (b *Box) Work(ctx context.Context, p Pool) (int, error) {
	owner := rand.Text()
	rows, err := b.Lease(ctx, p.Topic, owner, p.Hands)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	failed := make([]error, len(rows))
	var wg sync.WaitGroup
	for i, r := range rows {
		wg.Go(func() {
			one, cancel := context.WithTimeout(ctx, p.Patience)
			defer cancel()
			failed[i] = fault.Catch(func() error { return p.Do(one, r.Payload) })
		})
	}
	wg.Wait()
	var done []id.Outbox
	for i, r := range rows {
		if failed[i] == nil {
			done = append(done, r.ID)
			continue
		}
		err = errors.Join(err, failed[i], b.Retry(context.WithoutCancel(ctx), owner, []Row{r}, failed[i]))
	}
	if len(done) > 0 {
		err = errors.Join(err, b.Done(context.WithoutCancel(ctx), owner, done))
	}
	return len(done), err
}
