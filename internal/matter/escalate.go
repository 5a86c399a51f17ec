package matter

import (
	"context"
	"time"

	"xinyuan/internal/mysql"
	"xinyuan/internal/sweep"
)

// Waiting says which matters of a noun wait for a decision, for a sweep.
type Waiting struct {
	What  string // the rows, in what a failure says
	Query string // lists those that have waited since :since and have not risen, at most :limit
	After time.Duration
}

// EscalateWaiting hands every matter that has waited long enough to escalate, each in
// a transaction of its own, and goes on past those that fail (see sweep.Each).
func EscalateWaiting[I any](ctx context.Context, db *mysql.DB, w Waiting,
	escalate func(context.Context, I) error) error {
	var all []I
	err := db.Select(ctx, &all, w.Query, mysql.Args{"since": db.Now().Add(-w.After), "limit": sweep.Size})
	if err != nil {
		return err
	}
	return sweep.Each(ctx, w.What, all, escalate)
}
