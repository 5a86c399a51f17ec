// Package flight has reads that many want at the same time done once for all of them.
package flight

import (
	"context"
	"sync"
	"time"

	"xinyuan/internal/fault"
)

// Joined are plain reads that many want at once, as in a rush: one at a time for a key. Who
// comes while one is under way gets the next one's answer, which is read after they have
// asked: nobody is told that a wish is taken that was free by then, and nothing is kept. What
// those who wait for it want is one question.
type Joined[K comparable, W, V any] struct {
	longest time.Duration
	join    func(W, W) W
	do      func(context.Context, K, W) (V, error)

	mu    sync.Mutex
	lines map[K]*line[W, V] // of keys that are being read
}

// line is who waits for the next read, while one is under way.
type line[W, V any] struct{ next *read[W, V] }

type read[W, V any] struct {
	want  W
	done  chan struct{}
	value V
	err   error
}

// NewJoined returns reads that end after the longest time at most. join makes one question of two; do reads.
func NewJoined[K comparable, W, V any](longest time.Duration, join func(W, W) W,
	do func(context.Context, K, W) (V, error)) *Joined[K, W, V] {
	return &Joined[K, W, V]{longest: longest, join: join, do: do, lines: map[K]*line[W, V]{}}
}

// Reads are reads of which all who ask for a key want the same: what the first of them does.
type Reads[K comparable, V any] = Joined[K, func(context.Context) (V, error), V]

// NewReads returns reads that end after the longest time at most.
func NewReads[K comparable, V any](longest time.Duration) *Reads[K, V] {
	type do = func(context.Context) (V, error)
	return NewJoined(longest, func(first, _ do) do { return first },
		func(ctx context.Context, _ K, first do) (V, error) { return first(ctx) })
}

// Get reads what is wanted of the key, or waits for who reads it next. The answer belongs to all
// who wait: a caller changes nothing in it. Errors: those of the read, and that of a caller who leaves.
func (r *Joined[K, W, V]) Get(ctx context.Context, key K, want W) (V, error) {
	r.mu.Lock()
	mine := &read[W, V]{want: want, done: make(chan struct{})}
	if waiting, busy := r.lines[key]; !busy {
		r.lines[key] = &line[W, V]{}
		go r.goOn(context.WithoutCancel(ctx), key, mine)
	} else if waiting.next == nil {
		waiting.next = mine
	} else {
		mine = waiting.next
		mine.want = r.join(mine.want, want)
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
func (r *Joined[K, W, V]) goOn(ctx context.Context, key K, now *read[W, V]) {
	for now != nil {
		r.take(ctx, key, now)
		r.mu.Lock()
		waiting := r.lines[key]
		now, waiting.next = waiting.next, nil
		if now == nil {
			delete(r.lines, key)
		}
		r.mu.Unlock()
	}
}

func (r *Joined[K, W, V]) take(ctx context.Context, key K, now *read[W, V]) {
	ctx, cancel := context.WithTimeout(ctx, r.longest)
	defer cancel()
	defer close(now.done)
	now.err = fault.Catch(func() (err error) {
		now.value, err = r.do(ctx, key, now.want)
		return err
	})
}
