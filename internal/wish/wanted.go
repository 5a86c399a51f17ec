package wish

import (
	"sync"

	"xinyuan/internal/id"
)

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
