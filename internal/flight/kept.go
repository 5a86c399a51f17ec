package flight

import (
	"context"
	"sync"
	"time"

	"xinyuan/internal/clock"
)

// Kept are values that may take long to read. Each is kept for so many times as long as
// reading it took, so that what is read at once is fresh, and what takes long is read for
// a bounded part of the time. Who asks later than that has it read anew and waits a moment
// for it; if it takes longer, they get the old value, unless it is very old.
type Kept[K comparable, V any] struct {
	clock *clock.Clock // the machine's
	times int
	reads *Reads[K, V]
	slots chan struct{}

	mu sync.Mutex
	of map[K]kept[V]
}

type kept[V any] struct {
	value V
	until time.Time // after which it is read anew
}

const (
	// moment is how long is waited for a new value where there is one that is not very old.
	moment, veryOld = 300 * time.Millisecond, time.Hour
	// longest bounds a read. It goes on when nobody waits any more: the next who ask get its value.
	longest = 5 * time.Minute
	// mostReads bounds how many keys are read at once, so that they leave the database to others.
	mostReads = 2
)

// NewKept returns values, of which none is kept yet. With 0 times none ever is.
func NewKept[K comparable, V any](machine *clock.Clock, times int) *Kept[K, V] {
	return &Kept[K, V]{
		clock: machine, times: times, reads: NewReads[K, V](longest), slots: make(chan struct{}, mostReads),
		of: map[K]kept[V]{},
	}
}

// Get is the value of the key, which do reads. It belongs to all who ask: a caller changes
// nothing in it. Errors: those of do, and that of a caller who leaves.
func (k *Kept[K, V]) Get(ctx context.Context, key K, do func(context.Context) (V, error)) (V, error) {
	old, found := k.find(key)
	late := k.clock.Exact().Sub(old.until)
	if found && late < 0 {
		return old.value, nil
	}
	anew := func(ctx context.Context) (V, error) { return k.read(ctx, key, do) }
	if !found || late > veryOld {
		return k.reads.Get(ctx, key, anew)
	}
	patient, cancel := context.WithTimeout(ctx, moment)
	defer cancel()
	value, err := k.reads.Get(patient, key, anew)
	if err != nil && patient.Err() != nil && ctx.Err() == nil {
		return old.value, nil
	}
	return value, err
}

func (k *Kept[K, V]) find(key K) (kept[V], bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	v, found := k.of[key]
	return v, found
}

// read reads the value, unless somebody has just done so.
func (k *Kept[K, V]) read(ctx context.Context, key K, do func(context.Context) (V, error)) (V, error) {
	if now, found := k.find(key); found && k.clock.Exact().Before(now.until) {
		return now.value, nil
	}
	select {
	case k.slots <- struct{}{}:
		defer func() { <-k.slots }()
	case <-ctx.Done(): // do says so
	}
	began := k.clock.Exact()
	value, err := do(ctx)
	if err == nil && k.times > 0 {
		now := k.clock.Exact()
		k.mu.Lock()
		defer k.mu.Unlock()
		k.of[key] = kept[V]{value, now.Add(time.Duration(k.times) * now.Sub(began))}
	}
	return value, err
}
