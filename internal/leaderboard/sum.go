package leaderboard

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"sort"
	"time"

	"xinyuan/internal/fault"
)

// sum is a whole board that is summed from board_months, once for all who ask meanwhile and for Redis.
type sum struct {
	done   chan struct{} // closed when all is there, or err
	filled chan struct{} // closed when Redis has it, or never will
	asOf   time.Time
	all    []total // the highest first
	err    error
}

const (
	// mostSums bounds the memory and the database's work of boards that are summed at once.
	mostSums = 2
	// longestSum bounds the sum of one board. It is far more than anybody waits: a sum that is given up runs on in the
	// database, and the next reader would begin another one beside it.
	longestSum = 5 * time.Minute
)

// RunRebuilds has Redis filled with the boards that readers found not whole, until ctx ends.
func (s *Service) RunRebuilds(ctx context.Context) {
	s.fills.Store(true)
	<-ctx.Done()
	s.fills.Store(false)
}

// underWay is the sum of the board that is under way, or nothing.
func (s *Service) underWay(board string) *sum {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sums[board]
}

// sumOf returns the whole board, summed now or for somebody who asked just before; or nothing when Redis is to be asked
// again: it was filled with a sum that was done when we came. before was under way before Redis was asked.
func (s *Service) sumOf(ctx context.Context, board string, before *sum) (*sum, error) {
	s.mu.Lock()
	r := cmp.Or(s.sums[board], before)
	if r == nil {
		r = &sum{done: make(chan struct{}), filled: make(chan struct{})}
		s.sums[board] = r
		go s.runSum(context.WithoutCancel(ctx), board, r) // who asked first may leave, the others still wait
	}
	s.mu.Unlock()
	select {
	case <-r.done:
		return nil, wait(ctx, r.filled)
	default:
		return r, errors.Join(wait(ctx, r.done), r.err)
	}
}

func wait(ctx context.Context, until chan struct{}) error {
	select {
	case <-until:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// runSum sums the board once, for those who wait and for Redis.
func (s *Service) runSum(ctx context.Context, board string, r *sum) {
	ctx, cancel := context.WithTimeout(ctx, longestSum)
	defer cancel()
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done(): // reading says so
	}
	read := func() {
		r.err = fault.Catch(func() (err error) {
			r.asOf = s.db.Now()
			r.all, err = s.list(ctx, board)
			return err
		})
	}
	begun := false
	pass := func(f *filling) error {
		begun = true
		read()
		close(r.done)
		if r.err != nil {
			return r.err
		}
		for _, t := range r.all {
			if err := f.add(ctx, board, t); err != nil {
				return err
			}
		}
		return nil
	}
	if s.fills.Load() {
		err := fault.Catch(func() error {
			_, err := s.fill(ctx, []string{board}, pass)
			return err
		})
		if err != nil && s.fills.Load() {
			s.log.WarnContext(ctx, "leaderboard: not rebuilt", "board", board, "error", err)
		}
	}
	if !begun {
		read()
		defer close(r.done)
	}
	defer close(r.filled)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sums, board) // who asks from now on is answered by Redis, or by a new sum
}

// page cuts a page out of the sum.
func (r *sum) page(q Query) (st standing) {
	// at is where those begin who stand after the place.
	at := func(c Cursor) int {
		return sort.Search(len(r.all), func(i int) bool {
			return r.all[i].Score < c.Score || r.all[i].Score == c.Score && r.all[i].Subject < c.Subject
		})
	}
	higher := func(score int64) int64 { return int64(at(Cursor{score, math.MaxInt64})) }
	on := r.all[:at(Cursor{Score: 1})] // nobody else has a score
	mine := slices.IndexFunc(on, func(t total) bool { return t.Subject == q.Asker })
	if mine >= 0 {
		st.me = &Place{Rank: higher(on[mine].Score) + 1, Score: on[mine].Score}
	}
	first := 0
	switch {
	case q.After != nil:
		first = min(at(*q.After), len(on))
	case q.Around:
		first = max(0, mine-neighbours)
	}
	st.scores = slices.Clone(on[first:min(first+q.Limit, len(on))])
	if len(st.scores) > 0 {
		st.before, st.higher = int64(first), higher(st.scores[0].Score)
	}
	return st
}

// rebuild makes one board anew.
func (s *Service) rebuild(ctx context.Context, board string) error {
	_, err := s.fill(ctx, []string{board}, func(f *filling) error {
		return s.each(ctx, board, func(t total) error { return f.add(ctx, board, t) })
	})
	return err
}
