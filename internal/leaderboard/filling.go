package leaderboard

import (
	"context"
	"crypto/rand"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/redis"
)

// filling makes boards in Redis anew from board_months.
type filling struct {
	s      *Service
	boards []string
	token  string
	part   []total // what travels next
}

const (
	// rebuildSize is how many scores travel in one call.
	rebuildSize = 1000
	// unfinished is how long what a filling has made is kept after its last call: one that was killed leaves nothing.
	unfinished = 10 * time.Minute
)

// rebuild fills one board. It reports nothing when Redis is emptied meanwhile: the
// next reader asks again.
func (s *Service) rebuild(ctx context.Context, board string) error {
	f := &filling{s: s, boards: []string{board}, token: rand.Text()}
	return f.run(ctx, func() error { return s.each(ctx, board, func(t total) error { return f.add(ctx, t) }) })
}

// rebuildAll fills boards, and reads all months once. step is told the id of who is read.
func (s *Service) rebuildAll(ctx context.Context, boards []Board, step func(id.Subject)) error {
	if len(boards) == 0 {
		return nil
	}
	f := &filling{s: s, token: rand.Text()}
	wanted := make(map[Board]int, len(boards))
	for i, b := range boards {
		f.boards = append(f.boards, b.key())
		wanted[b] = i
	}
	return f.run(ctx, func() error {
		lines := newLines(s, wanted)
		err := mysql.Each(ctx, s.db, "leaderboard.months", nil, func(m score) error {
			if m.ID != lines.of {
				step(m.ID)
				if err := f.add(ctx, lines.take(f.boards)...); err != nil {
					return err
				}
				lines.of = m.ID
			}
			return lines.count(ctx, m)
		})
		if err != nil {
			return err
		}
		return f.add(ctx, lines.take(f.boards)...)
	})
}

// run begins, has totals added, and puts the boards in the place of the old ones.
func (f *filling) run(ctx context.Context, read func() error) error {
	cache := f.s.redis
	for _, board := range f.boards {
		if err := begin.Run(ctx, cache, f.s.keys(board), f.token, int(unfinished.Seconds())).Err(); err != nil {
			return redis.Unavailable(err)
		}
	}
	if err := read(); err != nil {
		return err
	}
	if err := f.send(ctx); err != nil {
		return err
	}
	for _, board := range f.boards {
		if err := finish.Run(ctx, cache, f.s.keys(board), f.token).Err(); err != nil {
			return redis.Unavailable(err)
		}
	}
	return nil
}

func (f *filling) add(ctx context.Context, totals ...total) error {
	f.part = append(f.part, totals...)
	if len(f.part) < rebuildSize {
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
	f.part = f.part[:0]
	return err
}

// lines are somebody's totals on the boards that are wanted.
type lines struct {
	s      *Service
	wanted map[Board]int
	places map[month][]int // where a month counts, whoever's it is
	of     id.Subject
	totals []total // by board; of version 0 where there is nothing
	some   []int   // boards that have something
}

func newLines(s *Service, wanted map[Board]int) *lines {
	return &lines{s: s, wanted: wanted, places: map[month][]int{}, totals: make([]total, len(wanted))}
}

// count adds the month to the boards into which it is summed.
func (l *lines) count(ctx context.Context, m score) error {
	kind := m.kind()
	places, known := l.places[kind]
	if !known {
		above, err := l.s.above(ctx, l.s.db, m.Node)
		if err != nil {
			return err
		}
		for _, b := range m.boards(above) {
			if i, ok := l.wanted[b]; ok {
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

// take returns what was counted, and counts anew.
func (l *lines) take(boards []string) []total {
	taken := make([]total, 0, len(l.some))
	for _, i := range l.some {
		t := l.totals[i]
		t.Board, t.Subject = boards[i], l.of
		taken = append(taken, t)
		l.totals[i] = total{}
	}
	l.some = l.some[:0]
	return taken
}
