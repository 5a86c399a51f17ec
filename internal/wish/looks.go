package wish

import (
	"context"
	"sync"
	"time"

	"xinyuan/internal/id"
)

// looks are plain reads of wishes that many ask about at once, as in a rush: one at a
// time for a wish. Who comes while one is under way gets the next one's answer, which
// is read after they have asked: nobody is told that a wish is taken that was free by then.
type looks struct {
	read func(context.Context, id.Wish) (Wish, error)

	mu    sync.Mutex
	lines map[id.Wish]*line // of wishes that are being looked at
}

// line is who waits for the next look at a wish, while one is under way.
type line struct{ next *look }

type look struct {
	done chan struct{}
	wish Wish
	err  error
}

// longestLook bounds a read that several callers wait for.
const longestLook = 10 * time.Second

func newLooks(read func(context.Context, id.Wish) (Wish, error)) *looks {
	return &looks{read: read, lines: map[id.Wish]*line{}}
}

// at looks at the wish. Errors: those of read, and that of a caller who leaves.
func (l *looks) at(ctx context.Context, wish id.Wish) (Wish, error) {
	l.mu.Lock()
	mine := &look{done: make(chan struct{})}
	if waiting, busy := l.lines[wish]; !busy {
		l.lines[wish] = &line{}
		go l.lookOn(context.WithoutCancel(ctx), wish, mine)
	} else if waiting.next == nil {
		waiting.next = mine
	} else {
		mine = waiting.next
	}
	l.mu.Unlock()
	select {
	case <-mine.done:
		return mine.wish, mine.err
	case <-ctx.Done():
		return Wish{}, ctx.Err()
	}
}

// lookOn looks until nobody waits. The callers may leave; others want the answer.
func (l *looks) lookOn(ctx context.Context, wish id.Wish, now *look) {
	for now != nil {
		l.lookOnce(ctx, wish, now)
		l.mu.Lock()
		waiting := l.lines[wish]
		now, waiting.next = waiting.next, nil
		if now == nil {
			delete(l.lines, wish)
		}
		l.mu.Unlock()
	}
}

func (l *looks) lookOnce(ctx context.Context, wish id.Wish, now *look) {
	ctx, cancel := context.WithTimeout(ctx, longestLook)
	defer cancel()
	defer close(now.done)
	now.wish, now.err = l.read(ctx, wish)
}
