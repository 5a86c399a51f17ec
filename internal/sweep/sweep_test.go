package sweep_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/fault"
	"xinyuan/internal/sweep"
)

func TestASweepGoesOnPastWhatFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	var done []int
	err := sweep.Each(t.Context(), "numbers", []int{1, 2, 3, 4, 5, 6, 7}, func(_ context.Context, n int) error {
		switch n {
		case 1, 3, 4, 5:
			return broken
		case 2: // somebody was faster
			return fault.New(fault.ReasonClaimState)
		}
		done = append(done, n)
		return nil
	})
	if !slices.Equal(done, []int{6, 7}) || !errors.Is(err, broken) {
		t.Errorf("done %v, %v", done, err)
	}
	if text := err.Error(); !strings.Contains(text, "numbers: 4 failed") || strings.Count(text, "broken") != 3 {
		t.Errorf("it says %q", text)
	}
	if n := sweep.Failed(errors.Join(err, nil, errors.Join(broken, err))); n != 8 {
		t.Errorf("%d rows failed", n)
	}
}

func TestASweepGoesOnPastAPanic(t *testing.T) {
	t.Parallel()
	var done []int
	err := sweep.Each(t.Context(), "numbers", []int{0, 1}, func(_ context.Context, n int) error {
		done = append(done, 7/n)
		return nil
	})
	if !slices.Equal(done, []int{7}) || sweep.Failed(err) != 1 || !strings.Contains(err.Error(), "divide by zero") ||
		!strings.Contains(err.Error(), "sweep_test.go") {
		t.Errorf("done %v, %v", done, err)
	}
}

// Not even a refusal that is no lost race passes as one.
func TestWhatIsNoLostRaceIsAFailure(t *testing.T) {
	t.Parallel()
	err := sweep.Each(t.Context(), "rows", []int{1}, func(context.Context, int) error { return fault.New(fault.ReasonNotFound) })
	if !fault.Has(err, fault.ReasonNotFound) || sweep.Failed(err) != 1 {
		t.Errorf("got %v", err)
	}
}

func TestASweepEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	n := 0
	err := sweep.Each(ctx, "rows", []int{1, 2}, func(context.Context, int) error { n++; cancel(); return nil })
	if n != 1 || !errors.Is(err, context.Canceled) {
		t.Errorf("%d rows, %v", n, err)
	}
}

// Nobody looks for rows of an earlier version once there are none; a look that fails says nothing.
func TestABacklogThatIsEmptyIsNotLookedAt(t *testing.T) {
	t.Parallel()
	var b sweep.Backlog
	found := [][]int{{1, 2}, {3}, nil, {4}}
	looks, done := 0, []int{}
	for i := range 6 {
		away := errors.New("away")
		err := sweep.EachOf(t.Context(), &b, "rows", func() ([]int, error) {
			if i == 2 {
				return nil, away
			}
			looks++
			return found[looks-1], nil
		}, func(_ context.Context, n int) error {
			done = append(done, n)
			return nil
		})
		if errors.Is(err, away) != (i == 2) {
			t.Errorf("look %d: %v", i, err)
		}
	}
	if looks != 3 || !slices.Equal(done, []int{1, 2, 3}) {
		t.Errorf("looked %d times, done %v", looks, done)
	}
}
