package flight

import (
	"sync"
	"time"

	"xinyuan/internal/clock"
)

// Shelf keeps values until a time each, a bounded number of them.
type Shelf[K comparable, V any] struct {
	clock *clock.Clock // the machine's
	most  int          // after that all begin anew

	mu sync.Mutex
	of map[K]kept[V]
}

type kept[V any] struct {
	value V
	until time.Time // from when on it is old
}

// NewShelf returns a shelf of at most so many values, by the machine's clock.
func NewShelf[K comparable, V any](machine *clock.Clock, most int) *Shelf[K, V] {
	return &Shelf[K, V]{clock: machine, most: most, of: map[K]kept[V]{}}
}

// Find is the value of the key, if it is not old.
func (s *Shelf[K, V]) Find(key K) (V, bool) {
	value, age, found := s.look(key)
	return value, found && age < 0
}

// look is the value of the key, and for how long it is old by now; below 0: it is not.
func (s *Shelf[K, V]) look(key K) (value V, age time.Duration, found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, found := s.of[key]
	return k.value, s.clock.Exact().Sub(k.until), found
}

// Put keeps a value until the time.
func (s *Shelf[K, V]) Put(key K, value V, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, has := s.of[key]; !has && len(s.of) >= s.most {
		clear(s.of)
	}
	s.of[key] = kept[V]{value, until}
}
