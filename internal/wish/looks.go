package wish

import (
	"context"
	"sync"
	"time"

	"xinyuan/internal/id"
)

// looks are plain reads that many want at once, as in a rush: one at a time for a key. Who
// comes while one is under way gets the next one's answer, which is read after they have
// asked: nobody is told that a wish is taken that was free by then, and nothing is kept.
type looks[K comparable, V any] struct {
	mu    sync.Mutex
	lines map[K]*line[V] // of keys that are being looked at
}

// line is who waits for the next look, while one is under way.
type line[V any] struct{ next *look[V] }

type look[V any] struct {
	read  func(context.Context) (V, error)
	done  chan struct{}
	value V
	err   error
}

// longestLook bounds a read that several callers wait for.
const longestLook = 10 * time.Second

func newLooks[K comparable, V any]() *looks[K, V] {
	return &looks[K, V]{lines: map[K]*line[V]{}}
}

// at reads what the key stands for, or waits for who reads it next. The answer belongs to all
// who wait: a caller changes nothing in it. Errors: those of read, and that of a caller who leaves.
func (l *looks[K, V]) at(ctx context.Context, key K, read func(context.Context) (V, error)) (V, error) {
	l.mu.Lock()
	mine := &look[V]{read: read, done: make(chan struct{})}
	if waiting, busy := l.lines[key]; !busy {
		l.lines[key] = &line[V]{}
		go l.lookOn(context.WithoutCancel(ctx), key, mine)
	} else if waiting.next == nil {
		waiting.next = mine
	} else {
		mine = waiting.next
	}
	l.mu.Unlock()
	select {
	case <-mine.done:
		return mine.value, mine.err
	case <-ctx.Done():
		var none V
		return none, ctx.Err()
	}
}

// lookOn looks until nobody waits. The callers may leave; others want the answer.
func (l *looks[K, V]) lookOn(ctx context.Context, key K, now *look[V]) {
	for now != nil {
		now.take(ctx)
		l.mu.Lock()
		waiting := l.lines[key]
		now, waiting.next = waiting.next, nil
		if now == nil {
			delete(l.lines, key)
		}
		l.mu.Unlock()
	}
}

func (l *look[V]) take(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, longestLook)
	defer cancel()
	defer close(l.done)
	l.value, l.err = l.read(ctx)
}

// wanted are the wishes that somebody on this server has wanted lately. Whoever is first claims at once and saves a
// look. Whoever comes later is most likely told by a look that the wish is taken. The lock alone decides who wins.
type wanted struct {
	mu            sync.Mutex
	recent, older map[id.Wish]bool
}

// mostRecent is how many wishes are remembered, and as many older ones.
const mostRecent = 4096

// isFirst tells whether nobody has wanted the wish lately, and remembers it.
func (w *wanted) isFirst(wish id.Wish) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.recent[wish] || w.older[wish] {
		return false
	}
	if w.recent == nil || len(w.recent) >= mostRecent {
		w.older, w.recent = w.recent, map[id.Wish]bool{}
	}
	w.recent[wish] = true
	return true
}
