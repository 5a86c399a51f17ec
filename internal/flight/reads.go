// Package flight has reads that many want at the same time done once for all of them.
package flight

import (
	"context"
	"sync"
	"time"
)

// Reads are plain reads that many want at once, as in a rush: one at a time for a key. Who
// comes while one is under way gets the next one's answer, which is read after they have
// asked: nobody is told that a wish is taken that was free by then, and nothing is kept.
type Reads[K comparable, V any] struct {
	longest time.Duration

	mu    sync.Mutex
	lines map[K]*line[V] // of keys that are being read
}

// line is who waits for the next read, while one is under way.
type line[V any] struct{ next *read[V] }

type read[V any] struct {
	do    func(context.Context) (V, error)
	done  chan struct{}
	value V
	err   error
}

// NewReads returns reads that end after the longest time at most.
func NewReads[K comparable, V any](longest time.Duration) *Reads[K, V] {
	return &Reads[K, V]{longest: longest, lines: map[K]*line[V]{}}
}

// Get reads what the key stands for, or waits for who reads it next. The answer belongs to all
// who wait: a caller changes nothing in it. Errors: those of do, and that of a caller who leaves.
func (r *Reads[K, V]) Get(ctx context.Context, key K, do func(context.Context) (V, error)) (V, error) {
	r.mu.Lock()
	mine := &read[V]{do: do, done: make(chan struct{})}
	if waiting, busy := r.lines[key]; !busy {
		r.lines[key] = &line[V]{}
		go r.goOn(context.WithoutCancel(ctx), key, mine)
	} else if waiting.next == nil {
		waiting.next = mine
	} else {
		mine = waiting.next
	}
	r.mu.Unlock()
	select {
	case <-mine.done:
		return mine.value, mine.err
	case <-ctx.Done():
		var none V
		return none, ctx.Err()
	}
}

// goOn reads until nobody waits. The callers may leave; others want the answer.
func (r *Reads[K, V]) goOn(ctx context.Context, key K, now *read[V]) {
	for now != nil {
		now.take(ctx, r.longest)
		r.mu.Lock()
		waiting := r.lines[key]
		now, waiting.next = waiting.next, nil
		if now == nil {
			delete(r.lines, key)
		}
		r.mu.Unlock()
	}
}

func (r *read[V]) take(ctx context.Context, longest time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	defer close(r.done)
	r.value, r.err = r.do(ctx)
}
