package flight

import (
	"context"
	"sync"
	"time"

	"xinyuan/internal/clock"
)

// Kept are values that may take long to read. What is read at once is read for each
// question, and is never old. What is dear is kept for a hundred times as long as it took,
// so that reading it takes a hundredth of the time at most. Who asks later than that has
// it read anew and waits a moment for it; if it takes longer, they get the old value.
type Kept[K comparable, V any] struct {
	clock *clock.Clock // the machine's
	reads *Reads[K, V]

	mu sync.Mutex
	of map[K]kept[V]
}

type kept[V any] struct {
	value V
	until time.Time
}

const (
	// dear is how long a read takes whose value is kept, times is for how many times as long it is.
	dear, times = 200 * time.Millisecond, 100
	// moment is how long is waited for a new value where there is an old one.
	moment = 300 * time.Millisecond
	// longestDear bounds a read. It goes on when nobody waits any more: the next who ask get its value.
	longestDear = 5 * time.Minute
)

// NewKept returns values of which none is kept yet.
func NewKept[K comparable, V any](machine *clock.Clock) *Kept[K, V] {
	return &Kept[K, V]{clock: machine, reads: NewReads[K, V](longestDear), of: map[K]kept[V]{}}
}

// Get is the value of the key, which do reads. It belongs to all who ask: a caller changes
// nothing in it. Errors: those of do, and that of a caller who leaves.
func (k *Kept[K, V]) Get(ctx context.Context, key K, do func(context.Context) (V, error)) (V, error) {
	old, found := k.find(key)
	if found && k.clock.Exact().Before(old.until) {
		return old.value, nil
	}
	patient, cancel := ctx, context.CancelFunc(func() {})
	if found {
		patient, cancel = context.WithTimeout(ctx, moment)
	}
	defer cancel()
	value, err := k.reads.Get(patient, key, func(ctx context.Context) (V, error) { return k.read(ctx, key, do) })
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

// read reads the value, unless somebody has just done so for a long time.
func (k *Kept[K, V]) read(ctx context.Context, key K, do func(context.Context) (V, error)) (V, error) {
	if now, found := k.find(key); found && k.clock.Exact().Before(now.until) {
		return now.value, nil
	}
	began := k.clock.Exact()
	value, err := do(ctx)
	if err != nil {
		return value, err
	}
	now := k.clock.Exact()
	k.mu.Lock()
	defer k.mu.Unlock()
	if took := now.Sub(began); took < dear {
		delete(k.of, key)
	} else {
		k.of[key] = kept[V]{value, now.Add(times * took)}
	}
	return value, nil
}
