package seed

import (
	"container/heap"
	"context"
	"fmt"
	"time"
)

// step is one thing that somebody does at a time.
type step struct {
	at    time.Time
	order int // of two at one time the one that was planned first comes first
	do    func(context.Context) error
}

// steps are a heap of them.
type steps struct {
	all     []step
	planned int
}

// Len is how many there are.
func (s *steps) Len() int { return len(s.all) }

// Less tells which comes first.
func (s *steps) Less(i, j int) bool {
	if c := s.all[i].at.Compare(s.all[j].at); c != 0 {
		return c < 0
	}
	return s.all[i].order < s.all[j].order
}

// Swap exchanges two.
func (s *steps) Swap(i, j int) { s.all[i], s.all[j] = s.all[j], s.all[i] }

// Push adds one at the end.
func (s *steps) Push(x any) {
	if one, ok := x.(step); ok { // heap.Interface has any
		s.all = append(s.all, one)
	}
}

// Pop takes the last.
func (s *steps) Pop() any {
	last := s.all[len(s.all)-1]
	s.all = s.all[:len(s.all)-1]
	return last
}

func (w *world) at(t time.Time, do func(context.Context) error) {
	w.steps.planned++
	heap.Push(&w.steps, step{t, w.steps.planned, do})
}

// play does the steps in the order of their time, each at its time. A step may
// add later ones.
func (w *world) play(ctx context.Context) error {
	for w.steps.Len() > 0 {
		s, ok := heap.Pop(&w.steps).(step)
		if !ok || s.at.After(w.Now) {
			return nil // and so are all others
		}
		w.clock.SetOffset(s.at.Sub(w.start))
		if err := s.do(ctx); err != nil {
			return fmt.Errorf("seed: at %s: %w", s.at.Format(time.DateTime), err)
		}
		if w.Step != nil {
			w.Step(int(s.at.Sub(w.start)/day(1)), int(w.Now.Sub(w.start)/day(1)))
		}
	}
	return nil
}
