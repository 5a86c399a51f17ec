package leaderboard

import (
	"context"
	"crypto/rand"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/id"
	"xinyuan/internal/redis"
)

// filling makes boards in Redis anew, beside the old ones.
type filling struct {
	s      *Service
	boards []string // their keys
	token  string
	part   totals // what travels next
	size   int    // how many scores that is
}

const (
	// rebuildSize is how many scores travel in one call.
	rebuildSize = 1000
	// unfinished is how long what a filling has made is kept after its last call: one that was killed leaves nothing.
	unfinished = 10 * time.Minute
)

// fill makes boards anew from what read adds, and returns those that are whole by it: not what Redis forgot
// meanwhile, nor what another filling began anew.
func (s *Service) fill(ctx context.Context, boards []string, read func(f *filling) error) (made []string, err error) {
	f := &filling{s: s, boards: boards, token: rand.Text(), part: totals{}}
	for _, board := range f.boards {
		if err := begin.Run(ctx, s.redis, s.keys(board), f.token, int(unfinished.Seconds())).Err(); err != nil {
			return nil, redis.Unavailable(err)
		}
	}
	if err := read(f); err != nil {
		return nil, err
	}
	if err := f.send(ctx); err != nil {
		return nil, err
	}
	for _, board := range f.boards {
		whole, err := finish.Run(ctx, s.redis, s.keys(board), f.token).Bool()
		if err != nil {
			return made, redis.Unavailable(err)
		}
		if whole {
			made = append(made, board)
		}
	}
	return made, nil
}

// add takes a total along; of two of the same line the newer one stays, whichever comes first.
func (f *filling) add(ctx context.Context, board string, t total) error {
	f.part[board] = append(f.part[board], t)
	if f.size++; f.size < rebuildSize {
		return nil
	}
	return f.send(ctx)
}

// send takes what was added to the new boards, which live on.
func (f *filling) send(ctx context.Context) error {
	next := func(board string) []string { return f.s.keys(board)[3:] }
	err := f.s.send(ctx, f.part, next, func(p goredis.Pipeliner, board string) {
		for _, key := range next(board) {
			p.Expire(ctx, key, unfinished)
		}
	})
	clear(f.part)
	f.size = 0
	return err
}

// lines sum the months of one after the other into what they have on the boards of a filling.
type lines struct {
	*filling

	places map[month][]int // the boards into which a month is summed, whoever's it is
	wanted map[string]int  // the places of boards by their keys
	of     id.Subject
	totals []total // by board; of version 0 where there is nothing
	some   []int   // boards that have something
}

func newLines(f *filling) *lines {
	l := &lines{
		filling: f, places: map[month][]int{}, wanted: make(map[string]int, len(f.boards)),
		totals: make([]total, len(f.boards)),
	}
	for i, board := range f.boards {
		l.wanted[board] = i
	}
	return l
}

// count takes the next month. Those of one subject come together.
func (l *lines) count(ctx context.Context, m score) error {
	if m.ID != l.of {
		if err := l.end(ctx); err != nil {
			return err
		}
		l.of = m.ID
	}
	kind := m.kind()
	places, known := l.places[kind]
	if !known {
		above, err := l.s.above(ctx, l.s.db, m.Node)
		if err != nil {
			return err
		}
		for _, b := range m.boards(above) {
			if i, ok := l.wanted[b.key()]; ok {
				places = append(places, i)
			}
		}
		l.places[kind] = places
	}
	for _, i := range places {
		t := &l.totals[i]
		if t.Version == 0 {
			l.some = append(l.some, i)
		}
		t.Score, t.Version = t.Score+m.Score, t.Version+m.Version
	}
	return nil
}

// end adds what was counted, and counts anew.
func (l *lines) end(ctx context.Context) error {
	for _, i := range l.some {
		t := l.totals[i]
		t.Subject = l.of
		if err := l.add(ctx, l.boards[i], t); err != nil {
			return err
		}
		l.totals[i] = total{}
	}
	l.some, l.of = l.some[:0], 0
	return nil
}
