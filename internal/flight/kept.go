package flight

import (
	"context"
	"time"

	"xinyuan/internal/clock"
)

// Kept are values that many ask for, each kept for a time after it was read. Who asks later
// has it read anew.
type Kept[K comparable, V any] struct {
	*Shelf[K, V]
	how   Keeping
	reads *Reads[K, V]
	slots chan struct{} // nil: any number of keys are read at once
}

// Keeping says for how long values are kept, and what who asks later gets.
type Keeping struct {
	// life is for how long a value is kept from when it was asked for, by how long reading it took; 0: not at all.
	life func(took time.Duration) time.Duration
	// patience is how long is waited for a new value where there is one that is not very old; 0: as long as it takes.
	patience time.Duration
	longest  time.Duration // bounds a read. It goes on when nobody waits any more: the next who ask get its value
	atOnce   int           // how many keys are read at once, so that they leave the database to others; 0: any number
}

// ByCost keeps values that may take long to read for so many times as long as reading took,
// so that what is read at once is fresh, and what takes long is read for a bounded part of the
// time. Who asks later waits a moment for the new value; if it takes longer, they get the old
// one, unless it is very old. With 0 times none is ever kept.
func ByCost(times int) Keeping {
	life := func(took time.Duration) time.Duration { return time.Duration(times+1) * took }
	if times == 0 {
		life = func(time.Duration) time.Duration { return 0 }
	}
	return Keeping{life: life, patience: moment, longest: 5 * time.Minute, atOnce: 2}
}

// For keeps values for this time, and nobody gets an older one.
func For(life time.Duration) Keeping {
	return Keeping{life: func(time.Duration) time.Duration { return life }, longest: 10 * time.Second}
}

const (
	moment, veryOld = 300 * time.Millisecond, time.Hour
	// mostKept is how many values are kept at once.
	mostKept = 1000
)

// NewKept returns values, of which none is kept yet.
func NewKept[K comparable, V any](machine *clock.Clock, how Keeping) *Kept[K, V] {
	k := &Kept[K, V]{Shelf: NewShelf[K, V](machine, mostKept), how: how, reads: NewReads[K, V](how.longest)}
	if how.atOnce > 0 {
		k.slots = make(chan struct{}, how.atOnce)
	}
	return k
}

// Get is the value of the key, which do reads. It belongs to all who ask: a caller changes
// nothing in it. Errors: those of do, which are kept for nobody, and that of a caller who leaves.
func (k *Kept[K, V]) Get(ctx context.Context, key K, do func(context.Context) (V, error)) (V, error) {
	old, age, found := k.look(key)
	if found && age < 0 {
		return old, nil
	}
	anew := func(ctx context.Context) (V, error) { return k.read(ctx, key, do) }
	if !found || age > veryOld || k.how.patience == 0 {
		return k.reads.Get(ctx, key, anew)
	}
	patient, cancel := context.WithTimeout(ctx, k.how.patience)
	defer cancel()
	value, err := k.reads.Get(patient, key, anew)
	if err != nil && patient.Err() != nil && ctx.Err() == nil {
		return old, nil
	}
	return value, err
}

// read reads the value, unless somebody has just done so.
func (k *Kept[K, V]) read(ctx context.Context, key K, do func(context.Context) (V, error)) (V, error) {
	if value, found := k.Find(key); found {
		return value, nil
	}
	if k.slots != nil {
		select {
		case k.slots <- struct{}{}:
			defer func() { <-k.slots }()
		case <-ctx.Done(): // do says so
		}
	}
	asked := k.clock.Exact()
	value, err := do(ctx)
	if life := k.how.life(k.clock.Exact().Sub(asked)); err == nil && life > 0 {
		k.Put(key, value, asked.Add(life))
	}
	return value, err
}
