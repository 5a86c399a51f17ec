package leaderboard

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"xinyuan/internal/clock"
)

// shelf keeps values for a moment, a bounded number of them.
type shelf[K comparable, V any] struct {
	machine *clock.Clock
	life    time.Duration
	most    int // after that all begin anew

	mu   sync.Mutex
	kept map[K]lasting[V]
}

type lasting[V any] struct {
	value V
	until time.Time
}

func newShelf[K comparable, V any](machine *clock.Clock, life time.Duration, most int) *shelf[K, V] {
	return &shelf[K, V]{machine: machine, life: life, most: most, kept: map[K]lasting[V]{}}
}

func (s *shelf[K, V]) find(key K) (V, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l, ok := s.kept[key]
	return l.value, ok && s.machine.Now().Before(l.until)
}

// put keeps what was asked for at the time.
func (s *shelf[K, V]) put(key K, value V, asked time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.kept) >= s.most {
		clear(s.kept)
	}
	s.kept[key] = lasting[V]{value, asked.Add(s.life)}
}

// moment keeps what many ask for at the same time, for a moment. While one caller
// reads it, the others wait for that answer.
type moment[V any] struct {
	*shelf[string, V]
	reads singleflight.Group
}

const (
	// mostKept is how many answers are kept at once.
	mostKept = 1000
	// longestRead bounds a read that several callers wait for.
	longestRead = 10 * time.Second
)

func newMoment[V any](machine *clock.Clock, life time.Duration) *moment[V] {
	return &moment[V]{shelf: newShelf[string, V](machine, life, mostKept)}
}

// get returns the kept answer, or reads it. An error is not kept.
func (m *moment[V]) get(ctx context.Context, key string, read func(context.Context) (V, error)) (V, error) {
	if value, ok := m.find(key); ok {
		return value, nil
	}
	// The caller who reads may leave; the others still want the answer.
	answer := m.reads.DoChan(key, func() (any, error) {
		if value, ok := m.find(key); ok {
			return value, nil // the read before this one ended after we had looked
		}
		shared, cancel := context.WithTimeout(context.WithoutCancel(ctx), longestRead)
		defer cancel()
		asked := m.machine.Now()
		value, err := read(shared)
		if err == nil {
			m.put(key, value, asked)
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
