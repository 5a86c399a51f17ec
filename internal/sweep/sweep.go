// Package sweep is how periodic jobs work through what is due.
package sweep

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync/atomic"

	"xinyuan/internal/fault"
)

// Size is how many rows of one kind a run looks at. What is left is due in the next
// run, seconds later.
const Size = 200

// shown is how many failures of one kind a Failure names: when a server is away, each
// row fails for the same reason.
const shown = 3

// Failure is that rows of a sweep failed. The others were done.
type Failure struct {
	What  string // of what kind the rows are
	Rows  int
	First error // those that failed first
}

// Error tells of what kind the rows are, how many failed, and how the first did.
func (f *Failure) Error() string {
	return fmt.Sprintf("sweep of %s: %d failed: %v", f.What, f.Rows, f.First)
}

// Unwrap is what failed first.
func (f *Failure) Unwrap() error { return f.First }

// Each does it for all, and goes on past those that fail, which the error tells: a
// Failure. A matter that somebody moved meanwhile refuses the step, which is no
// failure. It ends early only with ctx.
func Each[I any](ctx context.Context, what string, all []I, do func(context.Context, I) error) error {
	f := Failure{What: what}
	for _, one := range all {
		if ctx.Err() != nil {
			return errors.Join(ctx.Err(), f.orNil())
		}
		err := fault.Catch(func() error { return do(ctx, one) })
		if refused, known := fault.Of(err); err == nil || known && refused.Kind == fault.Conflict {
			continue
		}
		if f.Rows++; f.Rows <= shown {
			f.First = errors.Join(f.First, about(one, err))
		}
	}
	return f.orNil()
}

// Backlog is rows as an earlier version wrote them. Nobody writes another one: once there are none, nobody looks again.
type Backlog struct{ empty atomic.Bool }

// EachOf does it for all that find finds, as Each does, unless there were none before.
func EachOf[I any](ctx context.Context, b *Backlog, what string, find func() ([]I, error),
	do func(context.Context, I) error) error {
	if b.empty.Load() {
		return nil
	}
	all, err := find()
	b.empty.Store(err == nil && len(all) == 0)
	return errors.Join(err, Each(ctx, what, all, do))
}

// about names the row by its id. A row that is more than that may hold what no log does.
func about(one any, err error) error {
	if row, ok := one.(fmt.Stringer); ok && reflect.TypeOf(one).Kind() == reflect.Int64 {
		return fmt.Errorf("%s: %w", row, err)
	}
	return err
}

func (f *Failure) orNil() error {
	if f.Rows == 0 {
		return nil
	}
	return f
}

// Failed counts the rows that failed in an error of sweeps.
func Failed(err error) int {
	var f *Failure
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		n := 0
		for _, one := range many.Unwrap() {
			n += Failed(one)
		}
		return n
	}
	if errors.As(err, &f) {
		return f.Rows
	}
	return 0
}
