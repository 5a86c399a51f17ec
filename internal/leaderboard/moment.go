package leaderboard

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"xinyuan/internal/clock"
)

// moment keeps what many ask for at the same time, for a moment. While one caller
// reads it, the others wait for that answer.
type moment[V any] struct {
	machine *clock.Clock
	life    time.Duration // 0: nothing is kept

	mu    sync.Mutex
	kept  map[string]lasting[V]
	reads singleflight.Group
}

type lasting[V any] struct {
	value V
	until time.Time
}

const (
	// mostKept is how many answers are kept at once; after that all begin anew.
	mostKept = 1000
	// longestRead bounds a read that several callers wait for.
	longestRead = 10 * time.Second
)

func newMoment[V any](machine *clock.Clock, life time.Duration) *moment[V] {
	return &moment[V]{machine: machine, life: life, kept: map[string]lasting[V]{}}
}

// get returns the kept answer, or reads it. An error is not kept.
func (m *moment[V]) get(ctx context.Context, key string, read func(context.Context) (V, error)) (V, error) {
	if value, ok := m.find(key); ok {
		return value, nil
	}
	// The caller who reads may leave; the others still want the answer.
	answer := m.reads.DoChan(key, func() (any, error) {
		shared, cancel := context.WithTimeout(context.WithoutCancel(ctx), longestRead)
		defer cancel()
		asked := m.machine.Now()
		value, err := read(shared)
		if err == nil {
			m.put(key, lasting[V]{value, asked.Add(m.life)})
		}
		return value, err
	})
	select {
	case a := <-answer:
		value, _ := a.Val.(V)
		return value, a.Err
	case <-ctx.Done():
		var none V
		return none, ctx.Err()
	}
}

func (m *moment[V]) find(key string) (V, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, ok := m.kept[key]
	return l.value, ok && m.machine.Now().Before(l.until)
}

func (m *moment[V]) put(key string, l lasting[V]) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.kept) >= mostKept {
		clear(m.kept)
	}
	m.kept[key] = l
}
