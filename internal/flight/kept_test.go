package flight

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/race"
)

// reader reads how often it has read, and takes as long as it is told.
type reader struct {
	*Kept[string, int]
	t     *testing.T
	takes time.Duration
	reads int
	fails error
}

// pass lets the bubble's time pass.
func pass(d time.Duration) { <-time.After(d) }

// ask returns the value and how long the asker waited.
func (r *reader) ask(key string) (int, time.Duration) {
	r.t.Helper()
	began := r.clock.Exact()
	n, err := r.Get(r.t.Context(), key, func(context.Context) (int, error) {
		pass(r.takes)
		r.reads++
		return r.reads, r.fails
	})
	if !errors.Is(err, r.fails) {
		r.t.Error(err)
	}
	return n, r.clock.Exact().Sub(began)
}

func (r *reader) want(key string, n int, waited time.Duration) {
	r.t.Helper()
	if got, took := r.ask(key); got != n || took != waited {
		r.t.Errorf("read %d after %v, not %d after %v", got, took, n, waited)
	}
}

// A value is kept for so many times as long as it took. Then the next who asks has it read anew, waits a moment, and
// gets the old value where that is not enough, but none that is very old.
func TestKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &reader{Kept: NewKept[string, int](clock.System(), ByCost(20)), t: t, takes: time.Second}
		r.want("a", 1, time.Second)
		pass(19 * time.Second)
		r.want("a", 1, 0)
		r.want("b", 2, time.Second)
		pass(time.Second)
		r.want("a", 1, moment) // and is read meanwhile
		pass(time.Second)
		r.want("a", 3, 0)
		pass(20*time.Second + veryOld)
		r.want("a", 4, time.Second)
		pass(20 * time.Second)
		r.takes = moment / 2
		r.want("a", 5, r.takes) // in time
		pass(20*r.takes + 1)
		r.want("a", 6, r.takes)
		pass(20*r.takes + 1)
		r.fails = errors.New("away")
		r.ask("a") // is told so, and not the old value
		r.fails, r.takes = nil, time.Second
		r.Kept = NewKept[string, int](clock.System(), ByCost(0))
		r.want("a", 8, time.Second)
		r.want("a", 9, time.Second)
	})
}

// Whoever comes while something is read for the first time gets that or what is read next, and nobody waits for more; an
// error is kept for nobody.
func TestKeptIsReadOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &reader{Kept: NewKept[string, int](clock.System(), ByCost(20)), t: t, takes: time.Minute, fails: errors.New("away")}
		r.ask("a")
		r.fails = nil
		done := make(chan int, 20)
		for range 20 {
			go func() {
				n, _ := r.ask("a")
				done <- n
			}()
		}
		for range 20 {
			if n := <-done; n != 2 {
				t.Errorf("read %d", n)
			}
		}
		gone, leave := context.WithTimeout(t.Context(), time.Second)
		defer leave()
		if _, err := r.Get(gone, "b", func(ctx context.Context) (int, error) {
			pass(time.Minute)
			return 7, ctx.Err()
		}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("who leaves is told %v", err)
		}
		pass(time.Minute)
		r.want("b", 7, 0) // the read went on
	})
}

// Many keys at once are read two at a time.
func TestKeptReadsFewAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		k := NewKept[int, int](clock.System(), ByCost(20))
		began := k.clock.Exact()
		done := make(chan struct{})
		for key := range 10 {
			go func() {
				n, err := k.Get(t.Context(), key, func(context.Context) (int, error) {
					pass(time.Second)
					return key, nil
				})
				if err != nil || n != key {
					t.Errorf("of %d: %d, %v", key, n, err)
				}
				done <- struct{}{}
			}()
		}
		for range 10 {
			<-done
		}
		if took := k.clock.Exact().Sub(began); took != 5*time.Second {
			t.Errorf("ten seconds of reads took %v", took)
		}
	})
}

var noon = time.Date(2026, 3, 12, 4, 0, 0, 0, time.UTC)

// A kept answer is read again once its life is over; a failed one at once.
func TestKeptForATime(t *testing.T) {
	t.Parallel()
	machine, reads := clock.Fixed(noon), 0
	m := NewKept[string, int](machine, For(time.Second))
	next := func(context.Context) (int, error) {
		reads++
		if reads == 1 {
			return 0, errors.New("no answer")
		}
		return reads, nil
	}
	if _, err := m.Get(t.Context(), "a", next); err == nil {
		t.Error("the first read failed, and nobody says so")
	}
	for _, c := range []struct {
		later time.Duration
		key   string
		want  int
	}{{0, "a", 2}, {999 * time.Millisecond, "a", 2}, {0, "b", 3}, {time.Millisecond, "a", 4}, {0, "a", 4}, {0, "b", 3}} {
		machine.Advance(c.later)
		if got, err := m.Get(t.Context(), c.key, next); got != c.want || err != nil {
			t.Errorf("%v later %s is %d, %v, want %d", c.later, c.key, got, err, c.want)
		}
	}
}

// While one caller reads, the others wait for the same answer, also when the one
// who reads leaves.
func TestKeptIsReadForAll(t *testing.T) {
	t.Parallel()
	m := NewKept[string, int](clock.Fixed(noon), For(time.Second))
	begun, left, answer, reads := make(chan struct{}), make(chan struct{}), make(chan struct{}), 0
	read := func(ctx context.Context) (int, error) {
		reads++
		close(begun)
		<-answer
		return 7, ctx.Err()
	}
	ctx, leave := context.WithCancel(t.Context())
	var g race.Group
	g.Go(func() {
		defer close(left)
		if _, err := m.Get(ctx, "a", read); !errors.Is(err, context.Canceled) {
			t.Errorf("who has left is answered %v", err)
		}
	})
	<-begun
	for range 20 {
		g.Go(func() {
			if got, err := m.Get(t.Context(), "a", read); got != 7 || err != nil {
				t.Errorf("answered %d, %v", got, err)
			}
		})
	}
	leave()
	<-left
	close(answer)
	g.Wait()
	if reads != 1 {
		t.Errorf("read %d times", reads)
	}
}

// However many different questions are asked, few answers are kept.
func TestKeptIsBounded(t *testing.T) {
	t.Parallel()
	m := NewKept[string, int](clock.Fixed(noon), For(time.Second))
	for i := range 3 * mostKept {
		_, err := m.Get(t.Context(), fmt.Sprint(i), func(context.Context) (int, error) { return i, nil })
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(m.of) > mostKept {
		t.Errorf("%d answers are kept", len(m.of))
	}
}

// However long the next read takes, what is kept for a time is told to nobody after it.
func TestKeptForATimeIsNotOlder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &reader{Kept: NewKept[string, int](clock.System(), For(time.Second)), t: t}
		r.want("a", 1, 0)
		pass(time.Second)
		r.takes = 5 * time.Second
		r.want("a", 2, r.takes)
	})
}

// A value is kept from when it was asked for: it may be as old as that, so a slow read makes it last no longer.
func TestKeptSinceItWasAskedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &reader{Kept: NewKept[string, int](clock.System(), For(time.Second)), t: t, takes: 400 * time.Millisecond}
		r.want("a", 1, r.takes)
		pass(time.Second - r.takes - 1)
		r.want("a", 1, 0)
		pass(1)
		r.want("a", 2, r.takes)
	})
}
